import { fit } from "../../bots/fit.ts";
import type { ChannelCapabilities, OutboundMessage } from "../../bots/model/index.ts";

/** In bytes of UTF-8, for a passive reply and for a customer-service message ("被动回复用户消息", 45002 otherwise). */
const MOST_BYTES = 2_048;
/** A piece leaves room for what may be said around it at the citizen's next visit. */
const MOST_PIECE_BYTES = 1_700;
/** What stands between messages that are merged into one. */
export const BETWEEN = "\n\n";

const bytesOf = (text: string): number => Buffer.byteLength(text, "utf8");

/** Relative addresses get `publicUrl`, without a slash at its end; without one they are left out. */
export function absolute(message: OutboundMessage, publicUrl: string | undefined): OutboundMessage {
  if (message.kind !== "link" || !message.url.startsWith("/")) return message;
  return { ...message, url: publicUrl === undefined ? "" : `${publicUrl}${message.url}` };
}

/** The words with the choices as numbered lines, in as many texts as they need. */
export function numberedTexts(
  part: OutboundMessage & { kind: "choices" | "ask-location" },
  capabilities: ChannelCapabilities,
): string[] {
  // Without numbers a typed one means nothing; the words on the button always do.
  const isNumbered = part.choices.every(({ number }) => number !== undefined);
  const words = [part.text, ...part.choices.map(({ label }) => `可以回复“${label}”。`)].join("\n");
  const lines = fit(isNumbered ? { ...part, kind: "choices" } : { kind: "text", text: words }, {
    ...capabilities,
    maxChoices: 0,
  });
  return lines.flatMap((each) => (each.kind === "text" ? each.text : []));
}

/** Only an address can still be too long; it is cut rather than refused, for the words around it count more. */
export function splitBytes(text: string): string[] {
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

/** As many of the pieces, from the first on, as one text can hold. */
export function mergedText<Piece extends { text: string }>(pieces: Piece[]): { text: string; taken: Piece[] } {
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
