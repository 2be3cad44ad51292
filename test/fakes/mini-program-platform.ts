import { randomBytes } from "node:crypto";
import { encrypt } from "@wecom/crypto";
import { type Change as AnyChange, type Fields, signedUrl, xmlOf } from "./weixin-callback.ts";

export const TOKEN = "miniprogramtoken";
export const AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const ACCOUNT = "gh_680bdefc8c5d";

export type Format = "json" | "xml";
export type Mode = "plain" | "compatible" | "safe";
export type Change = AnyChange & {
  /** The content of `Encrypt`, signed like any other. */
  encrypted?: string;
};

/** What the platform's own server posts; encrypted by Tencent's package `@wecom/crypto`, not by the code under test. */
export interface Platform {
  post(fields: Fields, change?: Change): Promise<Response>;
  url(change?: Change, encrypted?: string): string;
}

const jsonMembers = (fields: Fields): string =>
  Object.entries(fields)
    .map(([name, value]) => `${JSON.stringify(name)}:${typeof value === "string" ? JSON.stringify(value) : value}`)
    .join(",");

const WRITE: Record<Format, (fields: Fields) => string> = {
  xml: xmlOf,
  json: (fields) => `{${jsonMembers(fields)}}`,
};

export function createPlatform(options: { webhook: string; appId: string; mode: Mode; format: Format }): Platform {
  const { webhook, appId, mode, format } = options;
  const url = (change: Change = {}, encrypted?: string) => signedUrl({ webhook, token: TOKEN }, change, encrypted);

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
