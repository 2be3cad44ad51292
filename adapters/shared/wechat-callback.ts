import { isWechatSigned, type WechatCrypto, wechatSignature } from "./wechat-crypto.ts";
import { readXml, textIn, writeXml, type XmlElements } from "./xml.ts";

/**
 * The platform's three tries come within fifteen seconds, even if the later ones bear the time of the first, so five minutes
 * leave room for clocks that differ. What somebody recorded and replays sooner has an id that is known already.
 */
const MOST_AGE_MS = 5 * 60_000;

/** Why a callback is not read; the platform never causes any of them unless something is set up wrongly. */
export type CallbackFault = "bad-signature" | "stale" | "other-receiver" | "not-encrypted" | "damaged" | "malformed";

export type CallbackQuery = Record<string, unknown>;

/** `timestamp` of a callback, in seconds, is near enough to now. */
export function isFresh(query: CallbackQuery, now: Date): boolean {
  const { timestamp } = query;
  if (typeof timestamp !== "string" || !/^\d{1,12}$/.test(timestamp)) return false;
  return Math.abs(now.getTime() - Number(timestamp) * 1000) <= MOST_AGE_MS;
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** `signature` over token, timestamp and nonce: says where a request comes from, nothing about its body. */
export const isFromPlatform = (query: CallbackQuery, token: string): boolean =>
  isWechatSigned(query.signature, token, textOf(query.timestamp), textOf(query.nonce));

/**
 * The message inside an encrypted body (安全模式, 兼容模式), after its own signature was checked. `read` takes envelope and message
 * apart, where they may be other than XML.
 */
export function openCallback(
  parts: {
    query: CallbackQuery;
    token: string;
    crypto: WechatCrypto;
    read?: (text: string) => XmlElements | undefined;
  },
  body: string,
): { kind: "opened"; xml: XmlElements } | { kind: "refused"; fault: CallbackFault } {
  const refused = (fault: CallbackFault) => ({ kind: "refused", fault }) as const;
  const { query, token, crypto, read = readXml } = parts;
  const outer = read(body);
  if (!outer) return refused("malformed");
  const encrypted = textIn(outer, "Encrypt");
  if (encrypted === "") return refused("not-encrypted");
  const signed = [token, textOf(query.timestamp), textOf(query.nonce), encrypted];
  if (!isWechatSigned(query.msg_signature, ...signed)) return refused("bad-signature");
  const opened = crypto.open(encrypted);
  if (opened.kind !== "opened") return refused(opened.kind);
  const xml = read(opened.text);
  return xml ? { kind: "opened", xml } : refused("malformed");
}

/** An encrypted answer; `nonce` is any text. */
export function sealReply(
  parts: { token: string; crypto: WechatCrypto; timestamp: number; nonce: string },
  reply: string,
): string {
  const { token, timestamp, nonce } = parts;
  const encrypted = parts.crypto.seal(reply);
  const signature = wechatSignature(token, String(timestamp), nonce, encrypted);
  return writeXml({ Encrypt: encrypted, MsgSignature: signature, TimeStamp: timestamp, Nonce: nonce });
}
