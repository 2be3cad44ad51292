import { expect } from "vitest";
import { type Activity, teamsActivity, teamsPress } from "../../fakes/bot-framework-activities.ts";
import { APP_ID, APP_PASSWORD, type BotFrameworkHost, startBotFrameworkHost } from "../../fakes/bot-framework-host.ts";
import { hears, openTown, type Town } from "./town.ts";

/** The whole server with the channel switched on, and a stand-in for the platform that posts activities and takes them. */
export interface BotFrameworkTown extends Town {
  host: BotFrameworkHost;
  endpoint: string;
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
}

export const chatOf = (user: string): string => `a:chat-of-${user}`;

export async function openBotFrameworkTown(env: Record<string, string> = {}): Promise<BotFrameworkTown> {
  const host = await startBotFrameworkHost();
  const base = await openTown({
    channel: "bot-framework",
    host,
    env: {
      BOT_FRAMEWORK_APP_ID: APP_ID,
      BOT_FRAMEWORK_APP_PASSWORD: APP_PASSWORD,
      BOT_FRAMEWORK_API_BASE: `${host.url}/`,
      ...env,
    },
  });

  const town: BotFrameworkTown = {
    ...base,
    host,
    get endpoint() {
      return base.at("/api/messages");
    },
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
    hears: (conversation, pattern) => hears(() => town.heard(conversation), pattern),
  };
  return town;
}
