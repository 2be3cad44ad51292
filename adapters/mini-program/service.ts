import { DeliveryError } from "../../bots/errors.ts";
import type { ConversationRef } from "../../bots/model/index.ts";
import type { ChannelAdapter, SendOptions } from "../../bots/ports.ts";
import type { DeliveryBook } from "../shared/delivery-book.ts";
import { keptPieces, mergedText, type Piece, piecesOf, settle } from "../shared/text-pieces.ts";
import type { Citizens } from "./citizens.ts";
import type { MiniProgramClient } from "./client.ts";
import type { createNotices } from "./notice.ts";
import { serviceCapabilities as capabilities } from "./render.ts";

interface ServiceParts {
  client: Pick<MiniProgramClient, "sendCustom">;
  book: DeliveryBook;
  citizens: Citizens;
  words: { whileAway: string; ticketPage(url: string): string };
  publicUrl?: string;
}

/** 45015 the time is over, 45047 the count is used up ("发送客服消息" 错误码). */
const WINDOW_OVER = new Set([45_015, 45_047]);

/**
 * Customer-service messages: all that is to be said goes into as few as can hold it, for five are allowed after each of the citizen's
 * and two after they enter; what the count does not allow is kept for the next visit.
 */
export function createServiceSending(options: ServiceParts, tell: ReturnType<typeof createNotices>) {
  const { client, book, citizens, words, publicUrl } = options;

  /** What of a message has not been sent yet, with all that is to be said behind it. */
  async function unsent(key: string, message: Parameters<ChannelAdapter["send"]>[1], behind: SendOptions["behind"]) {
    const said = [{ key, message }, ...((await behind?.()) ?? [])];
    const pieces = said.map((each) => piecesOf(each, { publicUrl, capabilities }));
    const open = (some: Piece[] | undefined) => (some ?? []).filter((piece) => !book.wasSent(piece.key));
    return { own: open(pieces[0]), all: pieces.flatMap(open) };
  }

  /** Undefined when it was sent; else why it may not be. */
  async function deliver(userId: string, openId: string | undefined, text: string): Promise<string | undefined> {
    if (openId === undefined) return "the citizen is not known to this account";
    if (citizens.messagesLeft(userId) === 0) return "no more messages are allowed until the citizen writes again";
    const sent = await client.sendCustom(openId, text);
    if (sent.kind === "sent") await citizens.spend(userId);
    else if (WINDOW_OVER.has(sent.code)) await citizens.shut(userId);
    return sent.kind === "sent" ? undefined : sent.why;
  }

  /** The words wait for the citizen's next visit, and a notice tells of them where it is allowed. */
  async function leave(userId: string, pieces: Piece[], ticket: string | undefined, why: string): Promise<never> {
    const url = ticket && publicUrl ? `${publicUrl}/t/${encodeURIComponent(ticket)}` : undefined;
    const last = pieces.length - 1;
    const texts = pieces.map(({ key, text }, index) => ({
      key,
      text: url && index === last ? `${text}\n${words.ticketPage(url)}` : text,
    }));
    await book.keep(userId, texts);
    const noticed = ticket ? await tell(userId, ticket, pieces[0]?.key ?? "") : undefined;
    const more = noticed?.kind === "failed" ? `; no notice either: ${noticed.why}` : "";
    const told = noticed?.kind === "sent" ? "; a notice tells of them" : "";
    throw new DeliveryError(`${why}${more}; the words wait for the citizen's next visit${told}`, { retryable: false });
  }

  return async function send(
    { userId }: ConversationRef,
    message: Parameters<ChannelAdapter["send"]>[1],
    { idempotencyKey, behind, ticket }: SendOptions,
  ): Promise<void> {
    const { own, all } = await unsent(idempotencyKey, message, behind);
    const open = new Set(own.map(({ key }) => key));
    const waiting = open.size > 0 ? keptPieces(book, words.whileAway, userId) : [];
    const kept = new Set(waiting.map(({ key }) => key));
    const openId = citizens.openIdOf(userId);
    let rest: Piece[] = [
      ...waiting,
      // What is kept is said as kept, also when the job that kept it is carried out again.
      ...all.filter(({ key }) => !kept.has(key)),
    ];
    while (open.size > 0) {
      const { text, taken } = mergedText(rest);
      const refusal = await deliver(userId, openId, text);
      if (refusal !== undefined) {
        const mine = own.filter(({ key }) => open.has(key));
        await leave(userId, mine, ticket, refusal);
      }
      await settle(book, taken, kept);
      for (const { key } of taken) open.delete(key);
      rest = rest.slice(taken.length);
    }
  };
}
