import type { Submission } from "../../bots/ports.ts";
import { dispatch } from "./dispatch.ts";
import { dueAt, gradeOf } from "./grade.ts";
import { freeTicketNumber } from "./number.ts";
import type { DeskParts } from "./parts.ts";
import { reasonToRefuse } from "./rules.ts";
import type { DeskRequest, Ticket, TicketSource } from "./ticket.ts";

export type Submit = (request: DeskRequest, idempotencyKey: string, source?: TicketSource) => Promise<Submission>;

/**
 * 受理 and 派单 in one transaction. The same key from the same source gives the same ticket for ever; a request that breaks
 * a rule is refused with a reason for the citizen, and its key stays free.
 */
export function createSubmit(parts: DeskParts): Submit {
  const { database, tickets } = parts;
  return async (request, idempotencyKey, source = "bot") => {
    const reason = reasonToRefuse(request);
    if (reason !== undefined) return { kind: "refused", reason };
    const { ticket, isNew } = await database.write(() => {
      const known = tickets.findByKey(source, idempotencyKey);
      return known
        ? { ticket: known, isNew: false }
        : { ticket: open(parts, request, idempotencyKey, source), isNew: true };
    });
    if (isNew) parts.changed();
    return { kind: "accepted", number: ticket.number, acceptedAt: ticket.createdAt };
  };
}

function open(parts: DeskParts, request: DeskRequest, idempotencyKey: string, source: TicketSource): Ticket {
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
  return ticket;
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
    createdAt: at,
    updatedAt: at,
    dueAt: dueAt(grade, now).toISOString(),
    body: {
      requestId: request.id,
      description: request.description,
      place: request.place,
      occurredAt: request.occurredAt,
      wants: request.wants,
      period: request.period,
      facts: request.facts,
      company: request.company,
      evidence: request.evidence,
    },
    contact: request.contact,
  };
}
