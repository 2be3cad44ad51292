import { createHash } from "node:crypto";
import { validateSignature } from "@line/bot-sdk";
import { DeliveryError } from "../../bots/errors.ts";
import type { ConversationRef } from "../../bots/model/index.ts";
import type { ChannelAdapter } from "../../bots/ports.ts";
import type { DeliveryBook } from "../shared/delivery-book.ts";
import type { LineClient } from "./client.ts";
import { type ParsedEvent, parseWebhook } from "./parse.ts";
import { batchOf, keptMessage, lineCapabilities, type Piece, piecesOf } from "./render.ts";

export { createLineClient, type LineClient } from "./client.ts";
export type { ParsedEvent } from "./parse.ts";

export interface LineOptions {
  channelSecret: string;
  client: Pick<LineClient, "reply" | "push">;
  book: DeliveryBook;
  /** Words of the house that this channel needs by itself: before what could not be sent, and on the button that opens the map. */
  words: { whileAway: string; sendLocation: string };
  /** Where citizens reach the server, without a slash at its end. */
  publicUrl?: string;
}

export type LineFault = "bad-signature" | "malformed";
export type LineRequest = { kind: "events"; events: ParsedEvent[] } | { kind: "refused"; fault: LineFault };

export interface LineAdapter extends ChannelAdapter {
  /** `body` as it came, byte for byte; `signature` from the header `x-line-signature`. Pure. */
  read(body: Buffer, signature: string | undefined): LineRequest;
}

/** `replyHandle` is the reply token of the event that is answered. */
export function createLineAdapter(options: LineOptions): LineAdapter {
  const { channelSecret, book, publicUrl, words } = options;
  const pieces = (key: string, message: Parameters<ChannelAdapter["send"]>[1]) =>
    piecesOf(key, message, { publicUrl, sendLocation: words.sendLocation }).filter(({ key }) => !book.wasSent(key));

  return {
    channel: "line",
    capabilities: lineCapabilities,
    read(body, signature) {
      if (!signature || !validateSignature(body, channelSecret, signature)) {
        return { kind: "refused", fault: "bad-signature" };
      }
      const events = parseWebhook(jsonOf(body));
      return events ? { kind: "events", events } : { kind: "refused", fault: "malformed" };
    },
    async send(to, message, { idempotencyKey, replyHandle, behind }) {
      const own = pieces(idempotencyKey, message);
      if (own.length === 0) return;
      if (replyHandle && !book.wasSent(spentKey(replyHandle))) {
        const after = ((await behind?.()) ?? []).flatMap((each) => pieces(each.key, each.message));
        await replyWith(options, to, replyHandle, [...own, ...after]);
      }
      await push(options, to, pieces(idempotencyKey, message));
    },
  };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

/** Under this the book notes that a reply token is of no use any more. */
const spentKey = (replyToken: string): string =>
  `reply-token ${createHash("sha256").update(replyToken).digest("hex").slice(0, 32)}`;

/**
 * Says as much as one reply holds, what was kept for this visit first. A reply costs nothing and has no key against repetition: when its
 * answer was lost, the words come a second time by push. Rather twice than never.
 */
async function replyWith(
  { client, book, words }: LineOptions,
  { userId }: ConversationRef,
  replyToken: string,
  pieces: Piece[],
): Promise<void> {
  const waiting = book.keptFor(userId);
  const kept = keptMessage(words.whileAway, waiting);
  const first: Piece = { key: "", text: kept.text, message: { type: "text", text: kept.text }, items: [] };
  const { messages, taken } = batchOf(waiting.length > 0 ? [first, ...pieces] : pieces);
  const outcome = await client.reply(replyToken, messages);
  if (outcome === "unusable") return book.recordSent([spentKey(replyToken)]);
  const keys = taken.filter((piece) => piece !== first).map(({ key }) => key);
  await book.recordSent([spentKey(replyToken), ...keys]);
  if (waiting.length > 0) await book.forget(kept.keys);
}

/** Each request with a retry key of its own, which stays the same however often it is tried. */
async function push({ client, book }: LineOptions, { userId }: ConversationRef, pieces: Piece[]): Promise<void> {
  let rest = pieces;
  while (rest.length > 0) {
    const { messages, taken } = batchOf(rest);
    const outcome = await client.push(userId, messages, retryKeyOf(taken[0]?.key ?? ""));
    if (outcome.kind === "refused") {
      await book.keep(userId, rest);
      throw new DeliveryError(`line: ${outcome.why}; the words wait for the citizen's next visit`, {
        retryable: false,
      });
    }
    await book.recordSent(taken.map(({ key }) => key));
    rest = rest.slice(taken.length);
  }
}

/** A UUID that always is the same for a key (RFC 9562, version 8: bits of our own choice). */
function retryKeyOf(key: string): string {
  const hex = createHash("sha256").update(key).digest("hex");
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join("-");
}
