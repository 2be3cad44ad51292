import { Button, Empty, Tag } from "antd";
import { sayWhen } from "../../when.ts";
import { channelWord } from "../channel-words.ts";
import type { EndedLine, QueueLine } from "./model.ts";
import { sayWaited } from "./waited.ts";

interface Props {
  open: QueueLine[];
  ended: EndedLine[];
  now: Date;
  chosen: string | undefined;
  taking: string | undefined;
  onTake: (id: string) => void;
  onChoose: (id: string) => void;
}

const REASONS: Record<string, string> = { asked: "要求人工", "not-understood": "两次没听懂" };

/** On the left: who waits, whom I attend, whom colleagues attend, and what became of mine. */
export function QueueList({ open, ended, now, chosen, taking, onTake, onChoose }: Props) {
  const waiting = open.filter((line) => line.state === "waiting");
  const mine = open.filter((line) => line.mine);
  const others = open.filter((line) => line.state === "taken" && !line.mine);
  return (
    <nav className="queue" aria-label="接待队列">
      <h2>我在接待 {mine.length > 0 && <span className="soft">{mine.length}</span>}</h2>
      {mine.map((line) => (
        <button
          type="button"
          key={line.id}
          className={line.id === chosen ? "queue-card queue-mine queue-chosen" : "queue-card queue-mine"}
          aria-current={line.id === chosen}
          data-testid="queue-mine"
          onClick={() => onChoose(line.id)}
        >
          <span className="queue-subject">{line.subject}</span>
          {line.unansweredSince ? (
            <Tag color="warning">等您回复 {sayWaited(line.unansweredSince, now)}</Tag>
          ) : (
            <span className="soft small">已回复</span>
          )}
        </button>
      ))}
      {mine.length === 0 && <p className="soft small">还没有接待中的市民</p>}
      <h2>等待接待 {waiting.length > 0 && <span className="soft">{waiting.length}</span>}</h2>
      {waiting.map((line) => (
        <article key={line.id} className="queue-card" data-testid="queue-waiting">
          <span className="queue-subject">{line.subject}</span>
          <span className="soft small">
            {REASONS[line.reason] ?? line.reason} · {channelWord(line.channel)} · 已等{" "}
            {sayWaited(line.requestedAt, now)}
          </span>
          <Button
            type="primary"
            size="small"
            loading={taking === line.id}
            data-testid="queue-take"
            onClick={() => onTake(line.id)}
          >
            接待
          </Button>
        </article>
      ))}
      {waiting.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有人在等" />}
      {others.length > 0 && <h2>同事在接待</h2>}
      {others.map((line) => (
        <p key={line.id} className="queue-line small">
          {line.subject} <span className="soft">{line.takenBy}</span>
        </p>
      ))}
      {ended.length > 0 && <h2>一天内接待过</h2>}
      {ended.map((line) => (
        <p key={line.id} className="queue-line small" data-testid="queue-ended">
          {line.endedAt && sayWhen(line.endedAt, now)} {ENDINGS[line.ending ?? ""] ?? ""}
          {line.note && <span className="soft">（{line.note}）</span>}
        </p>
      ))}
    </nav>
  );
}

const ENDINGS: Record<string, string> = {
  returned: "已交还机器人",
  citizen: "市民结束",
  silent: "未及时回复，已收回",
  idle: "无人说话，已结束",
};
