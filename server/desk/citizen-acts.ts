import type { CitizenAction, Media } from "../../bots/model/index.ts";
import type { ActOutcome } from "../../bots/ports.ts";
import type { DeskParts } from "./parts.ts";
import type { EventKind, Ticket, TicketSource } from "./ticket.ts";
import { isOpen } from "./ticket.ts";

export type Act = (
  number: string,
  action: CitizenAction,
  idempotencyKey: string,
  source?: TicketSource,
) => Promise<ActOutcome>;

/**
 * 催办, 补充, 撤回 by the citizen, each once for its key: the same key again gives the same answer and changes nothing.
 * Whoever filed a ticket can act on it and nobody else: to another source the number is unknown.
 */
export function createAct(parts: DeskParts): Act {
  const { raw } = parts.database;
  const known = raw.prepare("SELECT outcome FROM acts WHERE idempotency_key = ?").pluck();
  const keep = raw.prepare("INSERT INTO acts (idempotency_key, number, outcome, at) VALUES (?, ?, ?, ?)");
  return async (number, action, idempotencyKey, source = "bot") => {
    const key = `${source}|${idempotencyKey}`;
    const { outcome, isNew } = await parts.database.write(() => {
      const before = known.get(key) as string | undefined;
      if (before !== undefined) return { outcome: JSON.parse(before) as ActOutcome, isNew: false };
      const at = parts.clock.now().toISOString();
      const outcome = apply(parts, number, source, action, at);
      keep.run(key, number, JSON.stringify(outcome), at);
      return { outcome, isNew: outcome.kind === "accepted" };
    });
    if (isNew) parts.changed();
    return outcome;
  };
}

function apply(parts: DeskParts, number: string, source: TicketSource, action: CitizenAction, at: string): ActOutcome {
  const ticket = parts.tickets.find(number);
  if (!ticket || ticket.source !== source) return { kind: "refused", reason: "没有找到这张工单，请核对工单编号。" };
  if (!isOpen(ticket.state)) return { kind: "refused", reason: whyTooLate(ticket, action) };
  const { changed, event, text } = effect(ticket, action);
  parts.tickets.update({ ...changed, updatedAt: at });
  parts.events.append(source, { number, kind: event, at, text });
  return { kind: "accepted" };
}

function effect(ticket: Ticket, action: CitizenAction): { changed: Ticket; event: EventKind; text?: string } {
  switch (action.kind) {
    case "urge":
      return { changed: { ...ticket, urges: ticket.urges + 1 }, event: "urged", text: action.text };
    case "supplement": {
      const media = newIn(ticket, action.media ?? []);
      const body = { ...ticket.body, evidence: [...ticket.body.evidence, ...media] };
      return { changed: { ...ticket, body }, event: "supplemented", text: supplementText(action) };
    }
    case "withdraw":
      return { changed: { ...ticket, state: "withdrawn" }, event: "withdrawn", text: action.reason };
    default:
      throw new Error(`unknown action ${JSON.stringify(action satisfies never)}`);
  }
}

function newIn({ body }: Ticket, media: Media[]): Media[] {
  const known = new Set(body.evidence.map(({ id }) => id));
  return media.filter(({ id }) => !known.has(id));
}

/** The timeline says how many files came with the words; they stand with the others of the ticket. */
function supplementText({ text, media = [] }: Extract<CitizenAction, { kind: "supplement" }>): string {
  const files = media.length > 0 ? [`（附件 ${media.length} 个）`] : [];
  return [...(text ? [text] : []), ...files].join("\n");
}

const names: Record<CitizenAction["kind"], string> = { urge: "催办", supplement: "补充", withdraw: "撤回" };

function whyTooLate(ticket: Ticket, action: CitizenAction): string {
  const what = names[action.kind];
  return ticket.state === "withdrawn"
    ? `这张工单已经撤回，不能再${what}。`
    : `这张工单已经办结，不能再${what}；如问题没有解决，可以重新反映。`;
}
