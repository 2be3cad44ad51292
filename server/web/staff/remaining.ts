const MINUTE_MS = 60_000;
const SOON_MS = 4 * 60 * MINUTE_MS;

export interface Remaining {
  words: string;
  urgency: "overdue" | "soon" | "calm";
}

/** `剩 1 天 3 小时`, `剩 25 分钟`, `超期 2 小时 5 分钟`: two units at most, rounded down, never below one minute. */
export function sayRemaining(dueAt: string, now: Date): Remaining {
  const leftMs = Date.parse(dueAt) - now.getTime();
  const words = sayDuration(Math.abs(leftMs));
  if (leftMs < 0) return { words: `超期 ${words}`, urgency: "overdue" };
  return { words: `剩 ${words}`, urgency: leftMs < SOON_MS ? "soon" : "calm" };
}

function sayDuration(ms: number): string {
  const minutes = Math.max(1, Math.floor(ms / MINUTE_MS));
  const parts = [
    { amount: Math.floor(minutes / 1440), unit: "天" },
    { amount: Math.floor(minutes / 60) % 24, unit: "小时" },
    { amount: minutes % 60, unit: "分钟" },
  ];
  const first = parts.findIndex((part) => part.amount > 0);
  return parts
    .slice(first, first + 2)
    .filter((part) => part.amount > 0)
    .map((part) => `${part.amount} ${part.unit}`)
    .join(" ");
}
