import type { CitizenAction, TicketStatus } from "../../../bots/model/index.ts";

/** Words that both ends of a connection use: this house's own Open311 endpoint and its client for others'. */

/** GeoReport v2: "free form text limited to 4,000 characters". */
export const MAX_TEXT = 4000;
/** GeoReport v2, Response Volume: at most 90 days and 1,000 rows. */
export const MAX_ROWS = 1000;
export const MAX_SPAN_MS = 90 * 24 * 3_600_000;

/** The last line of a description; lets the sender find its request again on a system that knows nothing of its keys. */
export const sourceLine = (requestId: string): string => `来源编号：${requestId}`;

/** Codes of the attributes that this house's service definitions have. */
export const attributeCodes = {
  kind: "kind",
  occurredAt: "occurred_at",
  wants: "wants",
  confidential: "confidential",
  contactTimes: "contact_times",
} as const;

/** What a citizen's act looks like to a system that only knows updates with a text. */
export const actionPrefix: Record<CitizenAction["kind"], string> = {
  urge: "【催办】",
  supplement: "【补充】",
  withdraw: "【撤回】",
};

export const statusLabels: Record<TicketStatus, string> = {
  accepted: "已受理",
  dispatched: "已派单",
  "in-progress": "办理中",
  replied: "已答复",
  closed: "已办结",
  withdrawn: "诉求人已撤回",
};

/** Statuses of mySociety's Service Request Updates extension; `external_status_code` carries the exact one beside them. */
export const updateStatuses: Record<TicketStatus, string> = {
  accepted: "open",
  dispatched: "open",
  "in-progress": "in_progress",
  replied: "in_progress",
  closed: "closed",
  withdrawn: "closed",
};
