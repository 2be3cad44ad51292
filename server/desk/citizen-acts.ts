import type { CitizenAction, Media } from "../../bots/model/index.ts";
import type { ActOutcome } from "../../bots/ports.ts";
import type { Joiner } from "./joiner-table.ts";
import type { DeskParts } from "./parts.ts";
import type { EventKind, Ticket, TicketSource } from "./ticket.ts";
import { isOpen } from "./ticket.ts";
import { leave } from "./voices.ts";

export type Act = (
  number: string,
  action: CitizenAction,
  idempotencyKey: string,
  source?: TicketSource,
  /** Whose act it is, where several share the ticket; of the one who brought it when absent. */
  requestId?: string,
) => Promise<ActOutcome>;

/**
 * 催办, 补充, 撤回 by the citizen, each once for its key: the same key again gives the same answer and changes nothing.
 * Whoever filed or joined a ticket can act on it and nobody else: to another source the number is unknown. Where several share
 * the ticket, each withdraws for themselves only.
 */
export function createAct(parts: DeskParts): Act {
  const { raw } = parts.database;
  const known = raw.prepare("SELECT outcome FROM acts WHERE idempotency_key = ?").pluck();
  const keep = raw.prepare("INSERT INTO acts (idempotency_key, number, outcome, at) VALUES (?, ?, ?, ?)");
  return async (number, action, idempotencyKey, source = "bot", requestId = undefined) => {
    const key = `${source}|${idempotencyKey}`;
    const { outcome, isNew } = await parts.database.write(() => {
      const before = known.get(key) as string | undefined;
      if (before !== undefined) return { outcome: JSON.parse(before) as ActOutcome, isNew: false };
      const at = parts.clock.now().toISOString();
      const outcome = apply(parts, { number, source, requestId, action, at });
      keep.run(key, number, JSON.stringify(outcome), at);
      return { outcome, isNew: outcome.kind === "accepted" };
    });
    if (isNew) parts.changed();
    return outcome;
  };
}

interface ActInHand {
  number: string;
  source: TicketSource;
  requestId: string | undefined;
  action: CitizenAction;
  at: string;
}

function apply(parts: DeskParts, { number, source, requestId, action, at }: ActInHand): ActOutcome {
  const ticket = parts.tickets.find(number);
  const isFirst = requestId === undefined || requestId === ticket?.body.requestId;
  const joiner = isFirst ? undefined : parts.joiners.find(number, requestId);
  if (!ticket || ticket.source !== source || (!isFirst && !joiner)) {
    return { kind: "refused", reason: "没有找到这张工单，请核对工单编号。" };
  }
  if (!isOpen(ticket.state)) return { kind: "refused", reason: whyTooLate(ticket, action) };
  if ((isFirst ? ticket.firstLeftAt : joiner?.leftAt) !== undefined) {
    return { kind: "refused", reason: whyTooLate({ state: "withdrawn" }, action) };
  }
  if (action.kind === "withdraw" && ticket.voices > 1) leave(parts, ticket, joiner, at, action.reason);
  else change(parts, ticket, joiner, action, at);
  return { kind: "accepted" };
}

function change(parts: DeskParts, ticket: Ticket, joiner: Joiner | undefined, action: CitizenAction, at: string): void {
  const { changed, event, text } = effect(ticket, action);
  const media = action.kind === "supplement" ? (action.media ?? []) : [];
  parts.tickets.update({ ...(joiner ? changed : withFiles(changed, media)), updatedAt: at });
  if (joiner) {
    const urges = joiner.urges + (action.kind === "urge" ? 1 : 0);
    parts.joiners.update({ ...withFiles(joiner, media), urges });
  }
  const requestId = action.kind === "withdraw" ? undefined : joiner?.requestId;
  parts.events.append(ticket.source, { number: ticket.number, kind: event, at, text, requestId });
}

/** Each file once, with those of the person who sent it. */
function withFiles<Told extends Pick<Ticket, "body">>(told: Told, media: readonly Media[]): Told {
  const known = new Set(told.body.evidence.map(({ id }) => id));
  const evidence = [...told.body.evidence, ...media.filter(({ id }) => !known.has(id))];
  return { ...told, body: { ...told.body, evidence } };
}

function effect(ticket: Ticket, action: CitizenAction): { changed: Ticket; event: EventKind; text?: string } {
  switch (action.kind) {
    case "urge":
      return { changed: { ...ticket, urges: ticket.urges + 1 }, event: "urged", text: action.text };
    case "supplement":
      return { changed: ticket, event: "supplemented", text: supplementText(action) };
    case "withdraw":
      return { changed: { ...ticket, state: "withdrawn" }, event: "withdrawn", text: action.reason };
    default:
      throw new Error(`unknown action ${JSON.stringify(action satisfies never)}`);
  }
}

/** The timeline says how many files came with the words; they stand with the others of the ticket. */
function supplementText({ text, media = [] }: Extract<CitizenAction, { kind: "supplement" }>): string {
  const files = media.length > 0 ? [`（附件 ${media.length} 个）`] : [];
  return [...(text ? [text] : []), ...files].join("\n");
}

const names: Record<CitizenAction["kind"], string> = { urge: "催办", supplement: "补充", withdraw: "撤回" };

function whyTooLate(ticket: Pick<Ticket, "state">, action: CitizenAction): string {
  const what = names[action.kind];
  return ticket.state === "withdrawn"
    ? `这张工单已经撤回，不能再${what}。`
    : `这张工单已经办结，不能再${what}；如问题没有解决，可以重新反映。`;
}
