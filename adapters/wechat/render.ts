import { cardText, fit, linkText } from "../../bots/fit.ts";
import type { ChannelCapabilities, Choice, OutboundMessage } from "../../bots/model/index.ts";

/** In bytes of UTF-8, for a passive reply and for a customer-service message ("被动回复用户消息", 45002 otherwise). */
const MOST_BYTES = 2_048;
/** A piece leaves room for what may be said around it at the citizen's next visit. */
const MOST_PIECE_BYTES = 1_700;
/** A 菜单消息 longer than a screen is harder to use than numbers. */
const MOST_MENU_ITEMS = 10;

export const wechatCapabilities: ChannelCapabilities = {
  // Three bytes to a Chinese character, with room for what a menu adds.
  maxTextLength: 560,
  maxChoices: MOST_MENU_ITEMS,
  canAskLocation: false,
  canShowCards: false,
  push: { windowHours: 48 },
};

/** A piece of a message, small enough for either way of sending. `text` has the choices as numbered lines. */
export interface Piece {
  key: string;
  text: string;
  /** For customer-service messages: the words without the choices, and the choices. */
  menu?: { head: string; choices: Choice[] };
}

/** A message under its key, as pieces with keys of their own. Relative addresses get `publicUrl`, without a slash at its end. */
export function piecesOf(key: string, message: OutboundMessage, publicUrl: string | undefined): Piece[] {
  return fit(absolute(message, publicUrl), wechatCapabilities)
    .flatMap(pieceOf)
    .map((piece, index) => ({ ...piece, key: `${key}#${index}` }));
}

function absolute(message: OutboundMessage, publicUrl: string | undefined): OutboundMessage {
  if (message.kind !== "link" || !message.url.startsWith("/")) return message;
  return { ...message, url: publicUrl === undefined ? "" : `${publicUrl}${message.url}` };
}

type Unkeyed = Omit<Piece, "key">;

function pieceOf(part: OutboundMessage): Unkeyed[] {
  switch (part.kind) {
    case "text":
      return [{ text: part.text }];
    case "link":
      return splitBytes(linkText(part)).map((text) => ({ text }));
    case "card":
      return splitBytes(cardText(part)).map((text) => ({ text }));
    case "choices":
    case "ask-location":
      return choicePieces(part);
    default:
      throw new Error("unknown kind of message", { cause: part satisfies never });
  }
}

/** Words and numbered lines together where they fit; else the lines in pieces of their own. */
function choicePieces(part: OutboundMessage & { kind: "choices" | "ask-location" }): Unkeyed[] {
  const numbered = fit({ ...part, kind: "choices" }, { ...wechatCapabilities, maxChoices: 0 });
  const texts = numbered.flatMap((each) => (each.kind === "text" ? each.text : []));
  const [only, ...more] = texts;
  if (only === undefined || more.length > 0 || part.choices.length === 0) return texts.map((text) => ({ text }));
  return [{ text: only, menu: { head: part.text, choices: part.choices } }];
}

/** Only an address can still be too long; it is cut rather than refused, for the words around it count more. */
function splitBytes(text: string): string[] {
  const pieces: string[] = [];
  let piece = "";
  for (const char of text) {
    if (bytesOf(piece + char) > MOST_PIECE_BYTES) {
      pieces.push(piece);
      piece = "";
    }
    piece += char;
  }
  return [...pieces, piece];
}

const bytesOf = (text: string): number => Buffer.byteLength(text, "utf8");

/** What stands between messages that are merged into one. */
const BETWEEN = "\n\n";

/** As many of the pieces, from the first on, as one text can hold. */
export function mergedText(pieces: Piece[]): { text: string; taken: Piece[] } {
  const taken: Piece[] = [];
  let text = "";
  for (const piece of pieces) {
    const longer = taken.length === 0 ? piece.text : text + BETWEEN + piece.text;
    if (taken.length > 0 && bytesOf(longer) > MOST_BYTES) break;
    text = longer;
    taken.push(piece);
  }
  return { text, taken };
}

export type CustomMessage =
  | { msgtype: "text"; text: { content: string } }
  | { msgtype: "msgmenu"; msgmenu: { head_content: string; list: { id: string; content: string }[] } };

/**
 * As many of the pieces as one customer-service message can hold ("发消息", 客服接口): texts are merged, for five messages are
 * allowed after each of the citizen's; the first choices end it and become a 菜单消息 where `menus` are wanted.
 */
export function customMessage(pieces: Piece[], menus: boolean): { message: CustomMessage; taken: Piece[] } {
  const end = menus ? pieces.findIndex((piece) => piece.menu) : -1;
  const { text, taken } = mergedText(end < 0 ? pieces : pieces.slice(0, end + 1));
  const menu = menus ? taken.at(-1)?.menu : undefined;
  if (!menu) return { message: { msgtype: "text", text: { content: text } }, taken };
  const head = [...taken.slice(0, -1).map((piece) => piece.text), menu.head].join(BETWEEN);
  const list = menu.choices.map(({ id, label, number }) => ({
    id,
    content: number === undefined ? label : `${number}. ${label}`,
  }));
  return { message: { msgtype: "msgmenu", msgmenu: { head_content: head, list } }, taken };
}
