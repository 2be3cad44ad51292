import { Alert, Button, Input, Space } from "antd";
import { useState } from "react";
import { type StaffApi, sentenceOf } from "./api.ts";
import type { DeskAction, TicketDetail } from "./model.ts";

interface Props {
  api: StaffApi;
  ticket: TicketDetail;
  text: string;
  onText: (text: string) => void;
  onChanged: () => Promise<void>;
}

/** What may be done next. The server has the last word; its refusal is shown as it says it, and the text stays. */
export function TicketActions({ api, ticket, text, onText, onChanged }: Props) {
  const [busy, setBusy] = useState<DeskAction["kind"]>();
  const [error, setError] = useState<string>();
  const waiting = ticket.state === "dispatched" || ticket.state === "accepted";
  const empty = text.trim() === "";

  async function act(action: DeskAction): Promise<void> {
    setBusy(action.kind);
    setError(undefined);
    try {
      await api.act(ticket.number, action);
      if (action.kind !== "accept") onText("");
    } catch (failure) {
      setError(sentenceOf(failure));
    }
    await onChanged();
    setBusy(undefined);
  }
  const button = (kind: DeskAction["kind"]) => ({
    loading: busy === kind,
    disabled: busy !== undefined && busy !== kind,
  });

  return (
    <div className="actions">
      {error && <Alert type="error" showIcon title={error} role="alert" />}
      {waiting ? (
        <Button
          type="primary"
          data-testid="action-accept"
          {...button("accept")}
          onClick={() => act({ kind: "accept" })}
        >
          接单
        </Button>
      ) : (
        <>
          <Input.TextArea
            data-testid="reply-text"
            aria-label="答复内容"
            placeholder="写给市民的答复或办理结果"
            autoSize={{ minRows: 3, maxRows: 8 }}
            value={text}
            onChange={(event) => onText(event.target.value)}
          />
          <Space>
            <Button
              data-testid="action-reply"
              {...button("reply")}
              disabled={empty || button("reply").disabled}
              onClick={() => act({ kind: "reply", text: text.trim() })}
            >
              答复
            </Button>
            <Button
              type="primary"
              data-testid="action-close"
              {...button("close")}
              disabled={empty || button("close").disabled}
              onClick={() => act({ kind: "close", text: text.trim() })}
            >
              办结
            </Button>
            <span className="soft small">内容会发给市民</span>
          </Space>
        </>
      )}
    </div>
  );
}
