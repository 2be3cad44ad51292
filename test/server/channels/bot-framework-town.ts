import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { readConfig } from "../../../server/config.ts";
import { type Running, start } from "../../../server/start.ts";
import { type Activity, teamsActivity, teamsPress } from "../../fakes/bot-framework-activities.ts";
import { APP_ID, APP_PASSWORD, type BotFrameworkHost, startBotFrameworkHost } from "../../fakes/bot-framework-host.ts";
import { loggerInto } from "./wechat-town.ts";

/** The whole server with the channel switched on, and a stand-in for the platform that posts activities and takes them. */
export interface BotFrameworkTown {
  host: BotFrameworkHost;
  endpoint: string;
  server(): Running;
  /** Everything logged so far, at every level. */
  logged(): string;
  /** Posts an activity as the platform does; `authorization` and `body` replace what is usual. */
  post(activity: object, change?: { authorization?: string; body?: string }): Promise<number>;
  /** Posts it, and it is taken. */
  deliver(activity: Activity): Promise<void>;
  /** A person in the private chat of Teams. */
  say(user: string, said: string | object): Promise<void>;
  press(user: string, label: RegExp): Promise<void>;
  /** All that was shown in a conversation of the platform, oldest first. */
  heard(conversation: string): string[];
  hears(conversation: string, pattern: RegExp): Promise<string>;
  turnsOf(userId: string): number;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export const chatOf = (user: string): string => `a:chat-of-${user}`;

export async function openBotFrameworkTown(env: object = {}): Promise<BotFrameworkTown> {
  const host = await startBotFrameworkHost();
  const dataDir = await mkdtemp(join(tmpdir(), "jiesu-bot-framework-"));
  const lines: string[] = [];
  let running = await open();

  function open(): Promise<Running> {
    const config = readConfig({
      PORT: "0",
      DATA_DIR: dataDir,
      SECRET_KEY: "a secret key that only this test knows",
      ADMIN_PASSWORD: "only-for-this-test",
      PUBLIC_URL: "https://12345.example.gov.cn",
      BOT_FRAMEWORK_APP_ID: APP_ID,
      BOT_FRAMEWORK_APP_PASSWORD: APP_PASSWORD,
      BOT_FRAMEWORK_API_BASE: `${host.url}/`,
      ...env,
    });
    return start({ config, log: loggerInto(lines) });
  }

  const town: BotFrameworkTown = {
    host,
    get endpoint() {
      return `${running.url}/api/messages`;
    },
    server: () => running,
    logged: () => lines.join("\n"),
    async post(activity, { authorization, body = JSON.stringify(activity) } = {}) {
      const headers = {
        "content-type": "application/json; charset=utf-8",
        authorization: authorization ?? `Bearer ${await host.token()}`,
      };
      return (await fetch(town.endpoint, { method: "POST", headers, body })).status;
    },
    async deliver(activity) {
      expect(await town.post(activity)).toBe(200);
    },
    say: (user, said) =>
      town.deliver(teamsActivity(user, host.serviceUrl, typeof said === "string" ? { text: said } : said)),
    async press(user, label) {
      const buttons = host.seen.flatMap((each) => (each.conversationId === chatOf(user) ? each.buttons : []));
      const button = buttons.findLast(({ title }) => label.test(title));
      if (!button) throw new Error(`no button ${label}`);
      await town.deliver(teamsPress(user, host.serviceUrl, button.data));
    },
    heard: (conversation) =>
      host.seen.flatMap(({ conversationId, text }) => (conversationId === conversation ? text : [])),
    async hears(conversation, pattern) {
      const found = () => town.heard(conversation).findLast((words) => pattern.test(words));
      await expect.poll(found, { timeout: 15_000, interval: 30 }).toMatch(pattern);
      return found() ?? "";
    },
    turnsOf: (userId) =>
      running.house.database.raw
        .prepare<[string], number>("SELECT count(*) FROM inbound WHERE channel = 'bot-framework' AND user_id = ?")
        .pluck()
        .get(userId) ?? 0,
    async restart() {
      await running.close();
      running = await open();
    },
    async close() {
      await running.close();
      await host.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return town;
}
