import { parseMessage } from "../../../adapters/wechaty/index.ts";
import { piecesOf } from "../../../adapters/wechaty/render.ts";
import { AT, atMost, keyed, type Platform, PUBLIC_URL } from "./platform.ts";

/** The private chat of an account that Wechaty drives; every choice is a numbered line. */
export const wechaty: Platform = {
  name: "wechaty",
  channel: "wechaty",
  payloads: (turn) =>
    keyed(turn)
      .flatMap(({ key, message }) => piecesOf(key, message, PUBLIC_URL))
      .map(({ text }) => ({
        words: text,
        buttons: [],
        faults: atMost("text", text.trim() === "" ? 0 : text.length, 1_800),
      })),
  read(deed) {
    if (deed.kind !== "say") return undefined;
    const parsed = parseMessage({
      ...{ id: "1", type: "Text", text: deed.text, sentAt: AT, isOwn: false, isOfficial: false },
      talker: { id: "wang", name: "王五" },
      mentions: { bot: false, others: false },
    });
    return parsed.kind === "said" ? parsed.content : undefined;
  },
};
