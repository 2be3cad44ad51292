import { Alert, Button, Empty, Select, Tag } from "antd";
import { useCallback } from "react";
import { sayWhen } from "../../when.ts";
import { addressOf } from "../address.ts";
import { Link } from "../link.tsx";
import { go } from "../navigation.ts";
import type { KnowledgeApi } from "./api.ts";
import { addDays, addMonths, dayOf, daysOfMonth, sayDay, weekday } from "./days.ts";
import { type CalendarEvent, nameOf } from "./model.ts";
import { Trouble } from "./trouble.tsx";
import { useLoaded } from "./use-loaded.ts";

const KINDS = {
  expiry: { label: "最后一天有效", colour: "error" },
  review: { label: "要复核", colour: "warning" },
  publish: { label: "定时发布", colour: "processing" },
} as const;
const MOST_A_DAY = 30;

/** A month as days with what falls on them; empty days are left out, so that a busy month can be read. */
export function CalendarPage({ api, query }: { api: KnowledgeApi; query: URLSearchParams }) {
  const today = dayOf(new Date());
  const thisMonth = today.slice(0, 7);
  const month = /^\d{4}-\d{2}$/.test(query.get("month") ?? "") ? String(query.get("month")) : thisMonth;
  const kind = query.get("kind") ?? undefined;
  const { from, to } = daysOfMonth(month);
  const found = useLoaded(useCallback((signal: AbortSignal) => api.calendar({ from, to }, signal), [api, from, to]));
  const late = useLoaded(
    useCallback(
      (signal: AbortSignal) => api.entries({ reviewBy: addDays(today, -1), page: 1, pageSize: 1 }, signal),
      [api, today],
    ),
  );
  const turn = (change: { month?: string; kind?: string }) =>
    go(addressOf(["knowledge", "calendar"], { month, kind, ...change }));
  const events = (found.value?.events ?? []).filter((event) => kind === undefined || event.kind === kind);
  const days = byDay(events);
  return (
    <section className="panel" aria-label="日历">
      <div className="filters gap-below">
        <Button onClick={() => turn({ month: addMonths(month, -1) })}>上个月</Button>
        <h2 className="month">{month.replace("-", " 年 ").replace(/ 0/, " ")} 月</h2>
        <Button onClick={() => turn({ month: addMonths(month, 1) })}>下个月</Button>
        <Button disabled={month === thisMonth} onClick={() => turn({ month: thisMonth })}>
          本月
        </Button>
        <Select
          allowClear
          className="filter"
          aria-label="看哪些"
          placeholder="全部事项"
          value={kind}
          onChange={(value?: string) => turn({ kind: value })}
          options={Object.entries(KINDS).map(([value, { label }]) => ({ value, label }))}
        />
      </div>
      {late.value !== undefined && late.value.total > 0 && (
        <Alert
          type="warning"
          showIcon
          className="gap-below"
          title={
            <>
              有 {late.value.total} 条已过复核日期还没有复核。
              <Link href={addressOf(["knowledge", "entries"], { due: 0 })}>去看看</Link>
            </>
          }
        />
      )}
      <Trouble error={found.error} onRetry={found.reload} />
      {found.value && found.value.total > found.value.events.length && (
        <Alert
          type="info"
          showIcon
          className="gap-below"
          title={`这个月有 ${found.value.total} 件，先列出 ${found.value.events.length} 件。`}
        />
      )}
      {found.value && days.size === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="这个月没有到期、复核和定时发布的条目" />
      )}
      <ol className={found.loading ? "days list-waiting" : "days"}>
        {[...days].map(([day, some]) => (
          <li key={day} className={day === today ? "day day-today" : "day"}>
            <h3>
              {sayDay(day, today)} <span className="soft small">{day === today ? "今天" : weekday(day)}</span>
            </h3>
            <ul>
              {some.slice(0, MOST_A_DAY).map((event) => (
                <EventLine key={`${event.kind} ${event.id}`} event={event} />
              ))}
              {some.length > MOST_A_DAY && <li className="soft small">这一天还有 {some.length - MOST_A_DAY} 件。</li>}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  );
}

function byDay(events: CalendarEvent[]): Map<string, CalendarEvent[]> {
  const days = new Map<string, CalendarEvent[]>();
  for (const event of events) days.set(event.day, [...(days.get(event.day) ?? []), event]);
  return days;
}

function EventLine({ event }: { event: CalendarEvent }) {
  const { kind, at, id, owner } = event;
  const { label, colour } = KINDS[kind];
  return (
    <li data-testid="calendar-event">
      <Tag color={colour}>
        {label}
        {at && ` ${sayWhen(at, new Date(at))}`}
      </Tag>
      <Link href={addressOf(["knowledge", "entries", id])}>{nameOf(event)}</Link>
      {owner && <span className="soft small"> {owner}</span>}
    </li>
  );
}
