import type { TokenVault } from "../../../adapters/shared/access-token.ts";
import type { DeliveryBook, KeptWords } from "../../../adapters/shared/delivery-book.ts";
import { createWechatAdapter, type WechatOptions } from "../../../adapters/wechat/index.ts";

/** The channel's book, kept in memory. */
export function createMemoryBook(): DeliveryBook {
  const sent = new Set<string>();
  const kept = new Map<string, KeptWords[]>();
  return {
    wasSent: (key) => sent.has(key),
    async recordSent(keys) {
      for (const key of keys) sent.add(key);
    },
    async keep(userId, words) {
      kept.set(userId, [...(kept.get(userId) ?? []), ...words]);
    },
    keptFor: (userId) => kept.get(userId) ?? [],
    async forget(keys) {
      for (const [userId, words] of kept)
        kept.set(
          userId,
          words.filter(({ key }) => !keys.includes(key)),
        );
    },
  };
}

export const at = new Date("2026-03-01T08:00:00+08:00");

/** The channel with a book in memory and no open requests; `parts` say what is different. */
export const adapterWith = (parts: Pick<WechatOptions, "client"> & Partial<WechatOptions>) =>
  createWechatAdapter({
    token: "spamtest",
    book: createMemoryBook(),
    windows: { reply: async () => false },
    clock: { now: () => at },
    words: {
      whileAway: "您不在的时候：",
      noticeField: (field, ticket) => (field.startsWith("amount") ? undefined : `${field} ${ticket}`),
      ticketPage: (url) => `进度：${url}`,
    },
    publicUrl: "https://12345.example.gov.cn",
    ...parts,
  });

/** A place for the token that one process has for itself. */
export function createMemoryVault(): TokenVault {
  let kept: { token: string; expiresAt: Date } | undefined;
  return {
    load: () => kept,
    lease: async () => true,
    async keep(token, expiresAt) {
      kept = { token, expiresAt };
    },
    async release() {},
  };
}
