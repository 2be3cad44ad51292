import type { Submission } from "../../bots/ports.ts";
import { dispatch } from "./dispatch.ts";
import { dueAt, gradeOf } from "./grade.ts";
import { freeTicketNumber } from "./number.ts";
import type { DeskParts } from "./parts.ts";
import { reasonToRefuse } from "./rules.ts";
import { bodyOf, type DeskRequest, type Ticket, type TicketSource } from "./ticket.ts";
import { join, joinable } from "./voices.ts";

export type Submit = (request: DeskRequest, idempotencyKey: string, source?: TicketSource) => Promise<Submission>;

/**
 * 受理 and 派单 in one transaction. The same key from the same source gives the same ticket for ever; a request that breaks
 * a rule is refused with a reason for the citizen, and its key stays free. A request that joins a ticket is added to it; where that
 * one is over by now, it becomes a ticket of its own and the answer says so.
 */
export function createSubmit(parts: DeskParts): Submit {
  const { database } = parts;
  return async (request, idempotencyKey, source = "bot") => {
    const reason = reasonToRefuse(request);
    if (reason !== undefined) return { kind: "refused", reason };
    const { submission, isNew } = await database.write(() => {
      const known = earlier(parts, request, idempotencyKey, source);
      if (known) return { submission: known, isNew: false };
      const target = joinable(parts, request, source);
      if (target) join(parts, target, request, idempotencyKey);
      else open(parts, request, idempotencyKey, source);
      return { submission: earlier(parts, request, idempotencyKey, source), isNew: true };
    });
    if (!submission) throw new Error("the request was kept and cannot be read back");
    if (isNew) parts.changed();
    return submission;
  };
}

/** What this key has become, whether a moment or a year ago. */
function earlier(
  parts: DeskParts,
  request: DeskRequest,
  idempotencyKey: string,
  source: TicketSource,
): Submission | undefined {
  const ticket = parts.tickets.findByKey(source, idempotencyKey);
  if (ticket) {
    const apart = request.joins === undefined ? {} : { joining: { kind: "apart" as const } };
    return { kind: "accepted", number: ticket.number, acceptedAt: ticket.createdAt, ...apart };
  }
  const joiner = parts.joiners.findByKey(source, idempotencyKey);
  if (!joiner) return undefined;
  const voices = parts.tickets.find(joiner.number)?.voices ?? 1;
  const { number, joinedAt: acceptedAt } = joiner;
  return { kind: "accepted", number, acceptedAt, joining: { kind: "joined", voices } };
}

function open(parts: DeskParts, request: DeskRequest, idempotencyKey: string, source: TicketSource): void {
  const now = parts.clock.now();
  const ticket = draft(parts, request, source, now);
  const { number, createdAt: at, unit, second } = ticket;
  parts.tickets.insert(ticket, idempotencyKey);
  parts.events.append(source, { number, kind: "accepted", at });
  parts.events.append(source, {
    number,
    kind: "dispatched",
    at,
    unit: unit.name,
    dueAt: ticket.dueAt,
    text: second && `同时派往${second.name}，由${unit.name}首派负责。`,
  });
}

function draft(parts: DeskParts, request: DeskRequest, source: TicketSource, now: Date): Ticket {
  const leaf = request.category && parts.leaf(request.category.code);
  const fromCompany = request.company !== undefined;
  const assignment = dispatch(leaf, request.place, parts.units, { fromCompany });
  const grade = gradeOf(request.kind, leaf, { fromCompany });
  const at = now.toISOString();
  return {
    number: freeTicketNumber(now, parts.random, parts.tickets.has),
    source,
    kind: request.kind,
    categoryCode: request.category?.code,
    categoryPath: [...(leaf?.path ?? request.category?.path ?? [])],
    catalogueVersion: parts.catalogueVersion,
    unit: { id: assignment.unit.id, name: assignment.unit.name },
    second: assignment.second && { id: assignment.second.id, name: assignment.second.name },
    way: assignment.way,
    grade,
    state: "dispatched",
    confidential: request.confidential || request.kind === "report",
    urges: 0,
    voices: 1,
    createdAt: at,
    updatedAt: at,
    dueAt: dueAt(grade, now).toISOString(),
    body: bodyOf(request),
    contact: request.contact,
  };
}
