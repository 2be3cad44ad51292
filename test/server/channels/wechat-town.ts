import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import type { LogFields, Logger } from "../../../bots/ports.ts";
import { readConfig } from "../../../server/config.ts";
import { type Running, start } from "../../../server/start.ts";
import { startWechatHost, type WechatHost } from "../../fakes/wechat-host.ts";
import { AES_KEY, createPlatform, type Platform, TOKEN } from "../../fakes/wechat-platform.ts";

/** The whole server with the channel switched on, a stand-in for the platform's API, and the platform that posts to it. */
export interface WechatTown {
  host: WechatHost;
  platform: Platform;
  webhook: string;
  dataDir: string;
  server(): Running;
  /** Everything logged so far, at every level. */
  logged(): string;
  /** The citizen writes; the 48 hours begin. Answers the words of the passive reply. */
  say(openId: string, fields: string | Record<string, string | number>): Promise<string | undefined>;
  /** All the citizen has been told, passively or not, oldest first. */
  heard(openId: string): string[];
  /** Waits until the citizen has been told something that fits, and answers it. */
  hears(openId: string, pattern: RegExp): Promise<string>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

let counted = 0;
/** 64 bits, above what a JavaScript number holds. */
export const freshMsgId = (): string => `69876543210${String(++counted).padStart(8, "0")}`;

export async function openTown(
  options: { mode?: "plain" | "safe" | "compatible"; env?: object } = {},
): Promise<WechatTown> {
  const { mode = "safe", env = {} } = options;
  const host = await startWechatHost();
  const dataDir = await mkdtemp(join(tmpdir(), "jiesu-wechat-"));
  const lines: string[] = [];
  const told = new Map<string, string[]>();
  let running = await open();
  let platform = createPlatform({ webhook: webhook(), appId: host.appId, mode });

  function open(): Promise<Running> {
    const config = readConfig({
      PORT: "0",
      DATA_DIR: dataDir,
      SECRET_KEY: "a secret key that only this test knows",
      ADMIN_PASSWORD: "only-for-this-test",
      PUBLIC_URL: "https://12345.example.gov.cn",
      WECHAT_APP_ID: host.appId,
      WECHAT_APP_SECRET: host.appSecret,
      WECHAT_TOKEN: TOKEN,
      WECHAT_ENCODING_AES_KEY: mode === "plain" ? "" : AES_KEY,
      WECHAT_API_BASE: host.url,
      ...env,
    });
    return start({ config, log: loggerInto(lines) });
  }
  function webhook(): string {
    return `${running.url}/webhooks/wechat`;
  }
  const noteTold = (openId: string, words: string) => told.set(openId, [...(told.get(openId) ?? []), words]);

  const town: WechatTown = {
    host,
    get platform() {
      return platform;
    },
    get webhook() {
      return webhook();
    },
    dataDir,
    server: () => running,
    logged: () => lines.join("\n"),
    async say(openId, fields) {
      host.heard(openId);
      const all = typeof fields === "string" ? { MsgType: "text", Content: fields, MsgId: freshMsgId() } : fields;
      const response = await platform.post({ FromUserName: openId, ...all });
      expect(response.status).toBe(200);
      const words = await platform.words(response);
      if (words !== undefined) noteTold(openId, words);
      return words;
    },
    heard: (openId) => [
      ...(told.get(openId) ?? []),
      ...host.seen.filter((each) => each.openId === openId).map(({ text }) => text),
    ],
    async hears(openId, pattern) {
      const found = () => town.heard(openId).find((words) => pattern.test(words));
      await expect.poll(found, { timeout: 15_000, interval: 50 }).toMatch(pattern);
      return found() ?? "";
    },
    async restart() {
      await running.close();
      running = await open();
      platform = createPlatform({ webhook: webhook(), appId: host.appId, mode });
    },
    async close() {
      await running.close();
      await host.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return town;
}

/** A log that is kept as lines, every field written out. */
export function loggerInto(lines: string[]): Logger {
  const write =
    (level: string) =>
    (event: string, fields: LogFields = {}) => {
      const shown = Object.entries(fields).map(([name, value]) => {
        const text = value instanceof Error ? `${value.name}: ${value.message} ${value.stack}` : String(value);
        return `${name}=${text}`;
      });
      lines.push(`${level} ${event} ${shown.join(" ")}`);
    };
  return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
}
