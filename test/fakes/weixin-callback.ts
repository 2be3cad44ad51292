import { createHash, randomBytes } from "node:crypto";

/** Elements of a message; a `bigint` is written as a bare number, whatever its size. */
export type Fields = Record<string, string | number | bigint>;

/** What is not as usual about a callback. */
export interface Change {
  timestamp?: number;
  nonce?: string;
  signature?: string;
  receiver?: string;
  /** The platform hangs up. */
  signal?: AbortSignal;
  /** What is done to the body before it is sent. */
  body?(body: string): string;
}

export const sha1 = (...parts: string[]): string => createHash("sha1").update(parts.sort().join("")).digest("hex");

export const xmlOf = (fields: Fields): string =>
  `<xml>${Object.entries(fields)
    .map(([name, value]) =>
      typeof value === "string" ? `<${name}><![CDATA[${value}]]></${name}>` : `<${name}>${value}</${name}>`,
    )
    .join("\n")}</xml>`;

/** When a callback says that it was sent, and what makes it unlike any other. */
export const stamped = (change: Change): { timestamp: string; nonce: string } => ({
  timestamp: String(change.timestamp ?? Math.floor(Date.now() / 1000)),
  nonce: change.nonce ?? randomBytes(6).toString("hex"),
});

/** The address of a callback of 公众号 and 小程序, signed with the token ("接入指南", "消息加解密说明"). */
export function signedUrl(account: { webhook: string; token: string }, change: Change, encrypted?: string): string {
  const { timestamp, nonce } = stamped(change);
  const signature = change.signature ?? sha1(account.token, timestamp, nonce);
  const query = new URLSearchParams({ signature, timestamp, nonce, openid: "o-not-used" });
  if (encrypted !== undefined) {
    query.set("encrypt_type", "aes");
    query.set("msg_signature", change.signature ?? sha1(account.token, timestamp, nonce, encrypted));
  }
  return `${account.webhook}?${query}`;
}
