const dayFormat = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});
const clockFormat = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  hour: "2-digit",
  minute: "2-digit",
  hour12: false,
});

/** ISO 8601 → `14:05` on the same day, else `2026年3月5日 14:05`, in the hotline's own time (Asia/Shanghai). */
export function sayWhen(iso: string, now: Date): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return "";
  const clock = clockFormat.format(at);
  if (dayFormat.format(at) === dayFormat.format(now)) return clock;
  const [year, month, day] = dayFormat.format(at).split("/").map(Number);
  const date = `${month}月${day}日 ${clock}`;
  return dayFormat.format(now).startsWith(`${year}`) ? date : `${year}年${date}`;
}
