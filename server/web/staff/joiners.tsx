import { Descriptions } from "antd";
import { sayWhen } from "../when.ts";
import { Evidence } from "./evidence.tsx";
import type { Joiner } from "./model.ts";

/** Everybody who joined the ticket, each with their own words: they are to be contacted and called back one by one. */
export function Joiners({ number, joiners, now }: { number: string; joiners: Joiner[]; now: Date }) {
  return (
    <section data-testid="joiners">
      <h3>加入的反映人（{joiners.filter(({ leftAt }) => !leftAt).length} 人）</h3>
      <p className="soft small">答复和办结意见会发给每一位反映人，请不要写其中任何人的姓名、电话和住址。</p>
      {joiners.map((joiner) => (
        <Descriptions
          key={joiner.id}
          column={1}
          size="small"
          bordered
          styles={{ label: { width: 96, whiteSpace: "nowrap" } }}
          className="gap-below"
          items={rows(number, joiner, now)}
        />
      ))}
    </section>
  );
}

function rows(number: string, joiner: Joiner, now: Date) {
  const who = [joiner.contact?.name, joiner.contact?.phone].filter(Boolean).join("　") || "匿名";
  const urges = joiner.urges > 0 ? `，催办 ${joiner.urges} 次` : "";
  const all: [string, React.ReactNode][] = [
    ["反映人", joiner.leftAt ? `已于 ${sayWhen(joiner.leftAt, now)} 撤回` : `${who}${urges}`],
    ["加入时间", sayWhen(joiner.joinedAt, now)],
    [
      "内容",
      <span key="words" className="words">
        {joiner.description}
      </span>,
    ],
    ["地点", joiner.place],
    ["期望", joiner.wants],
    ["附件", joiner.evidence.length > 0 && <Evidence key="files" number={number} evidence={joiner.evidence} />],
  ];
  return all.filter(([, children]) => children).map(([label, children]) => ({ key: label, label, children }));
}
