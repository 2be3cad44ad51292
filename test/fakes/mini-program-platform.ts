import { createHash, randomBytes } from "node:crypto";
import { encrypt } from "@wecom/crypto";

export const TOKEN = "miniprogramtoken";
export const AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const ACCOUNT = "gh_680bdefc8c5d";

export type Format = "json" | "xml";
export type Mode = "plain" | "compatible" | "safe";
/** A `bigint` is written as a bare number, whatever its size. */
export type Fields = Record<string, string | number | bigint>;

export interface Change {
  timestamp?: number;
  nonce?: string;
  signature?: string;
  receiver?: string;
  /** The content of `Encrypt`, signed like any other. */
  encrypted?: string;
  /** What is done to the body before it is sent. */
  body?(body: string): string;
}

/** What the platform's own server posts; encrypted by Tencent's package `@wecom/crypto`, not by the code under test. */
export interface Platform {
  post(fields: Fields, change?: Change): Promise<Response>;
  url(change?: Change, encrypted?: string): string;
}

const sha1 = (...parts: string[]) => createHash("sha1").update(parts.sort().join("")).digest("hex");

const xmlMembers = (fields: Fields): string =>
  Object.entries(fields)
    .map(([name, value]) =>
      typeof value === "string" ? `<${name}><![CDATA[${value}]]></${name}>` : `<${name}>${value}</${name}>`,
    )
    .join("\n");
const jsonMembers = (fields: Fields): string =>
  Object.entries(fields)
    .map(([name, value]) => `${JSON.stringify(name)}:${typeof value === "string" ? JSON.stringify(value) : value}`)
    .join(",");

const WRITE: Record<Format, (fields: Fields) => string> = {
  xml: (fields) => `<xml>${xmlMembers(fields)}</xml>`,
  json: (fields) => `{${jsonMembers(fields)}}`,
};

export function createPlatform(options: { webhook: string; appId: string; mode: Mode; format: Format }): Platform {
  const { webhook, appId, mode, format } = options;

  function url(change: Change = {}, encrypted?: string): string {
    const timestamp = String(change.timestamp ?? Math.floor(Date.now() / 1000));
    const nonce = change.nonce ?? randomBytes(6).toString("hex");
    const signature = change.signature ?? sha1(TOKEN, timestamp, nonce);
    const query = new URLSearchParams({ signature, timestamp, nonce, openid: "o-not-used" });
    if (encrypted !== undefined) {
      query.set("encrypt_type", "aes");
      query.set("msg_signature", change.signature ?? sha1(TOKEN, timestamp, nonce, encrypted));
    }
    return `${webhook}?${query}`;
  }

  return {
    url,
    post(fields, change = {}) {
      const whole = { ToUserName: ACCOUNT, CreateTime: 1_700_000_000, ...fields };
      const sealed = () => encrypt(AES_KEY, WRITE[format](whole), change.receiver ?? appId, randomBytes(16));
      const encrypted = mode === "plain" ? undefined : (change.encrypted ?? sealed());
      const shown = mode === "compatible" ? whole : { ToUserName: ACCOUNT };
      const body = WRITE[format](encrypted === undefined ? whole : { ...shown, Encrypt: encrypted });
      const headers = { "content-type": format === "json" ? "application/json" : "text/xml" };
      const changed = (change.body ?? ((same: string) => same))(body);
      return fetch(url(change, encrypted), { method: "POST", headers, body: changed });
    },
  };
}
