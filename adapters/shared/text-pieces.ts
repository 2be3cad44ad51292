import { cardText, fit, linkText } from "../../bots/fit.ts";
import type { ChannelCapabilities, Choice, OutboundMessage } from "../../bots/model/index.ts";
import type { DeliveryBook } from "./delivery-book.ts";

/** In bytes of UTF-8: 公众号 ("被动回复用户消息", 45002 otherwise) and 企业微信 ("发送应用消息", "发送消息" of 微信客服) allow the same. */
const MOST_BYTES = 2_048;
/** A piece leaves room for what may be said around it at the citizen's next visit. */
const MOST_PIECE_BYTES = 1_700;

/** A piece of a message, small enough for either way of sending. `text` has the choices as numbered lines. */
export interface Piece {
  key: string;
  text: string;
  /** Where the platform has a menu to press: the words without the choices, and the choices. */
  menu?: { head: string; choices: Choice[] };
}

/** A message under its key, as pieces with keys of their own. Relative addresses get `publicUrl`, without a slash at its end. */
export function piecesOf(
  { key, message }: { key: string; message: OutboundMessage },
  { publicUrl, capabilities }: { publicUrl: string | undefined; capabilities: ChannelCapabilities },
): Piece[] {
  return fit(absolute(message, publicUrl), capabilities)
    .flatMap((part) => pieceOf(part, capabilities))
    .map((piece, index) => ({ ...piece, key: `${key}#${index}` }));
}

function absolute(message: OutboundMessage, publicUrl: string | undefined): OutboundMessage {
  if (message.kind !== "link" || !message.url.startsWith("/")) return message;
  return { ...message, url: publicUrl === undefined ? "" : `${publicUrl}${message.url}` };
}

type Unkeyed = Omit<Piece, "key">;

function pieceOf(part: OutboundMessage, capabilities: ChannelCapabilities): Unkeyed[] {
  switch (part.kind) {
    case "text":
      return [{ text: part.text }];
    case "link":
      return splitBytes(linkText(part)).map((text) => ({ text }));
    case "card":
      return splitBytes(cardText(part)).map((text) => ({ text }));
    case "choices":
    case "ask-location":
      return choicePieces(part, capabilities);
    default:
      throw new Error("unknown kind of message", { cause: part satisfies never });
  }
}

/** Words and numbered lines together where they fit; else the lines in pieces of their own. */
function choicePieces(
  part: OutboundMessage & { kind: "choices" | "ask-location" },
  capabilities: ChannelCapabilities,
): Unkeyed[] {
  const numbered = fit({ ...part, kind: "choices" }, { ...capabilities, maxChoices: 0 });
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
export const BETWEEN = "\n\n";

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

/** What was kept for the citizen's next visit, oldest first, with the words that tell so before it. */
export function keptPieces(book: DeliveryBook, whileAway: string, userId: string): Piece[] {
  const kept = book.keptFor(userId);
  return kept.map(({ key, text }, index) => ({ key, text: index === 0 ? `${whileAway}\n${text}` : text }));
}

/** Notes that pieces were told: those whose keys are in `kept` wait no longer, the others are not sent again. */
export async function settle(book: DeliveryBook, taken: Piece[], kept: Set<string>): Promise<void> {
  const keys = taken.map(({ key }) => key);
  await book.recordSent(keys.filter((key) => !kept.has(key)));
  await book.forget(keys.filter((key) => kept.has(key)));
}
