import type { Entry } from "./entry.ts";

const DAY_IN_BEIJING = new Intl.DateTimeFormat("en-CA", {
  timeZone: "Asia/Shanghai",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});

/** The calendar day in Beijing, YYYY-MM-DD. */
export const dayInBeijing = (at: Date): string => DAY_IN_BEIJING.format(at);

/** Published, and `day` (YYYY-MM-DD) within its first and last day of validity, both inclusive. */
export function isInForce(entry: Entry, day: string): boolean {
  if (entry.status !== "published") return false;
  return (!entry.validFrom || entry.validFrom <= day) && (!entry.validTo || day <= entry.validTo);
}
