import { describe, expect, it } from "vitest";
import { createWechatyAdapter, parseMessage, type WechatyClient } from "../../../adapters/wechaty/index.ts";
import { DeliveryError } from "../../../bots/errors.ts";
import type { InboundContent } from "../../../bots/model/index.ts";
import { channelContract } from "../../contracts/channel-contract.ts";
import { createMemoryBook } from "../memory-book.ts";

type Say = WechatyClient["say"];

function sample(type: string, text: string, expected: InboundContent) {
  return {
    name: type,
    expected,
    read() {
      const parsed = parseMessage({
        ...{ id: "m7", type, text, sentAt: new Date(0), isOwn: false, isOfficial: false },
        talker: { id: "wang", name: "王五" },
        mentions: { bot: false, others: false },
      });
      if (parsed.kind !== "said") throw new Error(`${type} was ${parsed.kind}`);
      return { id: parsed.envelope.id, content: parsed.content };
    },
  };
}

const alone = { channel: "wechaty", conversationId: "wang", userId: "wang" } as const;
const together = { channel: "wechaty", conversationId: "r@chatroom", userId: "clock", group: true } as const;

for (const to of [alone, together]) {
  channelContract(`wechaty（${"group" in to ? "群" : "私聊"}）`, async () => {
    const shown: { text: string; buttons: string[] }[] = [];
    const say: Say = async (_to, text) => {
      shown.push({ text, buttons: [] });
      return { kind: "said" };
    };
    return {
      adapter: createWechatyAdapter({ client: { say }, book: createMemoryBook() }),
      to,
      shown: async () => shown,
      samples: [
        sample("Text", "路灯坏了 <快修>", { kind: "text", text: "路灯坏了 <快修>" }),
        sample("Emoticon", "", { kind: "unsupported", what: "emoticon" }),
      ],
    };
  });
}

describe("往群里说话", () => {
  const text = (words: string) => ({ kind: "text" as const, text: words, mentions: ["wang", "fang"] });

  it("只在第一条里叫人", async () => {
    const calls: Parameters<Say>[] = [];
    const say: Say = async (...call) => {
      calls.push(call);
      return { kind: "said" };
    };
    const adapter = createWechatyAdapter({ client: { say }, book: createMemoryBook() });
    await adapter.send(together, text("很长的话。".repeat(800)), { idempotencyKey: "k" });
    expect(calls.map(([where, , mentions]) => [where.kind, mentions])).toEqual([
      ["room", ["wang", "fang"]],
      ["room", []],
      ["room", []],
    ]);
  });

  it("已经不在群里，不再试，话留着；回到群里先说", async () => {
    const said: string[] = [];
    let isThere = false;
    const say: Say = async (_to, words) => {
      if (!isThere) return { kind: "refused", why: "the bot is not in this group any more" };
      said.push(words);
      return { kind: "said" };
    };
    const adapter = createWechatyAdapter({ client: { say }, book: createMemoryBook() });
    await expect(adapter.send(together, text("一"), { idempotencyKey: "a" })).rejects.toMatchObject({
      retryable: false,
    });
    isThere = true;
    await adapter.send(together, text("二"), { idempotencyKey: "b" });
    await adapter.send(together, text("一"), { idempotencyKey: "a" });
    expect(said).toEqual(["一", "二"]);
  });

  it("没登录，可以再试；说到一半断了，只补没说的", async () => {
    const said: string[] = [];
    let room = 1;
    const say: Say = async (_to, words) => {
      if (room-- <= 0) throw new DeliveryError("nobody is logged in", { retryable: true });
      said.push(words.slice(0, 4));
      return { kind: "said" };
    };
    const adapter = createWechatyAdapter({ client: { say }, book: createMemoryBook() });
    const long = text("很长的话。".repeat(500));
    await expect(adapter.send(alone, long, { idempotencyKey: "k" })).rejects.toMatchObject({ retryable: true });
    room = 9;
    await adapter.send(alone, long, { idempotencyKey: "k" });
    expect(said).toHaveLength(2);
  });
});
