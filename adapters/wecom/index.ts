import { createHash } from "node:crypto";
import { DeliveryError } from "../../bots/errors.ts";
import type { ConversationRef } from "../../bots/model/index.ts";
import type { ChannelAdapter, Clock, SendOptions } from "../../bots/ports.ts";
import type { DeliveryBook } from "../shared/delivery-book.ts";
import type { ReplyBudget } from "../shared/reply-budget.ts";
import { keptPieces, mergedText, type Piece, piecesOf, settle } from "../shared/text-pieces.ts";
import { type CallbackFault, type CallbackQuery, isFresh, openCallback } from "../shared/wechat-callback.ts";
import { isWechatSigned, type WechatCrypto } from "../shared/wechat-crypto.ts";
import { textIn } from "../shared/xml.ts";
import { type Address, addressOf } from "./address.ts";
import type { Sent, WecomClient } from "./client.ts";
import { type ParsedCallback, parseCallback } from "./parse.ts";
import { kfMessage, msgidOf, wecomCapabilities } from "./render.ts";

export { refOf } from "./address.ts";
export { createWecomClient, type WecomClient } from "./client.ts";
export { createGroupRobot, type GroupRobot } from "./group-robot.ts";
export type { Spoken } from "./parse.ts";
export { type ParsedKf, parseKfMessage } from "./parse-kf.ts";

export interface WecomOptions {
  token: string;
  /** The receiver is the corp id. */
  crypto: WechatCrypto;
  agentId: number;
  client: Pick<WecomClient, "sendApp" | "sendKf" | "welcome">;
  book: DeliveryBook;
  budget: ReplyBudget;
  clock: Clock;
  /** Words of the house: before what could not be sent, and with the address of a ticket's page. */
  words: { whileAway: string; ticketPage(url: string): string };
  /** Where citizens reach the server, without a slash at its end. */
  publicUrl?: string;
}

export type WecomRequest =
  | { kind: "echo"; text: string }
  | { kind: "callback"; parsed: Exclude<ParsedCallback, { kind: "malformed" }> }
  | { kind: "refused"; fault: CallbackFault };

export interface WecomAdapter extends ChannelAdapter {
  /** What a callback says; `body` is absent when the address is only being verified. Pure but for the clock. */
  read(query: CallbackQuery, body?: string): WecomRequest;
}

/** What was said on entering 微信客服 is answered with the code that came with it; this stands before it in `replyHandle`. */
const WELCOME = "welcome:";
export const welcomeHandle = (code: string): string => `${WELCOME}${code}`;
/** Under this the book notes that a code is of no use any more. */
const spentKey = (code: string): string => `welcome ${createHash("sha256").update(code).digest("hex").slice(0, 32)}`;

/** 企业微信: the self-built app for members, 微信客服 for everybody. `replyHandle`: only for the greeting in 微信客服. */
export function createWecomAdapter(options: WecomOptions): WecomAdapter {
  const { book, publicUrl } = options;

  /** What of a message has not been sent yet, with all that is to be said behind it. */
  async function unsent(key: string, message: Parameters<ChannelAdapter["send"]>[1], behind: SendOptions["behind"]) {
    const words = [{ key, message }, ...((await behind?.()) ?? [])];
    const pieces = words.map((each) => piecesOf(each, { publicUrl, capabilities: wecomCapabilities }));
    const open = (some: Piece[] | undefined) => (some ?? []).filter((piece) => !book.wasSent(piece.key));
    return { own: open(pieces[0]), all: pieces.flatMap(open) };
  }

  return {
    channel: "wecom",
    capabilities: wecomCapabilities,
    read: (query, body) => (body === undefined ? readEcho(options, query) : readCallback(options, query, body)),
    async send(to, message, { idempotencyKey, behind, ticket, replyHandle }) {
      const address = addressOf(to);
      if (!address) throw new DeliveryError("wecom: not a conversation of this channel", { retryable: false });
      const pieces = await unsent(idempotencyKey, message, behind);
      if (pieces.own.length === 0) return;
      const code = replyHandle?.startsWith(WELCOME) ? replyHandle.slice(WELCOME.length) : undefined;
      if (code !== undefined) await greet(options, to, code, pieces.all);
      const rest = await unsent(idempotencyKey, message, behind);
      await push(options, { to, address, ticket, isGreeting: code !== undefined }, rest);
    },
  };
}

/** "回调配置": the address is verified with an encrypted text, which is to be given back in plain. */
function readEcho({ token, crypto, clock }: WecomOptions, query: CallbackQuery): WecomRequest {
  const refused = (fault: CallbackFault): WecomRequest => ({ kind: "refused", fault });
  const { timestamp, nonce, echostr } = query;
  if (typeof timestamp !== "string" || typeof nonce !== "string" || typeof echostr !== "string") {
    return refused("bad-signature");
  }
  if (!isWechatSigned(query.msg_signature, token, timestamp, nonce, echostr)) return refused("bad-signature");
  if (!isFresh(query, clock.now())) return refused("stale");
  const opened = crypto.open(echostr);
  return opened.kind === "opened" ? { kind: "echo", text: opened.text } : refused(opened.kind);
}

