import { DeliveryError } from "../../bots/errors.ts";
import type { ConversationRef } from "../../bots/model/index.ts";
import type { ChannelAdapter } from "../../bots/ports.ts";
import type { DeliveryBook } from "../shared/delivery-book.ts";
import type { WechatyClient } from "./client.ts";
import { type Piece, piecesOf, wechatyCapabilities } from "./render.ts";

export { createWechatyClient, type Download, missingPackage, type WechatyClient, type WechatyState } from "./client.ts";
export { type GroupEnvelope, type ParsedMessage, parseMessage, type RawMessage } from "./parse.ts";

export interface WechatyOptions {
  client: Pick<WechatyClient, "say">;
  book: DeliveryBook;
  /** Where citizens reach the server, without a slash at its end. */
  publicUrl?: string;
}

/**
 * An account of 微信 driven through Wechaty: private chats, and groups (`ConversationRef.group`), where a text can mention people. While the
 * account is logged out sending fails and may be tried again; the words are kept besides, so that they outlast every patience, and
 * come first in whatever is next said in that conversation. The platform knows no idempotency key: a process killed between its answer
 * and our note says the words again.
 */
export function createWechatyAdapter({ client, book, publicUrl }: WechatyOptions): ChannelAdapter {
  async function sayPieces(to: ConversationRef, pieces: Piece[]): Promise<void> {
    for (const { key, text, mentions } of pieces) {
      if (book.wasSent(key)) continue;
      const said = await client.say({ kind: to.group ? "room" : "contact", id: to.conversationId }, text, mentions);
      if (said.kind === "refused") {
        throw new DeliveryError(`wechaty: ${said.why}; the words wait until they can be said`, { retryable: false });
      }
      await book.recordSent([key]);
      await book.forget([key]);
    }
  }

  return {
    channel: "wechaty",
    capabilities: wechatyCapabilities,
    async send(to, message, { idempotencyKey }) {
      const pieces = piecesOf(idempotencyKey, message, publicUrl);
      const kept = book.keptFor(to.conversationId).map(({ key, text }) => ({ key, text, mentions: [] }));
      // What waits by itself in the lane comes in its own turn, and with whom it mentions.
      const owed = kept.filter(({ key }) => !pieces.some((piece) => piece.key === key));
      try {
        await sayPieces(to, [...owed, ...pieces]);
      } catch (error) {
        const unsaid = pieces.filter(({ key }) => !book.wasSent(key));
        await book.keep(
          to.conversationId,
          unsaid.map(({ key, text }) => ({ key, text })),
        );
        throw error;
      }
    },
  };
}
