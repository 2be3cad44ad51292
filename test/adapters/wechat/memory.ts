import { createWechatAdapter, type WechatOptions } from "../../../adapters/wechat/index.ts";
import { createMemoryBook } from "../memory-book.ts";

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
