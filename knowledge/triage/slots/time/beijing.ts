/** Moments as wall-clock time of China: milliseconds since 1970 as if 08:00 ahead were UTC. China has one zone and no summer time. */
const AHEAD_MS = 8 * 3_600_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

export const wallClock = (at: Date): number => at.getTime() + AHEAD_MS;

/** ISO 8601 with +08:00, to the second. */
export const isoOf = (wall: number): string => `${new Date(wall).toISOString().slice(0, 19)}+08:00`;

export const startOfDay = (wall: number): number => Math.floor(wall / DAY_MS) * DAY_MS;

/** `month` counts from 1; what exceeds it runs over into the next year. */
export const dayOf = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day);

export const yearOf = (wall: number): number => new Date(wall).getUTCFullYear();
export const monthOf = (wall: number): number => new Date(wall).getUTCMonth() + 1;

/** Monday of the week that `wall` lies in. */
export function startOfWeek(wall: number): number {
  const day = startOfDay(wall);
  return day - ((new Date(day).getUTCDay() + 6) % 7) * DAY_MS;
}
