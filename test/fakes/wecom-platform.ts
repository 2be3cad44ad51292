import { randomBytes } from "node:crypto";
import { encrypt, getSignature } from "@wecom/crypto";
import type { WecomHost } from "./wecom-host.ts";
import { type Change as AnyChange, type Fields, stamped, xmlOf } from "./weixin-callback.ts";

export const TOKEN = "QDG6eK";
export const AES_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";

export type Change = AnyChange & { agentId?: number };

/** What the platform's own server asks; encrypted and signed by Tencent's package `@wecom/crypto`, not by the code under test. */
export interface WecomPlatform {
  /** Posts a message or event of the app. */
  post(fields: Fields, change?: Change): Promise<Response>;
  /** Says that something has come to an account of 微信客服. */
  call(account: string, change?: Change): Promise<Response>;
  /** Verifies the address with a text to be given back. */
  verify(text: string, change?: Change): Promise<Response>;
  /** Posts what is encrypted already. */
  postEncrypted(encrypted: string): Promise<Response>;
}

export function createWecomPlatform({ webhook, host }: { webhook: string; host: WecomHost }): WecomPlatform {
  function url(encrypted: string, change: Change, more: Record<string, string> = {}): string {
    const { timestamp, nonce } = stamped(change);
    const msg_signature = change.signature ?? getSignature(TOKEN, timestamp, nonce, encrypted);
    return `${webhook}?${new URLSearchParams({ msg_signature, timestamp, nonce, ...more })}`;
  }
  const sealed = (text: string, change: Change) =>
    encrypt(AES_KEY, text, change.receiver ?? host.corpId, randomBytes(16));

  function send(encrypted: string, change: Change): Promise<Response> {
    const whole = xmlOf({ ToUserName: host.corpId, Encrypt: encrypted, AgentID: String(host.agentId) });
    const body = (change.body ?? ((same: string) => same))(whole);
    const headers = { "content-type": "text/xml" };
    return fetch(url(encrypted, change), { method: "POST", headers, body, signal: change.signal });
  }

  return {
    post(fields, change = {}) {
      const head = { ToUserName: host.corpId, CreateTime: 1_772_323_200, AgentID: change.agentId ?? host.agentId };
      return send(sealed(xmlOf({ ...head, ...fields }), change), change);
    },
    call(account, change = {}) {
      const fields = { MsgType: "event", Event: "kf_msg_or_event", Token: host.kf.token(account), OpenKfId: account };
      return send(sealed(xmlOf({ ToUserName: host.corpId, CreateTime: 1_772_323_200, ...fields }), change), change);
    },
    verify(text, change = {}) {
      const echostr = sealed(text, change);
      return fetch(url(echostr, change, { echostr }));
    },
    postEncrypted: (encrypted) => send(encrypted, {}),
  };
}
