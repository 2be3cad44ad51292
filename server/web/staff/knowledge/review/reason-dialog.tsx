import { Alert, Form, Input, Modal } from "antd";
import { useState } from "react";
import { sentenceOf } from "../../api.ts";
import type { Entry } from "../model.ts";

interface Props {
  title: string;
  hint: string;
  okText: string;
  danger?: boolean;
  run: (note: string) => Promise<Entry>;
  onDone: (entry: Entry) => void;
  onClose: () => void;
}

/** A deed that needs a reason. What was typed stays when it fails. */
export function ReasonDialog({ title, hint, okText, danger, run, onDone, onClose }: Props) {
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  async function confirm(): Promise<void> {
    setBusy(true);
    try {
      onDone(await run(note.trim()));
    } catch (failure) {
      setError(sentenceOf(failure));
      setBusy(false);
    }
  }
  return (
    <Modal
      open
      title={title}
      okText={okText}
      cancelText="先不"
      okButtonProps={{ danger, disabled: note.trim() === "" }}
      confirmLoading={busy}
      onOk={() => void confirm()}
      onCancel={onClose}
    >
      {error && <Alert type="error" showIcon role="alert" title={error} className="gap-below" />}
      <Form layout="vertical" component="div">
        <Form.Item label="理由" htmlFor="reason" extra={hint}>
          <Input.TextArea
            id="reason"
            autoFocus
            maxLength={1_000}
            autoSize={{ minRows: 3, maxRows: 8 }}
            value={note}
            onChange={(event) => setNote(event.target.value)}
            data-testid="reason"
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
