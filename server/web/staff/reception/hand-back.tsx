import { Button, Input, Modal } from "antd";
import { useState } from "react";

/** 交还机器人, with a note for colleagues. */
export function HandBack({ onGiveBack }: { onGiveBack: (note: string) => Promise<void> }) {
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);

  async function giveBack(): Promise<void> {
    setBusy(true);
    await onGiveBack(note.trim());
    setBusy(false);
    setOpen(false);
    setNote("");
  }

  return (
    <>
      <Button data-testid="hand-back" onClick={() => setOpen(true)}>
        交还机器人
      </Button>
      <Modal
        open={open}
        title="交还机器人"
        okText="交还"
        cancelText="继续接待"
        confirmLoading={busy}
        onOk={() => void giveBack()}
        onCancel={() => setOpen(false)}
      >
        <p>机器人会告诉市民接待已结束，并接着问表里还缺的内容。</p>
        <Input.TextArea
          aria-label="备注"
          placeholder="备注（可不填），只给同事看，市民看不到"
          data-testid="hand-back-note"
          autoSize={{ minRows: 2, maxRows: 4 }}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </Modal>
    </>
  );
}
