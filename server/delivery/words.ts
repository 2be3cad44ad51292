import { isAccountOf } from "../../bots/accounts.ts";
import { DeliveryError } from "../../bots/errors.ts";
import type { ConversationRef, OutboundMessage, TicketView, Work } from "../../bots/model/index.ts";
import type { Store } from "../../bots/ports.ts";
import { filingNews, ticketNews } from "../../flows/index.ts";

/** Work that brings words to a citizen. */
export type WordsWork = Extract<Work, { kind: "say" | "notify" | "tell-filing" }>;

/** Words on their way, and what decides when they may go. */
export interface Words {
  to: ConversationRef;
  message: OutboundMessage;
  replyHandle?: string;
  /** The number of the ticket they are about. */
  ticket?: string;
  /** No answer within a turn. */
  unasked: boolean;
  /** Whether they are about an emergency, which may wake people up. */
  isUrgent(): Promise<boolean>;
}

const URGENT_MS = 2 * 3_600_000;
const never = async () => false;

/** Finds out what a piece of work has to say, and to whom; undefined where there is nothing to say, or nobody any more. */
export function createWordsReader(
  store: Pick<Store, "loadTicket" | "loadRequest" | "accountsOf">,
): (work: WordsWork) => Promise<Words | undefined> {
  async function ticketOf(requestId: string) {
    const ticket = await store.loadTicket(requestId);
    if (ticket) return ticket;
    throw new DeliveryError(`request ${requestId} is not in the store any more`, { retryable: false });
  }

  /** Who brought the request, or another account of theirs; nobody when that is not theirs any more. */
  async function listenerOf(owner: ConversationRef, to: ConversationRef | undefined) {
    if (!to) return owner;
    return (await store.accountsOf(owner)).some(isAccountOf(to)) ? to : undefined;
  }

  /** 应急 and two-hour tickets. */
  async function isUrgent({ requestId, filing, dueAt }: TicketView): Promise<boolean> {
    if ((await store.loadRequest(requestId))?.kind === "emergency") return true;
    if (filing.kind !== "filed" || dueAt === undefined) return false;
    return Date.parse(dueAt) - Date.parse(filing.acceptedAt) <= URGENT_MS;
  }

  async function aboutTicket(
    work: Extract<WordsWork, { requestId: string }>,
    wording: (ticket: TicketView) => { message?: OutboundMessage; number?: string },
  ): Promise<Words | undefined> {
    const ticket = await ticketOf(work.requestId);
    const to = await listenerOf(ticket.owner, work.to);
    const { message, number } = wording(ticket);
    if (!to || !message) return undefined;
    return { to, message, ticket: number, unasked: true, isUrgent: () => isUrgent(ticket) };
  }

  return async (work) => {
    switch (work.kind) {
      case "say": {
        const { to, message, replyHandle, unasked = false } = work;
        return { to, message, replyHandle, unasked, isUrgent: never };
      }
      case "tell-filing":
        return aboutTicket(work, ({ filing, unit }) => ({
          message: filingNews(filing, unit),
          number: filing.kind === "filed" ? filing.number : undefined,
        }));
      case "notify":
        return aboutTicket(work, ({ updates }) => {
          const update = updates.find((each) => each.id === work.updateId);
          return { message: update && ticketNews(update), number: update?.number };
        });
      default:
        throw work satisfies never;
    }
  };
}
