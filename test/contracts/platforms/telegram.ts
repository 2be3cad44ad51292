import { choiceIdOf, parseUpdate } from "../../../adapters/telegram/index.ts";
import { piecesOf as telegramPieces } from "../../../adapters/telegram/render.ts";
import { AT, atMost, bytes, keyed, type Platform, PUBLIC_URL } from "./platform.ts";

export const telegram: Platform = {
  name: "telegram",
  channel: "telegram",
  payloads: (turn) =>
    keyed(turn)
      .flatMap(({ key, message }) => telegramPieces(key, message, PUBLIC_URL))
      .map(({ text, markup }) => {
        const inline = markup && "inline_keyboard" in markup ? markup.inline_keyboard.flat() : [];
        const typed = markup && "keyboard" in markup ? markup.keyboard.flat() : [];
        // "InlineKeyboardButton", "sendMessage", Telegram Bot API.
        const faults = [
          ...atMost("text", text.trim() === "" ? 0 : text.length, 4_096),
          ...inline.flatMap(({ callback_data: data }) => atMost("data", bytes(data), 64)),
          ...[...inline, ...typed].flatMap((button) => atMost("label", button.text.length, 4_096)),
          ...(inline.length + typed.length > 100 ? ["buttons"] : []),
        ];
        const buttons = [
          ...inline.map((button) => ({ label: button.text, press: button })),
          // Those that the device answers for itself are no choices.
          ...typed.flatMap((button) =>
            Object.keys(button).length === 1 ? { label: button.text, press: undefined } : [],
          ),
        ];
        return { words: text, buttons, faults };
      }),
  read(deed, offered) {
    const message = { message_id: 1, date: 1_772_323_200, chat: { id: 7, type: "private" } };
    const from = { id: 7, is_bot: false };
    const press = deed.kind === "press" ? (deed.button.press as { callback_data: string } | undefined) : undefined;
    if (deed.kind === "press" && press) {
      const keyboard = { ...message, reply_markup: { inline_keyboard: [[press]] } };
      const query = { id: "q", from, data: press.callback_data, message: keyboard };
      const parsed = parseUpdate({ update_id: 1, callback_query: query }, AT);
      const choiceId = parsed?.kind === "pressed" ? choiceIdOf(parsed.data, offered) : undefined;
      return choiceId === undefined ? undefined : { kind: "choice", choiceId, label: deed.button.label };
    }
    const fields =
      deed.kind === "place"
        ? { location: deed.point }
        : { text: deed.kind === "press" ? deed.button.label : deed.text };
    const parsed = parseUpdate({ update_id: 1, message: { ...message, from, ...fields } }, AT);
    return parsed?.kind === "said" ? parsed.content : undefined;
  },
};
