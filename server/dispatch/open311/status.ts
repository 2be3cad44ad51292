import type { TicketStatus } from "../../../bots/model/index.ts";

const own: readonly TicketStatus[] = ["accepted", "dispatched", "in-progress", "replied", "closed", "withdrawn"];

/** Words of GeoReport v2 and of mySociety's extension that mean that somebody is at work on it. */
const working = new Set(["investigating", "in_progress", "planned", "action_scheduled", "reopen"]);
const fresh = new Set(["open", "confirmed", "for_triage", "internal_referral"]);

/** Another system's status in our words. Its exact code wins where it is one of ours; words that are neither open nor at work mean the end. */
export function statusOf(status: string | undefined, exact: string | undefined, hasUnit: boolean): TicketStatus {
  const ours = own.find((one) => one === exact);
  if (ours) return ours;
  const word = (status ?? "open").toLowerCase().replaceAll(" ", "_");
  if (fresh.has(word)) return hasUnit ? "dispatched" : "accepted";
  return working.has(word) ? "in-progress" : "closed";
}

/** Another system's time with zone, or `fallback` where it is missing or cannot be read. */
export function timeOf(text: string | undefined, fallback: Date): string {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return new Date(Number.isNaN(time) ? fallback : time).toISOString();
}
