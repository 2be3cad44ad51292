import type { TicketUpdate } from "../../bots/model/index.ts";
import { withoutIdentity } from "./identity.ts";
import type { Joiner } from "./joiner-table.ts";
import type { DeskParts } from "./parts.ts";
import { bodyOf, type DeskRequest, isOpen, type Ticket, type TicketSource } from "./ticket.ts";

/**
 * The ticket that a request may still join. Nobody whose identity is withheld joins or is joined, and a ticket that is over takes
 * no more: then there is none.
 */
export function joinable(parts: DeskParts, request: DeskRequest, source: TicketSource): Ticket | undefined {
  const ticket = request.joins === undefined ? undefined : parts.tickets.find(request.joins);
  if (!ticket || ticket.source !== source || !isOpen(ticket.state)) return undefined;
  return ticket.confidential || request.confidential || request.kind === "report" ? undefined : ticket;
}

/** Adds one more voice. To be called inside `database.write`. */
export function join(parts: DeskParts, ticket: Ticket, request: DeskRequest, key: string): Joiner {
  const { number, source } = ticket;
  const at = parts.clock.now().toISOString();
  const joiner: Joiner = {
    number,
    requestId: request.id,
    joinedAt: at,
    urges: 0,
    body: bodyOf(request),
    contact: request.contact,
  };
  parts.joiners.insert(joiner, source, key);
  parts.tickets.update({ ...ticket, voices: ticket.voices + 1, updatedAt: at });
  parts.events.append(source, { number, kind: "joined", at, requestId: request.id });
  return joiner;
}

/**
 * One of several withdraws: the ticket goes on for the others. When the one who came first leaves, the next comes first now and
 * is told. To be called inside `database.write`.
 */
export function leave(parts: DeskParts, ticket: Ticket, joiner: Joiner | undefined, at: string, reason?: string): void {
  const { number, source, unit, dueAt } = ticket;
  const wasFirst = first(parts, ticket);
  const left = joiner?.requestId ?? ticket.body.requestId;
  if (joiner) parts.joiners.update({ ...joiner, leftAt: at });
  const changed = { ...ticket, voices: ticket.voices - 1, updatedAt: at, ...(joiner ? {} : { firstLeftAt: at }) };
  parts.tickets.update(changed);
  parts.events.append(source, { number, kind: "left", at, text: reason, requestId: left });
  const next = first(parts, changed);
  if (left !== wasFirst || next === undefined) return;
  parts.events.append(source, {
    number,
    kind: "leads",
    status: ticket.state,
    at,
    unit: unit.name,
    dueAt,
    requestId: next,
  });
}

/** The request that stands first behind a ticket. */
function first(parts: DeskParts, ticket: Ticket): string | undefined {
  if (ticket.firstLeftAt === undefined) return ticket.body.requestId;
  return parts.joiners.ofTicket(ticket.number).find(({ leftAt }) => leftAt === undefined)?.requestId;
}

/** What a unit wrote goes to everybody behind the ticket: nobody's name or number goes with it. */
export function forEveryVoice(parts: DeskParts, updates: TicketUpdate[]): TicketUpdate[] {
  return updates.map((update) => {
    const joiners = update.text === undefined ? [] : parts.joiners.ofTicket(update.number);
    if (joiners.length === 0) return update;
    const contacts = [parts.tickets.find(update.number)?.contact, ...joiners.map(({ contact }) => contact)];
    return { ...update, text: contacts.reduce((text, contact) => withoutIdentity(text, contact), update.text ?? "") };
  });
}
