import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { readConfig } from "../../../server/config.ts";
import { type Running, start } from "../../../server/start.ts";
import { type MiniProgramHost, startMiniProgramHost } from "../../fakes/mini-program-host.ts";
import {
  AES_KEY,
  createPlatform,
  type Fields,
  type Format,
  type Mode,
  type Platform,
  TOKEN,
} from "../../fakes/mini-program-platform.ts";
import { loggerInto } from "./wechat-town.ts";

/** The whole server with the channel switched on, a stand-in for the platform's API, and the platform that posts to it. */
export interface MiniProgramTown {
  host: MiniProgramHost;
  platform: Platform;
  webhook: string;
  server(): Running;
  /** Everything logged so far, at every level. */
  logged(): string;
  /** The citizen writes to the 客服. */
  say(openId: string, fields: string | Fields): Promise<void>;
  enter(openId: string, createdAt?: number): Promise<void>;
  /** All that the 客服 has told the citizen, oldest first. */
  heard(openId: string): string[];
  hears(openId: string, pattern: RegExp): Promise<string>;
  count(sql: string, ...values: string[]): number;
  restart(): Promise<void>;
  close(): Promise<void>;
}

let counted = 0;
/** 64 bits, above what a JavaScript number holds. */
export const freshMsgId = (): bigint => 6_987_654_321_000_000_001n + BigInt(++counted);

/** `samePort`: a client finds the server again after a restart. */
export async function openTown(
  options: { mode?: Mode; format?: Format; env?: object; samePort?: boolean } = {},
): Promise<MiniProgramTown> {
  const { mode = "safe", format = "json", env = {}, samePort = false } = options;
  const host = await startMiniProgramHost();
  const dataDir = await mkdtemp(join(tmpdir(), "jiesu-mini-program-"));
  const lines: string[] = [];
  let port = "0";
  let running = await open();
  if (samePort) port = new URL(running.url).port;
  let platform = createPlatform({ webhook: webhook(), appId: host.appId, mode, format });

  function open(): Promise<Running> {
    const config = readConfig({
      PORT: port,
      DATA_DIR: dataDir,
      SECRET_KEY: "a secret key that only this test knows",
      ADMIN_PASSWORD: "only-for-this-test",
      MINI_PROGRAM_APP_ID: host.appId,
      MINI_PROGRAM_APP_SECRET: host.appSecret,
      MINI_PROGRAM_TOKEN: TOKEN,
      MINI_PROGRAM_ENCODING_AES_KEY: mode === "plain" ? "" : AES_KEY,
      MINI_PROGRAM_API_BASE: host.url,
      ...env,
    });
    return start({ config, log: loggerInto(lines) });
  }
  function webhook(): string {
    return `${running.url}/webhooks/mini-program`;
  }

  const town: MiniProgramTown = {
    host,
    get platform() {
      return platform;
    },
    get webhook() {
      return webhook();
    },
    server: () => running,
    logged: () => lines.join("\n"),
    async say(openId, fields) {
      host.wrote(openId);
      const all = typeof fields === "string" ? { MsgType: "text", Content: fields, MsgId: freshMsgId() } : fields;
      const response = await platform.post({ FromUserName: openId, ...all });
      expect([response.status, await response.text()]).toEqual([200, "success"]);
    },
    async enter(openId, createdAt = 1_700_000_000) {
      host.entered(openId);
      const event = { MsgType: "event", Event: "user_enter_tempsession", SessionFrom: "chat", CreateTime: createdAt };
      expect((await platform.post({ FromUserName: openId, ...event })).status).toBe(200);
    },
    heard: (openId) => host.seen.filter((each) => each.openId === openId).map(({ text }) => text),
    async hears(openId, pattern) {
      const found = () => town.heard(openId).find((words) => pattern.test(words));
      await expect.poll(found, { timeout: 15_000, interval: 50 }).toMatch(pattern);
      return found() ?? "";
    },
    count: (sql, ...values) =>
      running.house.database.raw
        .prepare<string[], number>(sql)
        .pluck()
        .get(...values) ?? 0,
    async restart() {
      await running.close();
      running = await open();
      platform = createPlatform({ webhook: webhook(), appId: host.appId, mode, format });
    },
    async close() {
      await running.close();
      await host.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return town;
}