function readCallback(
  { token, crypto, clock, agentId }: WecomOptions,
  query: CallbackQuery,
  body: string,
): WecomRequest {
  const refused = (fault: CallbackFault): WecomRequest => ({ kind: "refused", fault });
  const opened = openCallback({ query, token, crypto }, body);
  if (opened.kind === "refused") return opened;
  if (!isFresh(query, clock.now())) return refused("stale");
  const agent = textIn(opened.xml, "AgentID");
  if (agent !== "" && agent !== String(agentId)) return refused("other-receiver");
  const parsed = parseCallback(opened.xml);
  return parsed.kind === "malformed" ? refused("malformed") : { kind: "callback", parsed };
}

/** "发送欢迎语等事件响应消息": one message, which is none of the five; what was kept for this visit comes first. */
async function greet(
  { client, book, words }: WecomOptions,
  { userId }: ConversationRef,
  code: string,
  pieces: Piece[],
): Promise<void> {
  if (book.wasSent(spentKey(code))) return;
  const waiting = keptPieces(book, words.whileAway, userId);
  const { message, taken } = kfMessage([...waiting, ...pieces]);
  const sent = await client.welcome(code, msgidOf(keysOf(taken)), message);
  await book.recordSent([spentKey(code)]);
  if (sent.kind === "sent") await settle(book, taken, new Set(waiting.map(({ key }) => key)));
}

const keysOf = (pieces: Piece[]): string => pieces.map(({ key }) => key).join(" ");

interface Sending {
  to: ConversationRef;
  address: Address;
  ticket: string | undefined;
  /** Words of greeting that come too late greet nobody, and are not kept. */
  isGreeting: boolean;
}

/** Says what is open, until all of the message has been said or nothing more may be. */
async function push(
  options: WecomOptions,
  sending: Sending,
  { own, all }: { own: Piece[]; all: Piece[] },
): Promise<void> {
  const { book, words } = options;
  const open = new Set(own.map(({ key }) => key));
  const waiting = keptPieces(book, words.whileAway, sending.to.userId);
  const kept = new Set(waiting.map(({ key }) => key));
  let rest = [...waiting, ...all];
  while (open.size > 0) {
    const { sent, taken } = await deliver(options, sending, rest);
    if (sent.kind === "refused") {
      const mine = own.filter(({ key }) => open.has(key));
      return leave(options, sending, mine, sent.why);
    }
    await settle(book, taken, kept);
    for (const { key } of taken) open.delete(key);
    rest = rest.slice(taken.length);
  }
}

/** One message, as much as it holds. */
async function deliver(
  options: WecomOptions,
  { address, to: { conversationId } }: Sending,
  pieces: Piece[],
): Promise<{ sent: Sent; taken: Piece[] }> {
  const { client, budget, clock } = options;
  if (address.kind === "app") {
    const { text, taken } = mergedText(pieces);
    return { sent: await client.sendApp(address.userId, text), taken };
  }
  if (budget.left(conversationId) === 0) return { sent: SPENT, taken: [] };
  const { message, taken } = kfMessage(pieces);
  const sent = await client.sendKf(address, msgidOf(keysOf(taken)), message);
  if (sent.kind === "sent") await budget.spend(conversationId);
  // 95001, 95002: the platform counts otherwise than we do, and it decides.
  else if ([95_001, 95_002].includes(sent.code)) await budget.shut(conversationId, clock.now());
  return { sent, taken };
}

/** "发送消息" of 微信客服: within 48 hours of the citizen's last message, five at most. */
const SPENT: Sent = {
  kind: "refused",
  code: 95_001,
  why: "the five messages after the citizen's last one are used up, or its 48 hours are over",
};

/** Nothing may be sent now: the words wait for the citizen's next visit. */
async function leave(
  { book, words, publicUrl }: WecomOptions,
  { to, ticket, isGreeting }: Sending,
  pieces: Piece[],
  why: string,
): Promise<void> {
  if (isGreeting) throw new DeliveryError(`wecom: ${why}; the greeting is not said any more`, { retryable: false });
  const url = ticket && publicUrl ? `${publicUrl}/t/${encodeURIComponent(ticket)}` : undefined;
  const texts = pieces.map(({ key, text }, index) => {
    const isLast = index === pieces.length - 1;
    return { key, text: url && isLast ? `${text}\n${words.ticketPage(url)}` : text };
  });
  await book.keep(to.userId, texts);
  throw new DeliveryError(`wecom: ${why}; the words wait for the citizen's next visit`, { retryable: false });
}
