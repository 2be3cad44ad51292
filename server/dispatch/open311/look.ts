import type { Request } from "../../../bots/model/index.ts";
import type { Clock } from "../../../bots/ports.ts";
import { MAX_ROWS, MAX_SPAN_MS, sourceLine } from "../../http/open311/vocabulary.ts";
import type { Endpoint } from "./endpoint.ts";
import { type RequestRow, requestRows } from "./read-document.ts";

export type Look =
  | { kind: "found"; number: string; acceptedAt?: string }
  | { kind: "not-there" }
  | { kind: "cannot-look" };

/** How far the two systems' clocks may differ. */
const SKEW_MS = 60 * 60_000;
const SMALLEST_SPAN_MS = 60_000;

/**
 * Whether a request is already a ticket over there, by the source line at the end of its description. Where a search brings as many
 * rows as an endpoint may give, the span is halved until everything has been seen.
 */
export async function look(
  { endpoint, clock }: { endpoint: Endpoint; clock: Clock },
  request: Request,
  serviceCodes: string[],
): Promise<Look> {
  const line = sourceLine(request.id);
  const from = Date.parse(request.createdAt) - SKEW_MS;
  const to = Math.min(Math.max(clock.now().getTime(), from + SKEW_MS) + SKEW_MS, from + MAX_SPAN_MS);

  async function within(start: number, end: number): Promise<Look> {
    const answer = await endpoint.get("requests", {
      service_code: serviceCodes.join(","),
      start_date: new Date(start).toISOString(),
      end_date: new Date(end).toISOString(),
    });
    const rows = requestRows.safeParse(answer.kind === "ok" ? answer.body : undefined);
    if (!rows.success) return { kind: "cannot-look" };
    const found = rows.data.flatMap((row) => foundIn(row, line))[0];
    if (found) return found;
    if (rows.data.length < MAX_ROWS || end - start <= SMALLEST_SPAN_MS) return { kind: "not-there" };
    const middle = start + Math.floor((end - start) / 2);
    const later = await within(middle, end);
    return later.kind === "not-there" ? within(start, middle) : later;
  }
  return within(from, to);
}

function foundIn(row: RequestRow, line: string): Look[] {
  if (row.service_request_id === undefined || !row.description?.includes(line)) return [];
  return [{ kind: "found", number: row.service_request_id, acceptedAt: row.requested_datetime }];
}
