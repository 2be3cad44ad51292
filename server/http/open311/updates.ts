import { randomUUID } from "node:crypto";
import type { CitizenAction, TicketUpdate } from "../../../bots/model/index.ts";
import type { Clock } from "../../../bots/ports.ts";
import type { Desk } from "../../desk/desk.ts";
import type { TicketSource } from "../../desk/ticket.ts";
import { document, type Fields, fault, type Reply } from "./reply.ts";
import { mediaFaults } from "./submission.ts";
import { readSpan } from "./time.ts";
import { actionPrefix, MAX_ROWS, MAX_TEXT, updateStatuses } from "./vocabulary.ts";

interface Updates {
  desk: Desk;
  clock: Clock;
}

/**
 * GET servicerequestupdates of mySociety's extension of Open311 ("Proposed differences to Open311"): the changes of the
 * tickets that came under this key, oldest first. Beside the extension's fields: the unit and the due time.
 */
export function findUpdates({ desk, clock }: Updates, fields: Fields, source: TicketSource): Reply {
  const span = readSpan(fields, clock.now());
  if (span.kind === "wrong") return fault(400, span.description);
  const updates = desk.updatesBetween({ source, from: span.from, to: span.to, limit: MAX_ROWS });
  return document("service_request_updates", updates.map(updateView));
}

const updateView = (update: TicketUpdate) => ({
  update_id: update.id,
  service_request_id: update.number,
  status: updateStatuses[update.status],
  external_status_code: update.status,
  updated_datetime: update.at,
  description: update.text ?? "",
  media_url: "",
  agency_responsible: update.unit ?? "",
  expected_datetime: update.dueAt ?? "",
});

/**
 * POST servicerequestupdates: what the citizen adds to a ticket that came under this key. `action` is urge, supplement or
 * withdraw (a field of this house); without it the text is a supplement. `update_id` makes repeating harmless.
 */
export async function postUpdate(
  { desk }: Updates,
  fields: Fields,
  source: TicketSource,
  idempotencyKey: string | undefined,
): Promise<Reply> {
  const number = fields.get("service_request_id");
  if (number === undefined) return fault(400, "service_request_id was not provided");
  if (desk.ticket(number)?.ticket.source !== source) return fault(404, "service_request_id was not found");
  const action = readAction(fields);
  if (typeof action === "string") return fault(400, action);
  const updateId = idempotencyKey ?? fields.get("update_id") ?? randomUUID();
  const outcome = await desk.act(number, action, updateId, source);
  if (outcome.kind === "refused") return fault(400, outcome.reason);
  return document("service_request_updates", [{ update_id: updateId }]);
}

function readAction(fields: Fields): CitizenAction | string {
  const description = fields.get("description") ?? "";
  if ([...description].length > MAX_TEXT) return `description must not be longer than ${MAX_TEXT} characters`;
  const kind = fields.get("action") ?? "supplement";
  if (kind !== "urge" && kind !== "supplement" && kind !== "withdraw") {
    return "action must be urge, supplement or withdraw";
  }
  const prefix = actionPrefix[kind];
  const media = fields.get("media_url");
  const wrong = mediaFaults(media)[0];
  if (wrong !== undefined) return wrong;
  const said = (description.startsWith(prefix) ? description.slice(prefix.length) : description).trim();
  // A sender of this house writes all addresses into the text; others give one in the field.
  const lines = [...(said ? [said] : []), ...(media && !said.includes(media) ? [`附件链接：${media}`] : [])];
  const text = lines.join("\n") || undefined;
  switch (kind) {
    case "urge":
      return { kind, text };
    case "withdraw":
      return { kind, reason: text };
    case "supplement":
      return text === undefined ? "description was not provided" : { kind, text };
    default:
      throw new Error(`unknown action ${kind satisfies never}`);
  }
}
