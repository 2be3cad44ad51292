import { randomBytes } from "node:crypto";
import { decrypt, encrypt } from "@wecom/crypto";
import { type Change, type Fields, sha1, signedUrl, xmlOf } from "./weixin-callback.ts";

export const TOKEN = "spamtest";
export const AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const ACCOUNT = "gh_680bdefc8c5d";

/** What the platform's own server posts; encrypted and opened by Tencent's package `@wecom/crypto`, not by the code under test. */
export interface Platform {
  /** Posts a message as the platform does; `fields` are elements of the XML. */
  post(fields: Fields, change?: Change): Promise<Response>;
  /** The words of the passive reply; undefined for an answer without one. */
  words(response: Response): Promise<string | undefined>;
  url(change?: Change, encrypted?: string): string;
}

type Mode = "plain" | "compatible" | "safe";

export function createPlatform(options: { webhook: string; appId: string; mode: Mode }): Platform {
  const { webhook, appId, mode } = options;
  const url = (change: Change = {}, encrypted?: string) => signedUrl({ webhook, token: TOKEN }, change, encrypted);

  return {
    url,
    post(fields, change = {}) {
      const plain = xmlOf({ ToUserName: ACCOUNT, CreateTime: 1_700_000_000, ...fields });
      const encrypted =
        mode === "plain" ? undefined : encrypt(AES_KEY, plain, change.receiver ?? appId, randomBytes(16));
      const shown = mode === "compatible" ? plain.slice("<xml>".length, -"</xml>".length) : "";
      const sealed = `<xml><ToUserName><![CDATA[${ACCOUNT}]]></ToUserName>${shown}<Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
      const body = (change.body ?? ((same: string) => same))(encrypted === undefined ? plain : sealed);
      const headers = { "content-type": "text/xml" };
      return fetch(url(change, encrypted), { method: "POST", headers, body, signal: change.signal });
    },
    async words(response) {
      const body = await response.text();
      if (body === "success" || body === "") return undefined;
      if (mode === "plain") return element(body, "Content");
      const encrypted = element(body, "Encrypt");
      const signed = sha1(TOKEN, element(body, "TimeStamp"), element(body, "Nonce"), encrypted);
      if (element(body, "MsgSignature") !== signed) throw new Error("the reply is not signed");
      const { message, id } = decrypt(AES_KEY, encrypted);
      if (id !== appId) throw new Error("the reply is for another account");
      return element(message, "Content");
    },
  };
}

/** Read without the parser under test. */
function element(xml: string, name: string): string {
  const found = new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([\\s\\S]*?)(?:\\]\\]>)?</${name}>`).exec(xml);
  if (!found) throw new Error(`no ${name} in the reply`);
  return found[1] ?? "";
}
