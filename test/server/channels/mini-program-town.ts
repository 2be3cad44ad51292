import { expect } from "vitest";
import { type MiniProgramHost, startMiniProgramHost } from "../../fakes/mini-program-host.ts";
import {
  AES_KEY,
  createPlatform,
  type Format,
  type Mode,
  type Platform,
  TOKEN,
} from "../../fakes/mini-program-platform.ts";
import type { Fields } from "../../fakes/weixin-callback.ts";
import { hears, openTown, type Town } from "./town.ts";

/** The whole server with the channel switched on, a stand-in for the platform's API, and the platform that posts to it. */
export interface MiniProgramTown extends Town {
  host: MiniProgramHost;
  platform: Platform;
  webhook: string;
  /** The citizen writes to the 客服. */
  say(openId: string, fields: string | Fields): Promise<void>;
  enter(openId: string, createdAt?: number): Promise<void>;
  /** All that the 客服 has told the citizen, oldest first. */
  heard(openId: string): string[];
  hears(openId: string, pattern: RegExp): Promise<string>;
}

let counted = 0;
/** 64 bits, above what a JavaScript number holds. */
export const freshMsgId = (): bigint => 6_987_654_321_000_000_001n + BigInt(++counted);

export async function openMiniProgramTown(
  options: { mode?: Mode; format?: Format; env?: Record<string, string>; samePort?: boolean } = {},
): Promise<MiniProgramTown> {
  const { mode = "safe", format = "json", env = {}, samePort } = options;
  const host = await startMiniProgramHost();
  const base = await openTown({
    channel: "mini-program",
    host,
    samePort,
    env: {
      // Nobody has named the address of this server.
      PUBLIC_URL: "",
      MINI_PROGRAM_APP_ID: host.appId,
      MINI_PROGRAM_APP_SECRET: host.appSecret,
      MINI_PROGRAM_TOKEN: TOKEN,
      MINI_PROGRAM_ENCODING_AES_KEY: mode === "plain" ? "" : AES_KEY,
      MINI_PROGRAM_API_BASE: host.url,
      ...env,
    },
  });

  const town: MiniProgramTown = {
    ...base,
    host,
    get webhook() {
      return base.at("/webhooks/mini-program");
    },
    get platform() {
      return createPlatform({ webhook: town.webhook, appId: host.appId, mode, format });
    },
    async say(openId, fields) {
      host.wrote(openId);
      const all = typeof fields === "string" ? { MsgType: "text", Content: fields, MsgId: freshMsgId() } : fields;
      const response = await town.platform.post({ FromUserName: openId, ...all });
      expect([response.status, await response.text()]).toEqual([200, "success"]);
    },
    async enter(openId, createdAt = 1_700_000_000) {
      host.entered(openId);
      const event = { MsgType: "event", Event: "user_enter_tempsession", SessionFrom: "chat", CreateTime: createdAt };
      expect((await town.platform.post({ FromUserName: openId, ...event })).status).toBe(200);
    },
    heard: (openId) => host.seen.filter((each) => each.openId === openId).map(({ text }) => text),
    hears: (openId, pattern) => hears(() => town.heard(openId), pattern),
  };
  return town;
}
