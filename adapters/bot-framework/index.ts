import { createHash } from "node:crypto";
import { DeliveryError } from "../../bots/errors.ts";
import type { ChannelAdapter } from "../../bots/ports.ts";
import type { DeliveryBook } from "../shared/delivery-book.ts";
import { type Address, addressOf } from "./address.ts";
import type { BotFrameworkClient, Done } from "./client.ts";
import type { ParsedActivity } from "./parse.ts";
import { botFrameworkCapabilities, type Piece, piecesOf } from "./render.ts";

export { originOf } from "./activity.ts";
export { keepAddress } from "./address.ts";
export { type BotFrameworkClient, createBotFrameworkClient } from "./client.ts";
export { type CloudName, cloudOf } from "./cloud.ts";
export type { FileSent } from "./contents.ts";
export { type ParsedActivity, parseActivity } from "./parse.ts";
export { createTokenJudge, type TokenFault, type TokenJudge } from "./tokens.ts";

/** Words of the house that this channel needs by itself. */
export interface BotFrameworkWords {
  /** Stands before what could not be sent while the citizen was away. */
  whileAway: string;
  /** Leads from a group into the private chat, at that address where there is one. */
  inGroup(url: string | undefined): string;
}

export interface BotFrameworkOptions {
  appId: string;
  client: Pick<BotFrameworkClient, "send">;
  book: DeliveryBook;
  words: BotFrameworkWords;
  /** Where citizens reach the server, without a slash at its end. */
  publicUrl?: string;
}

type Called = Extract<ParsedActivity, { kind: "called" }>;

export interface BotFrameworkAdapter extends ChannelAdapter {
  /** Says in a group, when the bot is spoken to, where it can be talked to: once a minute at most. Personal data is never asked there. */
  leadAway(activity: Called): Promise<void>;
}

const MINUTE_MS = 60_000;

/**
 * Private chats of Teams and of the other channels of the Azure Bot Service. A `conversationId` is the channel and the platform's own
 * id; where it is answered stands in the book. The platform has no key against repetition: what is sent is noted piece by piece.
 */
export function createBotFrameworkAdapter(options: BotFrameworkOptions): BotFrameworkAdapter {
  const { appId, client, book, words, publicUrl } = options;

  /** What could not be sent before comes first. */
  async function catchUp(address: Address, userId: string): Promise<void> {
    for (const [index, { key, text }] of book.keptFor(userId).entries()) {
      const told = index === 0 ? `${words.whileAway}\n${text}` : text;
      sentOrThrow(await client.send(address, { type: "message", textFormat: "plain", text: told }));
      await book.recordSent([key]);
      await book.forget([key]);
    }
  }

  return {
    channel: "bot-framework",
    capabilities: botFrameworkCapabilities,
    async send({ conversationId, userId }, message, { idempotencyKey }) {
      const [channelId = ""] = conversationId.split("|");
      const pieces = piecesOf(idempotencyKey, message, { channelId, publicUrl });
      const unsent = () => pieces.filter(({ key }) => !book.wasSent(key));
      if (unsent().length === 0) return;
      try {
        const address = addressOf(book, conversationId);
        if (!address) throw forGood("where the conversation is answered is not known");
        await catchUp(address, userId);
        for (const { key, activity } of unsent()) {
          sentOrThrow(await client.send(address, activity));
          await book.recordSent([key]);
        }
      } catch (error) {
        if (error instanceof DeliveryError && !error.retryable) await keep(book, userId, unsent());
        throw error;
      }
    },
    async leadAway({ conversationId, activityId, sentAt, address }) {
      const minute = Math.floor(sentAt.getTime() / MINUTE_MS);
      const key = `group ${createHash("sha256").update(conversationId).digest("base64url")} ${minute}`;
      if (book.wasSent(key)) return;
      // "Deep link to a chat", Microsoft Teams; 28 is the kind of ids that bots have.
      const url =
        address.channelId === "msteams" ? `https://teams.microsoft.com/l/chat/0/0?users=28:${appId}` : undefined;
      await client.send(
        address,
        { type: "message", textFormat: "plain", text: words.inGroup(url) },
        activityId || undefined,
      );
      await book.recordSent([key]);
    },
  };
}

const keep = (book: DeliveryBook, userId: string, pieces: Piece[]): Promise<void> =>
  book.keep(
    userId,
    pieces.map(({ key, text }) => ({ key, text })),
  );

const forGood = (why: string) =>
  new DeliveryError(`bot-framework: ${why}; the words wait for the citizen's next visit`, { retryable: false });

function sentOrThrow(sent: Done): void {
  if (sent.kind === "refused") throw forGood(sent.why);
}
