const MINUTE_MS = 60_000;

/** How long somebody has been waiting: "不到 1 分钟", "12 分钟", "1 小时 5 分". */
export function sayWaited(since: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - new Date(since).getTime()) / MINUTE_MS);
  if (minutes < 1) return "不到 1 分钟";
  if (minutes < 60) return `${minutes} 分钟`;
  return `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分`;
}
