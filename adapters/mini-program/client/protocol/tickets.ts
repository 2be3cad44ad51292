import type { Sessions } from "./session.ts";
import { bodyOf, listOf, membersOf, type Transport, textOf } from "./transport.ts";

/** A ticket of the citizen's own. Times are ISO 8601 with zone. */
export interface Ticket {
  number?: string;
  title: string;
  status: string;
  unit?: string;
  dueAt?: string;
  createdAt: string;
}

export interface TicketNews {
  at: string;
  status: string;
  unit?: string;
  text?: string;
}

export interface Tickets {
  /** Newest first. */
  mine(): Promise<Ticket[]>;
  /** Undefined when the citizen has none of that number. */
  one(number: string): Promise<(Ticket & { updates: TicketNews[] }) | undefined>;
  /** Reports what wx.requestSubscribeMessage answered: each template that says "accept" may be sent once. */
  allow(answer: Record<string, unknown>): Promise<void>;
  /** The templates that the citizen may be asked for. */
  templateIds(): Promise<string[]>;
}

export function createTickets(transport: Transport, sessions: Sessions, server: string): Tickets {
  const base = `${server}/api/mini-program`;
  const get = (path: string) =>
    sessions.authorized(({ token }) => bodyOf(transport.request({ method: "GET", url: base + path, token })));

  return {
    mine: async () => listOf(membersOf(await get("/tickets")).tickets).map(readTicket),
    async one(number) {
      try {
        const body = await get(`/tickets/${encodeURIComponent(number)}`);
        return { ...readTicket(body), updates: listOf(membersOf(body).updates).map(readNews) };
      } catch (error) {
        if (membersOf(error).status === 404) return undefined;
        throw error;
      }
    },
    async allow(answer) {
      const templateIds = Object.keys(answer).filter((id) => answer[id] === "accept");
      if (templateIds.length === 0) return;
      await sessions.authorized(({ token }) =>
        bodyOf(transport.request({ method: "POST", url: `${base}/subscriptions`, token, json: { templateIds } })),
      );
    },
    templateIds: async () => (await sessions.get()).templateIds,
  };
}

function readTicket(value: unknown): Ticket {
  const members = membersOf(value);
  return {
    number: textOf(members.number),
    title: textOf(members.title) ?? "",
    status: textOf(members.status) ?? "saved",
    unit: textOf(members.unit),
    dueAt: textOf(members.dueAt),
    createdAt: textOf(members.createdAt) ?? "",
  };
}

function readNews(value: unknown): TicketNews {
  const { at, status, unit, text } = membersOf(value);
  return { at: textOf(at) ?? "", status: textOf(status) ?? "", unit: textOf(unit), text: textOf(text) };
}
