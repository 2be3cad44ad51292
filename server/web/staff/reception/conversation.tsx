import { Alert, Skeleton, Tag } from "antd";
import { useDrafts } from "../use-drafts.ts";
import type { ReceptionApi } from "./api.ts";
import { FormPane } from "./form-pane.tsx";
import { HandBack } from "./hand-back.tsx";
import type { Attention } from "./model.ts";
import { ReplyBox } from "./reply-box.tsx";
import { Talk } from "./talk.tsx";
import { useAttention } from "./use-attention.ts";
import { sayWaited } from "./waited.ts";

interface Props {
  api: ReceptionApi;
  id: string;
  now: Date;
  onChanged: () => void;
}

/** One citizen: what is known, what is said, what is filled in. */
export function Conversation({ api, id, now, onChanged }: Props) {
  const { attention, error, gone, run } = useAttention(api, id);
  const [draft, setDraft] = useDrafts(id);
  const say = async (said: { key: string; text: string }) => {
    const done = await run(() => api.say(id, said));
    onChanged();
    return done;
  };
  if (gone) return <Alert type="info" showIcon title={gone} className="reception-empty" data-testid="reception-gone" />;
  if (!attention) return error ? <Alert type="warning" showIcon title={error} /> : <Skeleton active />;
  return (
    <>
      <section className="talk-pane">
        <Glance attention={attention} now={now} />
        <Talk attention={attention} now={now} onAttach={(fileId) => void run(() => api.attach(id, fileId))} />
        {error && <Alert type="error" showIcon title={error} role="alert" />}
        <ReplyBox text={draft} onText={setDraft} onSend={say} />
        <div className="talk-deeds">
          <span className="soft small">
            您的回复以“{attention.label}”的名义发给市民
            {attention.unansweredSince && `；市民在等您回复，已 ${sayWaited(attention.unansweredSince, now)}`}
          </span>
          <HandBack
            onGiveBack={async (note) => {
              await run(() => api.giveBack(id, note).then(() => undefined));
              onChanged();
            }}
          />
        </div>
      </section>
      <aside className="form-pane">
        <FormPane key={id} form={attention.form} onEdit={(change) => run(() => api.edit(id, change))} />
      </aside>
    </>
  );
}

/** What was understood, and what the bot has tried. */
function Glance({ attention, now }: { attention: Attention; now: Date }) {
  const { reason, requestedAt, subject, understood, tried } = attention;
  return (
    <header className="glance" data-testid="glance">
      <h2>{subject}</h2>
      <div className="tags">
        <Tag color="warning">{reason === "asked" ? "要求人工" : "连续两次没听懂"}</Tag>
        {understood.map(({ label, value }) => (
          <Tag key={label}>
            {label}：{value}
          </Tag>
        ))}
      </div>
      <details className="small">
        <summary>
          {sayWaited(requestedAt, now)}前转来，此前机器人答过 {tried.length} 句
        </summary>
        <ul>
          {tried.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </details>
    </header>
  );
}
