/** 服务时间: on which weekdays (0 is Sunday) from when to when, in minutes after midnight in Beijing (UTC+8, no summer time). */
export interface ServiceHours {
  spans: { days: number[]; from: number; to: number }[];
}

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const MINUTE_MS = 60_000;
const BEIJING_MS = 8 * 60 * MINUTE_MS;

/**
 * Reads "Mon-Fri 08:00-20:00, Sat 09:00-17:00"; "off" is a service that does not exist (no spans). A text that cannot be read
 * gives a sentence that says how to mend it.
 */
export function parseHours(text: string): { hours: ServiceHours } | { fault: string } {
  if (text.trim().toLowerCase() === "off") return { hours: { spans: [] } };
  const spans: ServiceHours["spans"] = [];
  for (const part of text.split(/[,;]/)) {
    const match = /^\s*([a-z]{3})(?:\s*-\s*([a-z]{3}))?\s+(\d{2}):(\d{2})\s*-\s*(\d{2}):(\d{2})\s*$/i.exec(part);
    if (!match) return { fault: `"${part.trim()}" is not a day and a time; write "Mon-Sun 08:00-20:00", or "off"` };
    const [, first = "", last = first, ...clock] = match;
    const days = weekdays(first, last);
    if (!days) return { fault: `"${part.trim()}" names no weekday; use Mon Tue Wed Thu Fri Sat Sun` };
    const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = clock.map(Number);
    const from = fromHour * 60 + fromMinute;
    const to = toHour * 60 + toMinute;
    if (fromMinute > 59 || toMinute > 59 || to > 24 * 60) {
      return { fault: `"${part.trim()}" names a time that no day has; times go from 00:00 to 24:00` };
    }
    if (to <= from)
      return {
        fault: `"${part.trim()}" ends before it begins; write a night as two parts, up to 24:00 and from 00:00`,
      };
    spans.push({ days, from, to });
  }
  return { hours: { spans } };
}

export function isOpen({ spans }: ServiceHours, at: Date): boolean {
  const beijing = new Date(at.getTime() + BEIJING_MS);
  const minute = beijing.getUTCHours() * 60 + beijing.getUTCMinutes();
  return spans.some(({ days, from, to }) => days.includes(beijing.getUTCDay()) && minute >= from && minute < to);
}

/** From one weekday through another, across the end of the week if need be. */
function weekdays(first: string, last: string): number[] | undefined {
  const start = DAYS.indexOf(first.toLowerCase());
  const end = DAYS.indexOf(last.toLowerCase());
  if (start < 0 || end < 0) return undefined;
  return Array.from({ length: ((end - start + 7) % 7) + 1 }, (_, index) => (start + index) % 7);
}
