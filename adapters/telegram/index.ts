import { DeliveryError } from "../../bots/errors.ts";
import type { ChannelAdapter } from "../../bots/ports.ts";
import type { DeliveryBook } from "../shared/delivery-book.ts";
import type { Done, TelegramClient } from "./client.ts";
import { isAddressed, type ParsedUpdate } from "./parse.ts";
import { type Piece, piecesOf, telegramCapabilities } from "./render.ts";

export { createTelegramClient, type TelegramClient } from "./client.ts";
export { type ParsedUpdate, parseUpdate, UNREADABLE } from "./parse.ts";
export { choiceIdOf } from "./render.ts";

/** Words of the house that this channel needs by itself. */
export interface TelegramWords {
  /** Stands before what could not be sent while the citizen was away. */
  whileAway: string;
  /** Leads from a group into the private chat at that address. */
  inGroup(url: string): string;
}

export interface TelegramOptions {
  client: Pick<TelegramClient, "sendText" | "whoAmI">;
  book: DeliveryBook;
  words: TelegramWords;
  /** Where citizens reach the server, without a slash at its end. */
  publicUrl?: string;
}

type InGroup = Extract<ParsedUpdate, { kind: "in-group" }>;

export interface TelegramAdapter extends ChannelAdapter {
  /** Says in a group, when the bot is spoken to, where it can be talked to: once a minute at most. Personal data is never asked there. */
  leadAway(message: InGroup): Promise<void>;
}

const MINUTE_MS = 60_000;

/** Private chats with a bot of Telegram. A `replyHandle` is not needed: the bot may write at any time. */
export function createTelegramAdapter(options: TelegramOptions): TelegramAdapter {
  const { client, book, words, publicUrl } = options;

  /** What could not be sent before comes first. */
  async function catchUp(userId: string): Promise<void> {
    for (const [index, { key, text }] of book.keptFor(userId).entries()) {
      const told = index === 0 ? `${words.whileAway}\n${text}` : text;
      sentOrThrow(await client.sendText({ chatId: userId, text: told }));
      await book.recordSent([key]);
      await book.forget([key]);
    }
  }

  return {
    channel: "telegram",
    capabilities: telegramCapabilities,
    async send({ conversationId, userId }, message, { idempotencyKey }) {
      const pieces = piecesOf(idempotencyKey, message, publicUrl);
      const unsent = () => pieces.filter(({ key }) => !book.wasSent(key));
      if (unsent().length === 0) return;
      try {
        await catchUp(userId);
        for (const { key, text, markup } of unsent()) {
          sentOrThrow(await client.sendText({ chatId: conversationId, text, markup }));
          await book.recordSent([key]);
        }
      } catch (error) {
        if (error instanceof DeliveryError && !error.retryable) await keep(book, userId, unsent());
        throw error;
      }
    },
    async leadAway({ chatId, messageId, sentAt, speaksTo }) {
      if (speaksTo.ids.length + speaksTo.names.length === 0) return;
      const me = await client.whoAmI();
      const key = `group ${chatId} ${Math.floor(sentAt.getTime() / MINUTE_MS)}`;
      if (!isAddressed(speaksTo, me) || book.wasSent(key)) return;
      const text = words.inGroup(`https://t.me/${me.username}`);
      await client.sendText({ chatId, text, replyTo: messageId });
      await book.recordSent([key]);
    },
  };
}

const keep = (book: DeliveryBook, userId: string, pieces: Piece[]): Promise<void> =>
  book.keep(
    userId,
    pieces.map(({ key, text }) => ({ key, text })),
  );

function sentOrThrow(sent: Done): void {
  if (sent.kind === "done") return;
  throw new DeliveryError(`telegram: ${sent.why}; the words wait for the citizen's next visit`, { retryable: false });
}
