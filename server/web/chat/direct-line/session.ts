import { DirectLineError, type Requests } from "./request.ts";
import { fieldsOf, textOf } from "./wire.ts";

/** Where the page remembers. Writing may fail silently (private window, no room); the page then works until it is closed. */
export interface Memory {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): string[];
}

export interface Ticket {
  conversationId: string;
  token: string;
}

export interface Session {
  /** A token that is good now; renewed before it ends, re-issued for the old conversation, or for a new one. */
  ticket(): Promise<Ticket>;
  /** The server refused this token: the next `ticket()` asks for another. */
  reject(token: string): void;
}

interface Held extends Ticket {
  renewAt: number;
  endsAt: number;
}

const CONVERSATION_KEY = "jiesu.conversation";
/** A token is renewed when this share of its life is over. */
const RENEW_SHARE = 0.7;
const USUAL_LIFE_SECONDS = 1_800;

/**
 * Keeps the conversation over reloads: the `visitor` cookie says who we are, `tokens/generate {conversationId}` gives a token
 * for the conversation of last time; 403 or 404 mean that it is no longer ours, and a new one starts.
 */
export function createSession(options: {
  requests: Requests;
  memory: Memory;
  now(): number;
  onNewConversation(): void;
}): Session {
  const { requests, memory, now } = options;
  let held: Held | undefined;
  let underWay: Promise<Ticket> | undefined;

  function hold(reply: unknown, known?: string): Held {
    const fields = fieldsOf(reply);
    const token = textOf(fields.token);
    const conversationId = textOf(fields.conversationId) ?? known;
    if (token === undefined || conversationId === undefined) throw new DirectLineError(502);
    const lifeMs = (Number(fields.expires_in) || USUAL_LIFE_SECONDS) * 1000;
    held = { token, conversationId, renewAt: now() + lifeMs * RENEW_SHARE, endsAt: now() + lifeMs };
    return held;
  }

  async function refresh(current: Held): Promise<Ticket> {
    try {
      const reply = await requests.call({ method: "POST", path: "/tokens/refresh", token: current.token });
      return hold(reply, current.conversationId);
    } catch (error) {
      if (isGone(error)) return reissue();
      if (now() < current.endsAt) return current;
      throw error;
    }
  }

  async function reissue(): Promise<Ticket> {
    const conversationId = memory.get(CONVERSATION_KEY);
    if (conversationId === undefined) return start();
    try {
      const reply = await requests.call({ method: "POST", path: "/tokens/generate", json: { conversationId } });
      return hold(reply, conversationId);
    } catch (error) {
      if (isGone(error)) return start();
      throw error;
    }
  }

  async function start(): Promise<Ticket> {
    const reply = await requests.call({ method: "POST", path: "/tokens/generate", json: {} });
    const token = textOf(fieldsOf(reply).token);
    const opened = await requests.call({ method: "POST", path: "/conversations", token, json: {} });
    const ticket = hold({ ...fieldsOf(reply), ...fieldsOf(opened) });
    memory.set(CONVERSATION_KEY, ticket.conversationId);
    options.onNewConversation();
    return ticket;
  }

  return {
    async ticket() {
      if (held !== undefined && now() < held.renewAt) return held;
      const renewable = held !== undefined && now() < held.endsAt ? held : undefined;
      underWay ??= (renewable ? refresh(renewable) : reissue()).finally(() => {
        underWay = undefined;
      });
      return underWay;
    },
    reject(token) {
      if (held?.token === token) held = undefined;
    },
  };
}

const isGone = (error: unknown) => error instanceof DirectLineError && [401, 403, 404].includes(error.status);
