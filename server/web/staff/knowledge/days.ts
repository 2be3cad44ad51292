const dayFormat = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" });
const minuteFormat = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Asia/Shanghai",
  dateStyle: "short",
  timeStyle: "short",
});
const DAY_MS = 24 * 3_600_000;

/** YYYY-MM-DD in Beijing. */
export const dayOf = (at: Date): string => dayFormat.format(at);

/** YYYY-MM-DD so many days later, or earlier. */
export const addDays = (day: string, days: number): string =>
  dayOf(new Date(Date.parse(`${day}T12:00:00+08:00`) + days * DAY_MS));

/** The Monday of a day's week. */
export const mondayOf = (day: string): string => addDays(day, -((new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7));

/** `2026-05` → its first and last day. */
export function daysOfMonth(month: string): { from: string; to: string } {
  return { from: `${month}-01`, to: addDays(`${addMonths(month, 1)}-01`, -1) };
}

/** `2026-12` and 1 → `2027-01`. */
export function addMonths(month: string, months: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const all = year * 12 + number - 1 + months;
  return `${Math.floor(all / 12)}-${String((all % 12) + 1).padStart(2, "0")}`;
}

/** ISO 8601 → `2026-05-01T09:00` in Beijing, as a field for date and time has it; and back. */
export const toField = (at: Date): string => minuteFormat.format(at).replace(" ", "T");
export const fromField = (value: string): string => new Date(`${value}:00+08:00`).toISOString();

/** `2026-05-01` → `5月1日`, with the year where it is another one. */
export function sayDay(day: string, today: string): string {
  const [year, month, date] = day.split("-").map(Number);
  return day.slice(0, 4) === today.slice(0, 4) ? `${month}月${date}日` : `${year}年${month}月${date}日`;
}

const WEEKDAYS = ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"];
export const weekday = (day: string): string => WEEKDAYS[new Date(`${day}T12:00:00Z`).getUTCDay()] ?? "";
