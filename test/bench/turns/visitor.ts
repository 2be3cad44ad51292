import { randomUUID } from "node:crypto";
import { WebSocket } from "ws";
import type { Post } from "./post.ts";

/** How long one turn took, in milliseconds from the moment it was sent. */
export interface TurnTime {
  /** Until the server had it durable and said so (200). */
  acknowledgedMs: number;
  /** Until the first of the bot's words in answer to it had arrived; undefined where no bot answers. */
  repliedMs?: number;
  /** The words that arrived up to then. */
  words?: string;
}

/** Somebody who sends a text and waits for everything that belongs to it. */
export interface Visitor {
  say(text: string): Promise<TurnTime>;
  leave(): void;
}

/** Posts the same body to a server without a bot. */
export function createPlainVisitor(post: Post): Visitor {
  return {
    async say(text) {
      const sentAt = performance.now();
      await post("/messages", bodyOf(text, randomUUID()));
      return { acknowledgedMs: performance.now() - sentAt };
    },
    leave() {},
  };
}

interface Frame {
  activities?: { from: { role?: string }; replyToId?: string; text?: string; channelData?: object }[];
}

/** A citizen on the web chat: Direct Line, with the stream open over which the answers come. */
export async function createCitizen(post: Post): Promise<Visitor> {
  const { conversationId, token, streamUrl } = await post("/v3/directline/conversations", {});
  const heard = new Map<string, { at: number; words: string }>();
  let listener: (() => void) | undefined;
  const stream = new WebSocket(String(streamUrl));
  stream.on("message", (data) => {
    const text = String(data);
    const at = performance.now();
    if (text === "") return;
    for (const { replyToId, text: words = "" } of (JSON.parse(text) as Frame).activities ?? []) {
      if (replyToId && !heard.has(replyToId)) heard.set(replyToId, { at, words });
    }
    listener?.();
  });
  await new Promise<void>((resolve, reject) => {
    stream.once("open", resolve);
    stream.once("error", reject);
  });

  async function replyTo(id: string, text: string) {
    const impatience = setTimeout(() => stream.terminate(), LONGEST_WAIT_MS);
    try {
      for (;;) {
        const reply = heard.get(id);
        if (reply) return reply;
        await new Promise<void>((resolve, reject) => {
          listener = resolve;
          stream.once("close", () => reject(new Error(`nothing came in answer to "${text}"`)));
        });
        stream.removeAllListeners("close");
      }
    } finally {
      clearTimeout(impatience);
    }
  }

  const path = `/v3/directline/conversations/${String(conversationId)}/activities`;
  return {
    async say(text) {
      const sentAt = performance.now();
      const { id } = await post(path, bodyOf(text, randomUUID()), { authorization: `Bearer ${String(token)}` });
      const acknowledgedMs = performance.now() - sentAt;
      const { at, words } = await replyTo(String(id), text);
      heard.delete(String(id));
      if (FAILED.test(words)) throw new Error("a turn failed; the server's log on standard error says why");
      return { acknowledgedMs, repliedMs: at - sentAt, words };
    },
    leave: () => stream.terminate(),
  };
}

const LONGEST_WAIT_MS = 20_000;

/** An apology is quick to make, and would flatter the figures. */
const FAILED = /^抱歉，刚才系统出了点问题/;

const bodyOf = (text: string, key: string) => ({
  type: "message",
  text,
  locale: "zh-CN",
  from: { id: "me" },
  channelData: { clientActivityID: key },
});
