import { expect } from "vitest";
import type { Running } from "../../../server/start.ts";
import { startWecomHost, type WecomHost } from "../../fakes/wecom-host.ts";
import type { SeenMessage } from "../../fakes/wecom-kf-desk.ts";
import { AES_KEY, createWecomPlatform, TOKEN, type WecomPlatform } from "../../fakes/wecom-platform.ts";
import { hears, openTown, type Town } from "./town.ts";

type Fields = Record<string, string | number>;

/** The whole server with 企业微信 switched on, a stand-in for the platform's API, and the platform that posts to it. */
export interface WecomTown extends Town {
  host: WecomHost;
  platform: WecomPlatform;
  webhook: string;
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
  idle(): Promise<void>;
  /** The way in of another process. */
  platformOf(running: Running): WecomPlatform;
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
  const base = await openTown({
    channel: "wecom",
    host,
    env: {
      WECOM_CORP_ID: host.corpId,
      WECOM_AGENT_ID: String(host.agentId),
      WECOM_SECRET: host.secret,
      WECOM_TOKEN: TOKEN,
      WECOM_ENCODING_AES_KEY: AES_KEY,
      WECOM_API_BASE: `${host.url}/`,
      ...env,
    },
  });
  const answered = async (response: Response) => {
    expect([response.status, await response.text()]).toEqual([200, ""]);
  };

  const town: WecomTown = {
    ...base,
    host,
    get webhook() {
      return base.at("/webhooks/wecom");
    },
    get platform() {
      return town.platformOf(base.server());
    },
    platformOf: ({ url }) => createWecomPlatform({ webhook: `${url}/webhooks/wecom`, host }),
    async say(userId, fields) {
      const all = typeof fields === "string" ? { MsgType: "text", Content: fields, MsgId: freshMsgId() } : fields;
      await answered(await town.platform.post({ FromUserName: userId, ...all }));
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
    call: async () => answered(await town.platform.call(ACCOUNT)),
    seenBy: (who) => host.seen.filter(({ to }) => to === who),
    heard: (who) => town.seenBy(who).map(({ text }) => text),
    hears: (who, pattern) => hears(() => town.heard(who), pattern),
    async idle() {
      const { house } = base.server();
      const due = house.database.raw
        .prepare<[], number>("SELECT count(*) FROM kf_streams WHERE calls > served")
        .pluck();
      await expect.poll(() => due.get(), { timeout: 20_000, interval: 20 }).toBe(0);
      await house.idle();
    },
  };
  return town;
}
