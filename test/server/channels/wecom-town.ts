import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { readConfig } from "../../../server/config.ts";
import { type Running, start } from "../../../server/start.ts";
import { startWecomHost, type WecomHost } from "../../fakes/wecom-host.ts";
import type { SeenMessage } from "../../fakes/wecom-kf-desk.ts";
import { AES_KEY, createWecomPlatform, TOKEN, type WecomPlatform } from "../../fakes/wecom-platform.ts";
import { loggerInto } from "./wechat-town.ts";

type Fields = Record<string, string | number>;

/** The whole server with 企业微信 switched on, a stand-in for the platform's API, and the platform that posts to it. */
export interface WecomTown {
  host: WecomHost;
  platform: WecomPlatform;
  webhook: string;
  server(): Running;
  /** Everything logged so far, at every level. */
  logged(): string;
  /** A member writes to the app; the webhook answers 200 without words. */
  say(userId: string, fields: string | Fields): Promise<void>;
  /** A citizen writes to an account of 微信客服; with `silently` the platform does not call. Answers the item's id. */
  tell(externalUserId: string, item: string | Record<string, unknown>, how?: { silently?: true }): Promise<string>;
  /** A citizen comes in; the platform makes a code for the greeting. */
  enter(externalUserId: string): Promise<void>;
  call(): Promise<void>;
  /** All that somebody has been shown, oldest first. */
  seenBy(who: string): SeenMessage[];
  heard(who: string): string[];
  /** Waits until something that fits is shown, and answers it. */
  hears(who: string, pattern: RegExp): Promise<string>;
  turnsOf(userId: string): number;
  idle(): Promise<void>;
  restart(): Promise<void>;
  /** Another process on the same data, with a way in of its own; closed by whoever asked. */
  another(): Promise<{ platform: WecomPlatform; running: Running }>;
  close(): Promise<void>;
}

export const ACCOUNT = "wkHotline";
/** How `heard` and the like name a citizen of 微信客服. */
export const atKf = (externalUserId: string): string => `${ACCOUNT}:${externalUserId}`;

let counted = 0;
/** 64 bits, above what a JavaScript number holds. */
export const freshMsgId = (): string => `71876543210${String(++counted).padStart(8, "0")}`;
export const kfItem = (externalUserId: string, msgtype: string, content: object): Record<string, unknown> => ({
  msgid: `kfmsg${String(++counted).padStart(8, "0")}`,
  external_userid: externalUserId,
  origin: 3,
  msgtype,
  [msgtype]: content,
});

export async function openWecomTown(env: Record<string, string> = {}): Promise<WecomTown> {
  const host = await startWecomHost();
  const dataDir = await mkdtemp(join(tmpdir(), "jiesu-wecom-"));
  const lines: string[] = [];
  let running = await open();
  let platform = createWecomPlatform({ webhook: webhook(), host });

  function open(): Promise<Running> {
    const config = readConfig({
      PORT: "0",
      DATA_DIR: dataDir,
      SECRET_KEY: "a secret key that only this test knows",
      ADMIN_PASSWORD: "only-for-this-test",
      PUBLIC_URL: "https://12345.example.gov.cn",
      WECOM_CORP_ID: host.corpId,
      WECOM_AGENT_ID: String(host.agentId),
      WECOM_SECRET: host.secret,
      WECOM_TOKEN: TOKEN,
      WECOM_ENCODING_AES_KEY: AES_KEY,
      WECOM_API_BASE: `${host.url}/`,
      ...env,
    });
    return start({ config, log: loggerInto(lines) });
  }
  function webhook(): string {
    return `${running.url}/webhooks/wecom`;
  }
  const answered = async (response: Response) => {
    expect([response.status, await response.text()]).toEqual([200, ""]);
  };

  const town: WecomTown = {
    host,
    get platform() {
      return platform;
    },
    get webhook() {
      return webhook();
    },
    server: () => running,
    logged: () => lines.join("\n"),
    async say(userId, fields) {
      const all = typeof fields === "string" ? { MsgType: "text", Content: fields, MsgId: freshMsgId() } : fields;
      await answered(await platform.post({ FromUserName: userId, ...all }));
    },
    async tell(externalUserId, item, how = {}) {
      const whole = typeof item === "string" ? kfItem(externalUserId, "text", { content: item }) : item;
      host.kf.put(ACCOUNT, whole);
      if (!how.silently) await town.call();
      return String(whole.msgid);
    },
    async enter(externalUserId) {
      const welcome_code = host.kf.welcomeCode(ACCOUNT, externalUserId);
      const event = { event_type: "enter_session", open_kfid: ACCOUNT, external_userid: externalUserId, welcome_code };
      await town.tell(externalUserId, { ...kfItem(externalUserId, "event", event), origin: 4 });
    },
    call: async () => answered(await platform.call(ACCOUNT)),
    seenBy: (who) => host.seen.filter(({ to }) => to === who),
    heard: (who) => town.seenBy(who).map(({ text }) => text),
    async hears(who, pattern) {
      const found = () => town.heard(who).find((words) => pattern.test(words));
      await expect.poll(found, { timeout: 15_000, interval: 50 }).toMatch(pattern);
      return found() ?? "";
    },
    turnsOf: (userId) =>
      running.house.database.raw
        .prepare<[string], number>("SELECT count(*) FROM inbound WHERE channel = 'wecom' AND user_id = ?")
        .pluck()
        .get(userId) ?? 0,
    async idle() {
      const { raw } = running.house.database;
      const due = raw.prepare<[], number>("SELECT count(*) FROM kf_streams WHERE calls > served").pluck();
      await expect.poll(() => due.get(), { timeout: 20_000, interval: 20 }).toBe(0);
      await running.house.idle();
    },
    async restart() {
      await running.close();
      running = await open();
      platform = createWecomPlatform({ webhook: webhook(), host });
    },
    async another() {
      const other = await open();
      return { running: other, platform: createWecomPlatform({ webhook: `${other.url}/webhooks/wecom`, host }) };
    },
    async close() {
      await running.close();
      await host.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return town;
}
