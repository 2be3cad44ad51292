import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { type Chat, type ChatView, createChat } from "../../../adapters/mini-program/client/protocol/chat.ts";
import { createSessions } from "../../../adapters/mini-program/client/protocol/session.ts";
import { createTickets, type Tickets } from "../../../adapters/mini-program/client/protocol/tickets.ts";
import type { Reply, Transport } from "../../../adapters/mini-program/client/protocol/transport.ts";
import type { MiniProgramTown } from "./mini-program-town.ts";

/** A citizen's telephone with the mini-program's own protocol on it; only WeChat is replaced, by Node's network. */
export interface Phone {
  chat: Chat;
  tickets: Tickets;
  view(): ChatView;
  texts(): string[];
  /** Calls that the next ones of this kind lose: the server takes them, the answer never comes. */
  loseAnswers(count: number): void;
  /** What stays on the telephone. */
  storage: Map<string, unknown>;
  /** The conversation's token as the page holds it. */
  token(): Promise<string>;
  /** Puts the mini-program away for good. */
  close(): void;
}

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  const retryAfter = response.headers.get("retry-after") ?? undefined;
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text), retryAfter };
}

let ids = 0;

/** `storage`: of a telephone that was there before. */
export function openPhone(town: MiniProgramTown, openId: string, storage = new Map<string, unknown>()): Phone {
  let toLose = 0;
  const server = town.server().url;
  const bearer = (token?: string): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {});

  async function lost(asked: Promise<Response>): Promise<Reply> {
    const reply = await replyOf(await asked);
    if (toLose === 0) return reply;
    toLose -= 1;
    throw new Error("the answer was lost");
  }

  const transport: Transport = {
    request({ method, url, token, json }) {
      const headers = { ...bearer(token), "content-type": "application/json" };
      const asked = fetch(url, { method, headers, body: json === undefined ? undefined : JSON.stringify(json) });
      return method === "POST" && url.endsWith("/activities") ? lost(asked) : asked.then(replyOf);
    },
    async upload({ url, token, filePath, activity }) {
      const form = new FormData();
      form.append("activity", activity);
      form.append("file", new Blob([await readFile(filePath)]), basename(filePath));
      return lost(fetch(url, { method: "POST", headers: bearer(token), body: form }));
    },
    openSocket(url, on) {
      const socket = new WebSocket(url);
      socket.onmessage = ({ data }) => on.message(String(data));
      socket.onclose = () => on.close();
      socket.onerror = () => on.close();
      return { close: () => socket.close() };
    },
    login: async () => town.host.login(openId),
    // As the telephone does, a copy.
    storage: {
      get: (key) => structuredClone(storage.get(key)),
      set: (key, value) => void storage.set(key, structuredClone(value)),
    },
    newId: () => `phone-${++ids}`,
    now: Date.now,
  };
  const sessions = createSessions(transport, server);
  const words = { noReason: "没有被接收" };
  const chat = createChat({ transport, sessions, server, words, onChange: () => undefined, firstRetryMs: 20 });
  chat.start();
  return {
    chat,
    tickets: createTickets(transport, sessions, server),
    view: chat.view,
    texts: () =>
      chat.view().activities.map(({ text, title, rows }) => `${title ?? ""}${rows.map(({ value }) => value)}${text}`),
    loseAnswers(count) {
      toLose = count;
    },
    storage,
    token: async () => (await sessions.get()).token,
    close: chat.stop,
  };
}
