import { createHash } from "node:crypto";
import { cardText, fit, linkText } from "../../bots/fit.ts";
import type { ChannelCapabilities, Choice, OutboundMessage } from "../../bots/model/index.ts";

export const telegramCapabilities: ChannelCapabilities = {
  // 4,096 ("sendMessage", Telegram Bot API), with room for what may stand before it at the citizen's next visit.
  maxTextLength: 4_000,
  maxChoices: 20,
  canAskLocation: true,
  canShowCards: false,
  push: "anytime",
};

/** In bytes ("InlineKeyboardButton", Telegram Bot API). */
const MOST_DATA_BYTES = 64;
/** Two short buttons side by side still show their words whole on a narrow screen. */
const SHORT_LABEL = 8;
/** Words on the buttons that only the device can press for the citizen. */
const SEND_LOCATION = "发送我的位置";
const SEND_CONTACT = "发送我的电话号码";
const PLEASE_CHOOSE = "请选择：";

type KeyboardButton = { text: string; request_location?: true; request_contact?: true };

export type Markup =
  | { inline_keyboard: { text: string; callback_data: string }[][] }
  | { keyboard: KeyboardButton[][]; resize_keyboard: true; one_time_keyboard: true };

/** One message of the platform under a key of its own. */
export interface Piece {
  key: string;
  text: string;
  markup?: Markup;
}

/** A message under its key, as messages of the platform. Relative addresses get `publicUrl`, without a slash at its end. */
export function piecesOf(key: string, message: OutboundMessage, publicUrl: string | undefined): Piece[] {
  return fit(absolute(message, publicUrl), telegramCapabilities).map((part, index) => ({
    key: `${key}#${index}`,
    ...pieceOf(part),
  }));
}

function absolute(message: OutboundMessage, publicUrl: string | undefined): OutboundMessage {
  if (message.kind !== "link" || !message.url.startsWith("/")) return message;
  return { ...message, url: publicUrl === undefined ? "" : `${publicUrl}${message.url}` };
}

function pieceOf(part: OutboundMessage): Omit<Piece, "key"> {
  switch (part.kind) {
    case "text":
      return { text: part.text };
    case "link":
      return { text: linkText(part) };
    case "card":
      return { text: cardText(part), markup: inline(part.choices) };
    case "choices":
      return part.asks === "contact"
        ? { text: part.text, markup: asking({ text: SEND_CONTACT, request_contact: true }, part.choices) }
        : { text: part.text || PLEASE_CHOOSE, markup: inline(part.choices) };
    case "ask-location":
      return { text: part.text, markup: asking({ text: SEND_LOCATION, request_location: true }, part.choices) };
    default:
      throw new Error("unknown kind of message", { cause: part satisfies never });
  }
}

function inline(choices: Choice[]): Markup | undefined {
  if (choices.length === 0) return undefined;
  return { inline_keyboard: inRows(choices.map(({ id, label }) => ({ text: label, callback_data: dataOf(id) }))) };
}

/** Only a keyboard in place of the citizen's own can ask for place or number; its other buttons say their words as if typed. */
function asking(first: KeyboardButton, choices: Choice[]): Markup {
  const rows = inRows<KeyboardButton>(choices.map(({ label }) => ({ text: label })));
  return { keyboard: [[first], ...rows], resize_keyboard: true, one_time_keyboard: true };
}

function inRows<Button extends { text: string }>(buttons: Button[]): Button[][] {
  const rows: Button[][] = [];
  for (const button of buttons) {
    const row = rows.at(-1);
    const isPair = row?.length === 1 && [...row, button].every(({ text }) => text.length <= SHORT_LABEL);
    if (isPair) row.push(button);
    else rows.push([button]);
  }
  return rows;
}

/** What stands behind a button: the choice's id, or a digest of one that is too long. Always the same for the same id. */
export function dataOf(choiceId: string): string {
  if (Buffer.byteLength(choiceId) <= MOST_DATA_BYTES && !choiceId.startsWith("~")) return choiceId;
  return `~${createHash("sha256").update(choiceId).digest("base64url").slice(0, 32)}`;
}

/** `flow/verb` or `flow/verb/argument`. */
const CHOICE_ID = /^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*(?:\/[^\s]+)?$/;

/** The id of the choice behind a button; a long one is known among what is on offer, or not any more. */
export function choiceIdOf(data: string, offered: readonly Choice[]): string | undefined {
  if (CHOICE_ID.test(data)) return data;
  return offered.find(({ id }) => dataOf(id) === data)?.id;
}
