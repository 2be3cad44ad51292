import { expect, it } from "vitest";
import { sayRemaining } from "../../../../server/web/staff/remaining.ts";
import { sayWhen } from "../../../../server/web/when.ts";

const now = new Date("2026-03-02T04:00:00Z");

it.each([
  ["2026-03-03T07:10:00Z", "剩 1 天 3 小时", "calm"],
  ["2026-03-04T04:20:00Z", "剩 2 天", "calm"],
  ["2026-03-02T07:59:00Z", "剩 3 小时 59 分钟", "soon"],
  ["2026-03-02T04:00:20Z", "剩 1 分钟", "soon"],
  ["2026-03-02T03:59:59Z", "超期 1 分钟", "overdue"],
  ["2026-03-01T02:00:00Z", "超期 1 天 2 小时", "overdue"],
])("a ticket due at %s has %s", (dueAt, words, urgency) => {
  expect(sayRemaining(dueAt, now)).toEqual({ words, urgency });
});

it.each([
  ["2026-03-02T10:05:00+08:00", "10:05"],
  ["2026-03-01T23:05:00+08:00", "3月1日 23:05"],
  ["2026-03-01T16:30:00Z", "00:30"],
  ["2025-12-31T09:00:00+08:00", "2025年12月31日 09:00"],
  ["nonsense", ""],
])("%s is written %j", (iso, words) => {
  expect(sayWhen(iso, now)).toBe(words);
});
