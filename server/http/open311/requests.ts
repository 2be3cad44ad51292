import { randomUUID } from "node:crypto";
import type { Clock } from "../../../bots/ports.ts";
import type { Desk } from "../../desk/desk.ts";
import type { TicketSource } from "../../desk/ticket.ts";
import { document, type Fields, fault, type Reply } from "./reply.ts";
import { notice, requestView } from "./request-view.ts";
import { type Locate, placeOf, readDraft } from "./submission.ts";
import { readSpan } from "./time.ts";
import { MAX_ROWS } from "./vocabulary.ts";

interface Requests {
  desk: Desk;
  clock: Clock;
  locate?: Locate;
}

/** POST requests. The same `Idempotency-Key` under the same API key gives the same ticket for ever. */
export async function postRequest(
  { desk, clock, locate }: Requests,
  fields: Fields,
  source: TicketSource,
  idempotencyKey: string | undefined,
): Promise<Reply> {
  const draft = readDraft(fields, desk.leaf);
  if (draft.kind === "faults") return draft;
  const id = randomUUID();
  const place = await placeOf(draft.location, desk.units, locate);
  const request = { ...draft.request, id, place, createdAt: clock.now().toISOString() };
  const submission = await desk.submit(request, idempotencyKey ?? id, source);
  switch (submission.kind) {
    case "accepted": {
      const ticket = desk.ticket(submission.number)?.ticket;
      return document("service_requests", [
        { service_request_id: submission.number, service_notice: ticket ? notice(ticket) : "" },
      ]);
    }
    case "pending":
      return document("service_requests", [{ token: submission.token, service_notice: "" }]);
    case "refused":
      return fault(400, submission.reason);
    default:
      throw new Error(`unknown submission ${JSON.stringify(submission satisfies never)}`);
  }
}

/** GET requests. `service_request_id` overrides everything else; confidential tickets are for holders of a key. */
export function findRequests({ desk, clock }: Requests, fields: Fields, hasKey: boolean): Reply {
  const numbers = fields.list("service_request_id");
  if (numbers.length > 0) {
    return rows(desk.lists.find({ numbers, withConfidential: hasKey, limit: MAX_ROWS }), hasKey);
  }
  const statuses = fields.list("status").map((status) => status.toLowerCase());
  if (statuses.some((status) => status !== "open" && status !== "closed")) {
    return fault(400, "status must be open or closed");
  }
  const span = readSpan(fields, clock.now());
  if (span.kind === "wrong") return fault(400, span.description);
  const codes = fields.list("service_code");
  const found = desk.lists.find({
    categoryCodes: codes.length > 0 ? codes : undefined,
    from: span.from,
    to: span.to,
    open: new Set(statuses).size === 1 ? statuses[0] === "open" : undefined,
    withConfidential: hasKey,
    limit: MAX_ROWS,
  });
  if (found.length === 0 && codes.some((code) => !desk.leaf(code))) return fault(404, "service_code was not found");
  return rows(found, hasKey);
}

/** GET requests/{service_request_id}: a list of one. */
export function findRequest({ desk }: Requests, number: string, hasKey: boolean): Reply {
  const ticket = desk.ticket(number)?.ticket;
  if (!ticket || (ticket.confidential && !hasKey)) return fault(404, "service_request_id was not found");
  return rows([ticket], hasKey);
}

/**
 * GET tokens/{token}. This desk gives numbers at once, so it hands out no tokens of its own: a client's `Idempotency-Key` serves as
 * one, for a client that lost the answer.
 */
export function findToken({ desk }: Requests, token: string, sources: readonly TicketSource[]): Reply {
  for (const source of sources) {
    const number = desk.numberByKey(source, token);
    if (number !== undefined) return document("service_requests", [{ service_request_id: number, token }]);
  }
  return fault(404, "token was not found");
}

const rows = (tickets: Parameters<typeof requestView>[0][], hasKey: boolean): Reply =>
  document(
    "service_requests",
    tickets.map((ticket) => requestView(ticket, hasKey)),
  );
