import { Descriptions, type DescriptionsProps, Tag, Timeline } from "antd";
import { kindWord, statusWord } from "../ticket-words.ts";
import { sayWhen } from "../when.ts";
import { Clock, useNow } from "./clock.tsx";
import { Evidence } from "./evidence.tsx";
import { Joiners } from "./joiners.tsx";
import { isOver, type TicketDetail } from "./model.ts";
import { StateTag } from "./state-tag.tsx";

/** What a timeline can hold besides states. */
const deeds: Record<string, string> = {
  urged: "市民催办",
  supplemented: "市民补充",
  joined: "居民加入",
  left: "一位反映人撤回",
  leads: "由后一位反映人继续",
};
const grades: Record<string, string> = { "2h": "2 小时", "24h": "24 小时", "7d": "7 天", "15d": "15 天" };

export function TicketFacts({ ticket }: { ticket: TicketDetail }) {
  const now = useNow();
  return (
    <>
      <h2 className="detail-title">{ticket.title}</h2>
      <p className="tags">
        <StateTag state={ticket.state} />
        <Tag>{kindWord(ticket.kind)}</Tag>
        {ticket.voices > 1 && <Tag color="processing">{ticket.voices} 人反映</Tag>}
        {ticket.urges > 0 && <Tag color="warning">催办 {ticket.urges} 次</Tag>}
        {!isOver(ticket.state) && <Clock dueAt={ticket.dueAt} state={ticket.state} now={now} />}
      </p>
      <Descriptions
        column={1}
        size="small"
        bordered
        styles={{ label: { width: 96, whiteSpace: "nowrap" } }}
        items={facts(ticket, now)}
        className="gap-below"
      />
      {ticket.joiners && ticket.joiners.length > 0 && (
        <Joiners number={ticket.number} joiners={ticket.joiners} now={now} />
      )}
      <h3>办理过程</h3>
      <Timeline items={(ticket.timeline ?? []).map((event) => ({ content: <Event event={event} now={now} /> }))} />
    </>
  );
}

function facts(ticket: TicketDetail, now: Date): DescriptionsProps["items"] {
  const place = typeof ticket.place === "string" ? ticket.place : ticket.place?.text;
  const who = [ticket.contact?.name, ticket.contact?.phone].filter(Boolean).join("　");
  const rows: [string, React.ReactNode][] = [
    [
      "诉求内容",
      <span key="words" className="words">
        {ticket.description}
      </span>,
    ],
    ["发生地点", place],
    ["发生时间", ticket.occurredAt && sayMoment(ticket.occurredAt, now)],
    ["市民期望", ticket.wants],
    ...(ticket.details ?? []).map(({ label, value }): [string, React.ReactNode] => [label, value]),
    ["联系人", ticket.firstLeftAt ? `已于 ${sayWhen(ticket.firstLeftAt, now)} 撤回，请联系其他反映人` : who],
    ["原工单", ticket.related],
    ["诉求类别", ticket.categoryPath.join(" › ")],
    ["承办单位", [ticket.unit?.name, ticket.second && `协办 ${ticket.second.name}`].filter(Boolean).join("，")],
    ["响应等级", grades[ticket.grade] ?? ticket.grade],
    ["受理时间", sayWhen(ticket.createdAt, now)],
    ["办结时间", ticket.closedAt && sayWhen(ticket.closedAt, now)],
    [
      "附件",
      ticket.evidence?.length ? <Evidence key="files" number={ticket.number} evidence={ticket.evidence} /> : undefined,
    ],
  ];
  return rows
    .filter(([, children]) => children)
    .map(([label, children], index) => ({ key: `${index} ${label}`, label, children }));
}

/** Citizens say when it happened in their own words as often as with a date. */
const sayMoment = (text: string, now: Date) => (/^\d{4}-\d{2}-\d{2}T/.test(text) ? sayWhen(text, now) || text : text);

function Event({ event, now }: { event: NonNullable<TicketDetail["timeline"]>[number]; now: Date }) {
  return (
    <>
      <strong>{deeds[event.kind] ?? statusWord(event.kind)}</strong>
      <span className="soft"> {[event.unit, event.actor].filter(Boolean).join(" ")}</span>
      {event.text && <p className="words event-text">{event.text}</p>}
      <div className="soft small">{sayWhen(event.at, now)}</div>
    </>
  );
}
