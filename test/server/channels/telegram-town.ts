import { expect } from "vitest";
import { startTelegramHost, type TelegramHost } from "../../fakes/telegram-host.ts";
import { hears, openTown, type Town } from "./town.ts";

export const SECRET = "secret-of-the-webhook-123";

export type Update = { update_id: number } & Record<string, unknown>;

/** The whole server with the channel switched on, and a stand-in for the platform that posts updates or is asked for them. */
export interface TelegramTown extends Omit<Town, "turnsOf"> {
  host: TelegramHost;
  webhook: string;
  /** The platform hands an update over: posts it and awaits 200, or lets it be asked for. */
  deliver(update: Update): Promise<void>;
  /** A citizen's message in the private chat: its text, or other fields of it. */
  say(citizen: number, said: string | Record<string, unknown>): Promise<void>;
  press(citizen: number, label: RegExp): Promise<void>;
  heard(chat: number): string[];
  /** Waits until the chat has been told something that fits, and answers it. */
  hears(chat: number, pattern: RegExp): Promise<string>;
  turnsOf(citizen: number): number;
}

let counted = 700_000_000;
const freshUpdateId = (): number => ++counted;
const seconds = () => Math.floor(Date.now() / 1000);
const citizenOf = (id: number) => ({ id, is_bot: false, first_name: "小明", last_name: "张" });
const privateChat = (id: number) => ({ id, type: "private", first_name: "小明" });

/** A message in the private chat of a citizen. */
export function messageOf(citizen: number, fields: Record<string, unknown>): Update {
  const update_id = freshUpdateId();
  const message = {
    message_id: update_id % 10_000,
    date: seconds(),
    chat: privateChat(citizen),
    from: citizenOf(citizen),
  };
  return { update_id, message: { ...message, ...fields } };
}

/** A press on a button that stands below a message of the bot. */
export function pressOf(citizen: number, button: { text: string; callback_data: string }): Update {
  const update_id = freshUpdateId();
  const message = {
    message_id: 5,
    date: seconds(),
    chat: privateChat(citizen),
    reply_markup: { inline_keyboard: [[button]] },
  };
  const query = { id: `q${update_id}`, from: citizenOf(citizen), chat_instance: "1", data: button.callback_data };
  return { update_id, callback_query: { ...query, message } };
}

export async function openTelegramTown(
  options: { polling?: boolean; env?: Record<string, string> } = {},
): Promise<TelegramTown> {
  const { polling = false, env = {} } = options;
  const host = await startTelegramHost();
  const base = await openTown({
    channel: "telegram",
    host,
    env: {
      TELEGRAM_BOT_TOKEN: host.token,
      TELEGRAM_WEBHOOK_SECRET: polling ? "" : SECRET,
      TELEGRAM_API_BASE: host.url,
      ...env,
    },
  });

  const town: TelegramTown = {
    ...base,
    host,
    get webhook() {
      return base.at("/webhooks/telegram");
    },
    async deliver(update) {
      if (polling) {
        host.waiting.push(update);
        return;
      }
      const headers = { "content-type": "application/json", "x-telegram-bot-api-secret-token": SECRET };
      const response = await fetch(town.webhook, { method: "POST", headers, body: JSON.stringify(update) });
      expect(response.status).toBe(200);
    },
    say: (citizen, said) => town.deliver(messageOf(citizen, typeof said === "string" ? { text: said } : said)),
    async press(citizen, label) {
      const buttons = host.seen.flatMap((each) => (each.chatId === String(citizen) ? each.inline : []));
      const button = buttons.findLast(({ text }) => label.test(text));
      if (!button) throw new Error(`no button ${label}`);
      await town.deliver(pressOf(citizen, button));
    },
    heard: (chat) => host.seen.filter(({ chatId }) => chatId === String(chat)).map(({ text }) => text),
    hears: (chat, pattern) => hears(() => town.heard(chat), pattern),
    turnsOf: (citizen) => base.turnsOf(String(citizen)),
  };
  return town;
}
