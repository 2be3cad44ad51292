import { Alert, Button, Form, Input, InputNumber, Modal } from "antd";
import { useState } from "react";
import { sentenceOf } from "../../api.ts";
import { newKey } from "../../reception/api.ts";
import type { KnowledgeApi } from "../api.ts";

interface Props {
  api: KnowledgeApi;
  id: string;
  /** The version that is right. */
  current: number;
  onPushed: () => void;
}

/** Words first, then exactly what citizens will read and how many they are, and only then it is sent. */
export function CorrectionForm({ api, id, current, onPushed }: Props) {
  const [text, setText] = useState("");
  const [oldest, setOldest] = useState(1);
  const [newest, setNewest] = useState(Math.max(1, current - 1));
  const [key, setKey] = useState(newKey);
  const [preview, setPreview] = useState<{ conversations: number; text: string }>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const [told, setTold] = useState<number>();
  const wish = { text: text.trim(), versions: { oldest, newest } };

  async function attempt(deed: () => Promise<void>): Promise<void> {
    setBusy(true);
    setError(undefined);
    await deed().catch((failure: unknown) => setError(sentenceOf(failure)));
    setBusy(false);
  }
  const look = () => attempt(async () => setPreview(await api.previewCorrection(id, wish)));
  const push = () =>
    attempt(async () => {
      const { conversations } = await api.correct(id, { ...wish, key });
      setTold(conversations);
      setPreview(undefined);
      setText("");
      setKey(newKey());
      onPushed();
    });

  if (current === 1) return <Alert type="info" showIcon title="现行的就是第 1 版，没有更早的答复要更正。" />;
  return (
    <Form layout="vertical" component="div">
      {told !== undefined && (
        <Alert type="success" showIcon title={`正在告诉 ${told} 个对话。`} className="gap-below" />
      )}
      {error && !preview && <Alert type="error" showIcon role="alert" title={error} className="gap-below" />}
      <Form.Item label="对市民说什么" htmlFor="correction" extra="系统会自动加上原来的问题和依据。">
        <Input.TextArea
          id="correction"
          value={text}
          maxLength={2_000}
          autoSize={{ minRows: 3, maxRows: 8 }}
          placeholder="如：办理时间已改为上午九点，请以此为准。"
          onChange={(event) => setText(event.target.value)}
        />
      </Form.Item>
      <div className="inline-field gap-below">
        有错的是第
        <InputNumber
          aria-label="最早有错的版本"
          min={1}
          max={newest}
          value={oldest}
          onChange={(n) => setOldest(n ?? 1)}
        />
        版到第
        <InputNumber
          aria-label="最后有错的版本"
          min={oldest}
          max={current - 1}
          value={newest}
          onChange={(n) => setNewest(n ?? current - 1)}
        />
        版
      </div>
      <Button disabled={text.trim() === ""} loading={busy && !preview} onClick={() => void look()}>
        预览
      </Button>
      <Modal
        open={preview !== undefined}
        title="发出去之前再看一眼"
        okText={`发给 ${preview?.conversations ?? 0} 个对话`}
        cancelText="回去改"
        okButtonProps={{ disabled: preview?.conversations === 0 }}
        confirmLoading={busy}
        onOk={() => void push()}
        onCancel={() => setPreview(undefined)}
      >
        {error && <Alert type="error" showIcon role="alert" title={error} className="gap-below" />}
        <p>会发给 {preview?.conversations} 个按这些版本答复过、之后没有得到新版的对话，每个一次。市民看到的是：</p>
        <blockquote className="words as-sent">{preview?.text}</blockquote>
      </Modal>
    </Form>
  );
}
