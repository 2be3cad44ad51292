import { Button, Input } from "antd";
import { type KeyboardEvent, useRef, useState } from "react";
import { newKey } from "./api.ts";

interface Props {
  text: string;
  onText: (text: string) => void;
  /** False when it was not taken; the words stay. */
  onSend: (said: { key: string; text: string }) => Promise<boolean>;
}

const MAX_LENGTH = 2_000;

/** Enter sends, Shift+Enter breaks the line; Enter that only picks a word of an input method does neither. */
export function ReplyBox({ text, onText, onSend }: Props) {
  const [busy, setBusy] = useState(false);
  const attempt = useRef<{ key: string; text: string }>(undefined);
  const words = text.trim();

  async function send(): Promise<void> {
    if (words === "" || busy) return;
    // The same words again after a failure carry the same key: the citizen reads them once.
    if (attempt.current?.text !== words) attempt.current = { key: newKey(), text: words };
    setBusy(true);
    const done = await onSend(attempt.current);
    setBusy(false);
    if (!done) return;
    attempt.current = undefined;
    onText("");
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  }

  return (
    <div className="reply">
      <Input.TextArea
        aria-label="回复市民"
        placeholder="回复市民，回车发送，Shift+回车换行"
        data-testid="reception-reply"
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={MAX_LENGTH}
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Button
        type="primary"
        loading={busy}
        disabled={words === ""}
        data-testid="reception-send"
        onClick={() => void send()}
      >
        发送
      </Button>
    </div>
  );
}
