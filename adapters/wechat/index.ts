import { randomBytes } from "node:crypto";
import { DeliveryError } from "../../bots/errors.ts";
import type { ConversationRef } from "../../bots/model/index.ts";
import type { ChannelAdapter, Clock, SendOptions } from "../../bots/ports.ts";
import type { DeliveryBook } from "../shared/delivery-book.ts";
import type { ReplyWindows } from "../shared/reply-window.ts";
import { keptPieces, mergedText, type Piece, piecesOf, settle } from "../shared/text-pieces.ts";
import {
  type CallbackFault,
  type CallbackQuery,
  isFresh,
  isFromPlatform,
  openCallback,
  sealReply,
} from "../shared/wechat-callback.ts";
import type { WechatCrypto } from "../shared/wechat-crypto.ts";
import { readXml, textIn, writeXml } from "../shared/xml.ts";
import type { WechatClient } from "./client.ts";
import { type Envelope, type ParsedMessage, parseMessage } from "./parse.ts";
import { customMessage, wechatCapabilities } from "./render.ts";

export { createWechatClient, type WechatClient } from "./client.ts";
export type { Envelope, FileMessage, ParsedMessage } from "./parse.ts";

/** Words of the house that this channel needs by itself. */
export interface WechatWords {
  /** Stands before what could not be sent while the citizen was away. */
  whileAway: string;
  /** For a field of a template or subscription message; undefined when nothing fits. */
  noticeField(field: string, ticket: string, at: Date): string | undefined;
  /** Stands with the address of a ticket's page. */
  ticketPage(url: string): string;
}

export interface WechatOptions {
  token: string;
  /** Absent: messages come and go in plain text (明文模式). */
  crypto?: WechatCrypto;
  client: Pick<WechatClient, "sendCustom" | "sendNotice">;
  book: DeliveryBook;
  windows: Pick<ReplyWindows, "reply">;
  clock: Clock;
  words: WechatWords;
  /** Where citizens reach the server, without a slash at its end. */
  publicUrl?: string;
  /** The template or subscription message that tells of news when nothing else may be sent. */
  templateId?: string;
}

export type WechatRequest =
  | { kind: "echo"; text: string }
  | { kind: "message"; parsed: Exclude<ParsedMessage, { kind: "malformed" }> }
  | { kind: "refused"; fault: CallbackFault };

export interface WechatAdapter extends ChannelAdapter {
  /** Where the message came from and what it says. `body` is absent when the address is only being verified. Pure but for the clock. */
  read(query: CallbackQuery, body?: string): WechatRequest;
  /** The body that answers a message with words, encrypted where messages are. */
  replyBody(envelope: Envelope, words: string): string;
}

/** 公众号 (subscription and service accounts). `replyHandle` is not needed: a reply goes out with any open request of the citizen. */
export function createWechatAdapter(options: WechatOptions): WechatAdapter {
  const { token, crypto, clock, book, publicUrl } = options;
  const push = createPush(options);

  function read(query: CallbackQuery, body?: string): WechatRequest {
    if (!isFromPlatform(query, token)) return { kind: "refused", fault: "bad-signature" };
    if (!isFresh(query, clock.now())) return { kind: "refused", fault: "stale" };
    if (body === undefined) return { kind: "echo", text: String(query.echostr ?? "") };
    const opened = crypto ? openCallback({ query, token, crypto }, body) : openPlain(body);
    if (opened.kind === "refused") return opened;
    const parsed = parseMessage(opened.xml);
    return parsed.kind === "malformed" ? { kind: "refused", fault: "malformed" } : { kind: "message", parsed };
  }

  /** What of a message has not been sent yet, with all that is to be said behind it. */
  async function unsent(key: string, message: Parameters<ChannelAdapter["send"]>[1], behind: SendOptions["behind"]) {
    const words = [{ key, message }, ...((await behind?.()) ?? [])];
    const pieces = words.map((each) => piecesOf(each, { publicUrl, capabilities: wechatCapabilities }));
    const open = (some: Piece[] | undefined) => (some ?? []).filter((piece) => !book.wasSent(piece.key));
    return { own: open(pieces[0]), all: pieces.flatMap(open) };
  }

  return {
    channel: "wechat",
    capabilities: wechatCapabilities,
    read,
    replyBody(envelope, words) {
      const timestamp = Math.floor(clock.now().getTime() / 1000);
      const { openId, account } = envelope;
      const reply = writeXml({
        ToUserName: openId,
        FromUserName: account,
        CreateTime: timestamp,
        MsgType: "text",
        Content: words,
      });
      return crypto ? sealReply({ token, crypto, timestamp, nonce: randomBytes(8).toString("hex") }, reply) : reply;
    },
    async send(to, message, { idempotencyKey, behind, ticket, shut, pushed }) {
      const first = await unsent(idempotencyKey, message, undefined);
      if (first.own.length === 0) return;
      await replyWith(options, to, async () => (await unsent(idempotencyKey, message, behind)).all);
      const rest = await unsent(idempotencyKey, message, behind);
      await push(to, rest, { ticket, shut, pushed });
    },
  };
}

