import { createLineAdapter, type LineOptions } from "../../../adapters/line/index.ts";
import { createMemoryBook } from "../memory-book.ts";

export const SECRET = "test_secret";

/** The channel with a book in memory; `parts` say what is different. */
export const lineAdapterWith = (parts: Pick<LineOptions, "client"> & Partial<LineOptions>) =>
  createLineAdapter({
    channelSecret: SECRET,
    book: createMemoryBook(),
    words: { whileAway: "您不在的时候：", sendLocation: "发送位置" },
    publicUrl: "https://12345.example.gov.cn",
    ...parts,
  });
