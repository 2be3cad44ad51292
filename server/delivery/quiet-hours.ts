/** When nobody is to be disturbed, in minutes after midnight in Beijing (UTC+8, no summer time). The end may lie on the next day. */
export interface QuietHours {
  from: number;
  to: number;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
const BEIJING_MS = 8 * 60 * MINUTE_MS;

export const defaultQuietHours: QuietHours = { from: 22 * 60, to: 8 * 60 };

/** Reads "22:00-08:00"; "off" is no quiet at all. A text that cannot be read gives a sentence that says how to mend it. */
export function parseQuietHours(text: string): { quiet: QuietHours | undefined } | { fault: string } {
  if (text.trim().toLowerCase() === "off") return { quiet: undefined };
  const clock = /^\s*([01]\d|2[0-3]):([0-5]\d)\s*-\s*([01]\d|2[0-3]):([0-5]\d)\s*$/.exec(text);
  if (!clock) return { fault: `"${text.trim()}" is not a time of the day; write "22:00-08:00", or "off"` };
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = clock.slice(1).map(Number);
  const quiet = { from: fromHour * 60 + fromMinute, to: toHour * 60 + toMinute };
  return quiet.from === quiet.to
    ? { fault: `"${text.trim()}" begins when it ends; write "off" for no quiet` }
    : { quiet };
}

/** When the quiet ends that `at` lies in; undefined where it lies in none. */
export function endOfQuiet({ from, to }: QuietHours, at: Date): Date | undefined {
  const sinceMidnightMs = (at.getTime() + BEIJING_MS) % (DAY_MINUTES * MINUTE_MS);
  const minute = sinceMidnightMs / MINUTE_MS;
  const isQuiet = from < to ? minute >= from && minute < to : minute >= from || minute < to;
  if (!isQuiet) return undefined;
  const untilEnd = (to - minute + DAY_MINUTES) % DAY_MINUTES;
  return new Date(at.getTime() + Math.round(untilEnd * MINUTE_MS));
}
