import type { ServiceHours } from "../handoff/hours.ts";

const NAMES = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];

/** As a citizen reads it: "每天 08:00–20:00", "周一至周五 08:00–20:00、周六 09:00–17:00". */
export function sayHours({ spans }: ServiceHours): string {
  return spans.map(({ days, from, to }) => `${sayDays(days)} ${sayMinute(from)}–${sayMinute(to)}`).join("、");
}

function sayDays(days: number[]): string {
  const [first = 0] = days;
  const last = days.at(-1) ?? first;
  if (days.length === 7) return "每天";
  return days.length === 1 ? `${NAMES[first]}` : `${NAMES[first]}至${NAMES[last]}`;
}

const sayMinute = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
