import { createWechatCrypto } from "../../../adapters/shared/wechat-crypto.ts";
import { createWecomAdapter, type WecomOptions } from "../../../adapters/wecom/index.ts";
import { createReplyBudget } from "../../../server/store/sqlite/reply-budgets.ts";
import { AES_KEY, TOKEN } from "../../fakes/wecom-platform.ts";
import { createMemoryBook } from "../memory-book.ts";
import { openMemory } from "../shared/open-memory.ts";

export const at = new Date("2026-03-01T08:00:00+08:00");
export const clock = { now: () => at };

/** A budget of five messages and 48 hours in a database of its own. */
export const freshBudget = (now: () => Date = clock.now) =>
  createReplyBudget({
    database: openMemory(),
    clock: { now },
    channel: "wecom",
    most: 5,
    windowMs: 48 * 3_600_000,
  });

/** The channel with a book in memory; `parts` say what is different. */
export const adapterWith = (parts: Pick<WecomOptions, "client"> & Partial<WecomOptions>) =>
  createWecomAdapter({
    token: TOKEN,
    crypto: createWechatCrypto({ encodingAesKey: AES_KEY, receiverId: "wx5823bf96d3bd56c7" }),
    agentId: 1_000_002,
    book: createMemoryBook(),
    budget: freshBudget(),
    clock,
    words: { whileAway: "您不在的时候：", ticketPage: (url) => `进度：${url}` },
    publicUrl: "https://12345.example.gov.cn",
    ...parts,
  });
