import { createHmac } from "node:crypto";
import type { LineHost } from "./line-host.ts";

export const LINE_SECRET = "0123456789abcdef0123456789abcdef";

export interface LineChange {
  signature?: string | null;
  /** What is done to the body after it was signed. */
  body?(body: string): string;
}

/** What the platform's own server posts; signed by hand, not by the code under test. */
export interface LinePlatform {
  post(events: object[], change?: LineChange): Promise<Response>;
  /** Posts a body as it is, signed. */
  postRaw(body: string, change?: LineChange): Promise<Response>;
  /** An event of a citizen in a private chat, with a fresh id and a fresh reply token. */
  event(userId: string, fields: object): LineEvent;
  say(userId: string, text: string): LineEvent;
}

export type LineEvent = Record<string, unknown> & { webhookEventId: string; replyToken: string };

export const sign = (secret: string, body: string): string =>
  createHmac("sha256", secret).update(body, "utf8").digest("base64");

let counted = 0;
const fresh = (what: string) => `${what}${String(++counted).padStart(12, "0")}`;

export function createLinePlatform({ webhook, host }: { webhook: string; host: LineHost }): LinePlatform {
  const platform: LinePlatform = {
    post: (events, change) => platform.postRaw(JSON.stringify({ destination: "Ubot", events }), change),
    postRaw(body, { signature = sign(LINE_SECRET, body), body: changed = (same: string) => same } = {}) {
      const headers: Record<string, string> = { "content-type": "application/json; charset=utf-8" };
      if (signature !== null) headers["x-line-signature"] = signature;
      return fetch(webhook, { method: "POST", headers, body: changed(body) });
    },
    event: (userId, fields) => ({
      mode: "active",
      timestamp: Date.now(),
      source: { type: "user", userId },
      webhookEventId: fresh("01EVENT"),
      deliveryContext: { isRedelivery: false },
      replyToken: host.replyToken(userId),
      ...fields,
    }),
    say: (userId, text) =>
      platform.event(userId, { type: "message", message: { id: fresh("4"), type: "text", text, quoteToken: "q" } }),
  };
  return platform;
}

/** The same event as the platform sends it again. */
export const redelivered = (event: LineEvent): LineEvent => ({ ...event, deliveryContext: { isRedelivery: true } });