/** 明文模式, and the plain half of 兼容模式 where no key is set. */
function openPlain(body: string): ReturnType<typeof openCallback> {
  const xml = readXml(body);
  if (!xml) return { kind: "refused", fault: "malformed" };
  const isSealed = textIn(xml, "Encrypt") !== "" && textIn(xml, "MsgType") === "";
  return isSealed ? { kind: "refused", fault: "damaged" } : { kind: "opened", xml };
}

/** Says as much as one passive reply holds, what was kept for this visit first. */
async function replyWith(
  { windows, book, words }: WechatOptions,
  { userId }: ConversationRef,
  pieces: () => Promise<Piece[]>,
): Promise<void> {
  let taken: Piece[] = [];
  let kept = new Set<string>();
  const left = await windows.reply(userId, async () => {
    const waiting = keptPieces(book, words.whileAway, userId);
    kept = new Set(waiting.map(({ key }) => key));
    const merged = mergedText([...waiting, ...(await pieces())]);
    taken = merged.taken;
    return taken.length > 0 ? merged.text : undefined;
  });
  if (left) await settle(book, taken, kept);
}

/** Customer-service messages, until all of the message has been sent; then the other ways. */
function createPush(options: WechatOptions) {
  const { client, book, words } = options;

  async function deliver(openId: string, pieces: Piece[]) {
    const { message, taken } = customMessage(pieces, true);
    const sent = await client.sendCustom(openId, message);
    // 40008: the account may not send 菜单消息; numbers do as well.
    const isMenuRefused = sent.kind === "refused" && sent.code === 40_008 && message.msgtype === "msgmenu";
    if (!isMenuRefused) return { sent, taken };
    const plain = customMessage(pieces, false);
    return { sent: await client.sendCustom(openId, plain.message), taken: plain.taken };
  }

  return async function push(
    { userId }: ConversationRef,
    { own, all }: { own: Piece[]; all: Piece[] },
    { ticket, shut, pushed }: Pick<SendOptions, "ticket" | "shut" | "pushed">,
  ): Promise<void> {
    if (shut !== undefined && own.length > 0) return leave(options, userId, own, ticket, shut);
    const open = new Set(own.map(({ key }) => key));
    let rest = [...keptPieces(book, words.whileAway, userId), ...all];
    const kept = new Set(rest.slice(0, rest.length - all.length).map(({ key }) => key));
    while (open.size > 0) {
      const { sent, taken } = await deliver(userId, rest);
      if (sent.kind === "refused") {
        const mine = own.filter(({ key }) => open.has(key));
        await leave(options, userId, mine, ticket, sent.why);
        return;
      }
      await pushed?.();
      await settle(book, taken, kept);
      for (const { key } of taken) open.delete(key);
      rest = rest.slice(taken.length);
    }
  };
}

/** Nothing may be sent now: the words wait for the citizen's next visit, and a notice tells of them where one is set up. */
async function leave(
  options: WechatOptions,
  userId: string,
  pieces: Piece[],
  ticket: string | undefined,
  why: string,
): Promise<void> {
  const { client, book, clock, words, publicUrl, templateId } = options;
  const url = ticket && publicUrl ? `${publicUrl}/t/${encodeURIComponent(ticket)}` : undefined;
  const texts = pieces.map(({ key, text }, index) => {
    const isLast = index === pieces.length - 1;
    return { key, text: url && isLast ? `${text}\n${words.ticketPage(url)}` : text };
  });
  await book.keep(userId, texts);
  if (ticket && templateId) {
    const fieldValue = (field: string) => words.noticeField(field, ticket, clock.now());
    const notice = await client.sendNotice({ openId: userId, templateId, url, key: pieces[0]?.key ?? "", fieldValue });
    if (notice.kind === "sent") return;
    throw waiting(`${why}; no notice either: ${notice.why}`);
  }
  throw waiting(why);
}

const waiting = (why: string) =>
  new DeliveryError(`${why}; the words wait for the citizen's next visit`, { retryable: false });
