import { expect } from "vitest";
import { startWechatHost, type WechatHost } from "../../fakes/wechat-host.ts";
import { AES_KEY, createPlatform, type Platform, TOKEN } from "../../fakes/wechat-platform.ts";
import { hears, openTown, type Town } from "./town.ts";

/** The whole server with the channel switched on, a stand-in for the platform's API, and the platform that posts to it. */
export interface WechatTown extends Town {
  host: WechatHost;
  platform: Platform;
  webhook: string;
  /** The citizen writes; the 48 hours begin. Answers the words of the passive reply. */
  say(openId: string, fields: string | Record<string, string | number>): Promise<string | undefined>;
  /** All the citizen has been told, passively or not, oldest first. */
  heard(openId: string): string[];
  /** Waits until the citizen has been told something that fits, and answers it. */
  hears(openId: string, pattern: RegExp): Promise<string>;
}

let counted = 0;
/** 64 bits, above what a JavaScript number holds. */
export const freshMsgId = (): string => `69876543210${String(++counted).padStart(8, "0")}`;

export async function openWechatTown(
  options: { mode?: "plain" | "safe" | "compatible"; env?: Record<string, string> } = {},
): Promise<WechatTown> {
  const { mode = "safe", env = {} } = options;
  const host = await startWechatHost();
  const base = await openTown({
    channel: "wechat",
    host,
    env: {
      WECHAT_APP_ID: host.appId,
      WECHAT_APP_SECRET: host.appSecret,
      WECHAT_TOKEN: TOKEN,
      WECHAT_ENCODING_AES_KEY: mode === "plain" ? "" : AES_KEY,
      WECHAT_API_BASE: host.url,
      ...env,
    },
  });
  const told = new Map<string, string[]>();
  const noteTold = (openId: string, words: string) => told.set(openId, [...(told.get(openId) ?? []), words]);

  const town: WechatTown = {
    ...base,
    host,
    get webhook() {
      return base.at("/webhooks/wechat");
    },
    get platform() {
      return createPlatform({ webhook: town.webhook, appId: host.appId, mode });
    },
    async say(openId, fields) {
      host.heard(openId);
      const all = typeof fields === "string" ? { MsgType: "text", Content: fields, MsgId: freshMsgId() } : fields;
      const response = await town.platform.post({ FromUserName: openId, ...all });
      expect(response.status).toBe(200);
      const words = await town.platform.words(response);
      if (words !== undefined) noteTold(openId, words);
      return words;
    },
    heard: (openId) => [
      ...(told.get(openId) ?? []),
      ...host.seen.filter((each) => each.openId === openId).map(({ text }) => text),
    ],
    hears: (openId, pattern) => hears(() => town.heard(openId), pattern),
  };
  return town;
}
