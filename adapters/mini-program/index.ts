import { DeliveryError } from "../../bots/errors.ts";
import type { ConversationRef } from "../../bots/model/index.ts";
import type { ChannelAdapter, Clock, SendOptions } from "../../bots/ports.ts";
import type { DeliveryBook } from "../shared/delivery-book.ts";
import {
  type CallbackFault,
  type CallbackQuery,
  isFresh,
  isFromPlatform,
  openCallback,
} from "../shared/wechat-callback.ts";
import type { WechatCrypto } from "../shared/wechat-crypto.ts";
import { mergedText } from "../shared/wechat-texts.ts";
import { textIn } from "../shared/xml.ts";
import type { Citizens } from "./citizens.ts";
import type { MiniProgramClient } from "./client.ts";
import { createNotices } from "./notice.ts";
import { type ParsedMessage, parseMessage, readBody } from "./parse.ts";
import { type Piece, piecesOf, serviceCapabilities } from "./render.ts";

export type { Citizens } from "./citizens.ts";
export { createMiniProgramClient, type MiniProgramClient, type SignInFault } from "./client.ts";
export type { ParsedMessage } from "./parse.ts";

/** Words of the house that this channel needs by itself. */
export interface MiniProgramWords {
  /** Stands before what could not be sent while the citizen was away. */
  whileAway: string;
  /** For a field of a subscription message; undefined when nothing fits. */
  noticeField(field: string, ticket: string, at: Date): string | undefined;
  /** Stands with the address of a ticket's page. */
  ticketPage(url: string): string;
}

export interface MiniProgramOptions {
  appId: string;
  token: string;
  /** Absent: messages come in plain text (明文模式). */
  crypto?: WechatCrypto;
  client: Pick<MiniProgramClient, "sendCustom" | "sendNotice">;
  book: DeliveryBook;
  citizens: Citizens;
  /** The chat inside the mini-program: what is sent there stays until it is read. */
  inApp: Pick<ChannelAdapter, "send"> & { isWatched(conversationId: string): boolean };
  clock: Clock;
  words: MiniProgramWords;
  /** Where citizens reach the server, without a slash at its end. */
  publicUrl?: string;
  /** The subscription message that tells of news. */
  templateId?: string;
}

export type MiniProgramRequest =
  | { kind: "echo"; text: string }
  | { kind: "message"; parsed: Exclude<ParsedMessage, { kind: "malformed" }> }
  | { kind: "refused"; fault: CallbackFault };

export interface MiniProgramAdapter extends ChannelAdapter {
  /** Where the message came from and what it says. `body` is absent when the address is only being verified. Pure but for the clock. */
  read(query: CallbackQuery, body?: string): MiniProgramRequest;
}

/** The conversation of the 客服 bears the citizen's own id; every other one of this channel is a chat inside the mini-program. */
export const serviceConversation = (userId: string): ConversationRef => ({
  channel: "mini-program",
  conversationId: userId,
  userId,
});

/**
 * A 小程序: the 客服 conversation that WeChat keeps, and the chat inside the mini-program, which speaks Direct Line. Both are the same
 * citizen. `replyHandle` is not needed in the first and names an activity in the second.
 */
export function createMiniProgramAdapter(options: MiniProgramOptions): MiniProgramAdapter {
  const { token, crypto, clock, appId, inApp, templateId } = options;
  const tell = createNotices({ ...options, templateId, noticeField: options.words.noticeField });
  const sendAsService = createServiceSending(options, tell);

  return {
    channel: "mini-program",
    capabilities: serviceCapabilities,
    read(query, body) {
      if (!isFromPlatform(query, token)) return { kind: "refused", fault: "bad-signature" };
      if (!isFresh(query, clock.now())) return { kind: "refused", fault: "stale" };
      if (body === undefined) return { kind: "echo", text: String(query.echostr ?? "") };
      const opened = crypto ? openCallback({ query, token, crypto, read: readBody }, body) : openPlain(body);
      if (opened.kind === "refused") return opened;
      const parsed = parseMessage(opened.xml, appId);
      return parsed.kind === "malformed" ? { kind: "refused", fault: "malformed" } : { kind: "message", parsed };
    },
    async send(to, message, sending) {
      if (to.conversationId === to.userId) return sendAsService(to, message, sending);
      const { ticket, idempotencyKey } = sending;
      await inApp.send(to, message, sending);
      if (ticket === undefined || inApp.isWatched(to.conversationId)) return;
      const noticed = await tell(to.userId, ticket, idempotencyKey);
      if (noticed.kind !== "failed") return;
      throw new DeliveryError(`no notice: ${noticed.why}; the words stand in the mini-program's chat`, {
        retryable: false,
      });
    },
  };
}

/** 明文模式, and the plain half of 兼容模式 where no key is set. */
function openPlain(body: string): ReturnType<typeof openCallback> {
  const xml = readBody(body);
  if (!xml) return { kind: "refused", fault: "malformed" };
  const isSealed = textIn(xml, "Encrypt") !== "" && textIn(xml, "MsgType") === "";
  return isSealed ? { kind: "refused", fault: "damaged" } : { kind: "opened", xml };
}

/** 45015 the time is over, 45047 the count is used up ("发送客服消息" 错误码). */
const WINDOW_OVER = new Set([45_015, 45_047]);

/**
 * Customer-service messages: all that is to be said goes into as few as can hold it, for five are allowed after each of the citizen's
 * and two after they enter; what the count does not allow is kept for the next visit.
 */
function createServiceSending(options: MiniProgramOptions, tell: ReturnType<typeof createNotices>) {
  const { client, book, citizens, words, publicUrl } = options;

  /** What of a message has not been sent yet, with all that is to be said behind it. */
  async function unsent(key: string, message: Parameters<ChannelAdapter["send"]>[1], behind: SendOptions["behind"]) {
    const said = [{ key, message }, ...((await behind?.()) ?? [])];
    const pieces = said.map((each) => piecesOf(each.key, each.message, publicUrl));
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

  async function settle(taken: Piece[], kept: Set<string>): Promise<void> {
    const keys = taken.map(({ key }) => key);
    await book.recordSent(keys.filter((key) => !kept.has(key)));
    await book.forget(keys.filter((key) => kept.has(key)));
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
    const waiting = open.size > 0 ? book.keptFor(userId) : [];
    const kept = new Set(waiting.map(({ key }) => key));
    const openId = citizens.openIdOf(userId);
    let rest: Piece[] = [
      ...waiting.map(({ key, text }, index) => ({ key, text: index === 0 ? `${words.whileAway}\n${text}` : text })),
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
      await settle(taken, kept);
      for (const { key } of taken) open.delete(key);
      rest = rest.slice(taken.length);
    }
  };
}
