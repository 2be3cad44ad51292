import { createTelegramAdapter, createTelegramClient } from "../../../adapters/telegram/index.ts";
import { parseUpdate } from "../../../adapters/telegram/parse.ts";
import type { InboundContent } from "../../../bots/model/index.ts";
import { channelContract } from "../../contracts/channel-contract.ts";
import { startTelegramHost } from "../../fakes/telegram-host.ts";
import { createMemoryBook } from "../memory-book.ts";

const from = { id: 77, is_bot: false, first_name: "小明" };
const message = { message_id: 1, date: 1_700_000_000, chat: { id: 77, type: "private" }, from };

function sample(name: string, fields: object, expected: InboundContent) {
  return {
    name,
    expected,
    read() {
      const parsed = parseUpdate({ update_id: 31, message: { ...message, ...fields } }, new Date());
      if (parsed?.kind !== "said") throw new Error(`${name} was ${parsed?.kind}`);
      return { id: parsed.envelope.id, content: parsed.content };
    },
  };
}

channelContract("telegram", async () => {
  const host = await startTelegramHost();
  const client = createTelegramClient({ token: host.token, apiBase: host.url });
  const words = { whileAway: "您不在的时候：", inGroup: (url: string) => `请私聊：${url}` };
  return {
    adapter: createTelegramAdapter({ client, words, book: createMemoryBook() }),
    to: { channel: "telegram", conversationId: "77", userId: "77" },
    shown: async () =>
      host.seen.map(({ text, inline, keyboard }) => ({
        text,
        buttons: [...inline, ...keyboard].map((each) => each.text),
      })),
    samples: [
      sample("text", { text: "路灯坏了 <快修>" }, { kind: "text", text: "路灯坏了 <快修>" }),
      sample("start", { text: "/start" }, { kind: "joined" }),
      sample("sticker", { sticker: { file_id: "s" } }, { kind: "unsupported", what: "sticker" }),
    ],
    close: () => host.close(),
  };
});
