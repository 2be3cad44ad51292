import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { readConfig } from "../../../server/config.ts";
import { type Running, start } from "../../../server/start.ts";
import { type LineHost, startLineHost } from "../../fakes/line-host.ts";
import { createLinePlatform, LINE_SECRET, type LineEvent, type LinePlatform } from "../../fakes/line-platform.ts";
import { loggerInto } from "./wechat-town.ts";

/** The whole server with LINE switched on, a stand-in for the platform's API, and the platform that posts to it. */
export interface LineTown {
  host: LineHost;
  platform: LinePlatform;
  webhook: string;
  server(): Running;
  /** Everything logged so far, at every level. */
  logged(): string;
  /** Delivers an event, or words of a citizen; the webhook answers 200. */
  deliver(...events: LineEvent[]): Promise<void>;
  say(userId: string, text: string): Promise<void>;
  /** All that somebody, or a group, has been shown, oldest first. */
  heard(to: string): string[];
  /** Waits until something that fits is shown, and answers it. */
  hears(to: string, pattern: RegExp): Promise<string>;
  turnsOf(userId: string): number;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function openLineTown(): Promise<LineTown> {
  const host = await startLineHost();
  const dataDir = await mkdtemp(join(tmpdir(), "jiesu-line-"));
  const lines: string[] = [];
  let running = await open();
  let platform = createLinePlatform({ webhook: webhook(), host });

  function open(): Promise<Running> {
    const config = readConfig({
      PORT: "0",
      DATA_DIR: dataDir,
      SECRET_KEY: "a secret key that only this test knows",
      ADMIN_PASSWORD: "only-for-this-test",
      PUBLIC_URL: "https://12345.example.gov.cn",
      LINE_CHANNEL_ACCESS_TOKEN: host.accessToken,
      LINE_CHANNEL_SECRET: LINE_SECRET,
      LINE_API_BASE: `${host.url}/`,
    });
    return start({ config, log: loggerInto(lines) });
  }
  function webhook(): string {
    return `${running.url}/webhooks/line`;
  }

  const town: LineTown = {
    host,
    get platform() {
      return platform;
    },
    get webhook() {
      return webhook();
    },
    server: () => running,
    logged: () => lines.join("\n"),
    async deliver(...events) {
      expect((await platform.post(events)).status).toBe(200);
    },
    say: (userId, text) => town.deliver(platform.say(userId, text)),
    heard: (to) => host.seen.filter((each) => each.to === to).map(({ text }) => text),
    async hears(to, pattern) {
      await expect.poll(() => town.heard(to).join("\n\n"), { timeout: 15_000, interval: 50 }).toMatch(pattern);
      return town.heard(to).findLast((words) => pattern.test(words)) ?? "";
    },
    turnsOf: (userId) =>
      running.house.database.raw
        .prepare<[string], number>("SELECT count(*) FROM inbound WHERE channel = 'line' AND user_id = ?")
        .pluck()
        .get(userId) ?? 0,
    async restart() {
      await running.close();
      running = await open();
      platform = createLinePlatform({ webhook: webhook(), host });
    },
    async close() {
      await running.close();
      await host.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return town;
}
