import { createTelegramAdapter, createTelegramClient } from "../../adapters/telegram/index.ts";
import { groupLeadsAway, whileAway } from "../../flows/index.ts";
import type { Config } from "../config.ts";
import type { Rooms } from "../house.ts";
import { createDeliveryBook } from "../store/sqlite/delivery-book.ts";
import type { Channel } from "./channel.ts";
import type { TelegramConfig } from "./telegram-config.ts";
import { createTelegramIntake } from "./telegram-intake.ts";
import { createTelegramPolling } from "./telegram-polling.ts";
import { createTelegramWebhook } from "./telegram-webhook.ts";

export const TELEGRAM_PATH = "/webhooks/telegram";

/** The bot as the configuration names it. */
export function createTelegramChannel(config: TelegramConfig, publicUrl: Config["publicUrl"], rooms: Rooms): Channel {
  const { clock } = rooms;
  const client = createTelegramClient(config);
  const book = createDeliveryBook({ ...rooms, channel: "telegram" });
  const words = { whileAway, inGroup: groupLeadsAway };
  const adapter = createTelegramAdapter({ client, book, words, publicUrl });
  return {
    adapter,
    open({ house, media, log }) {
      const { store, receive } = house;
      const intake = createTelegramIntake({ client, adapter, media, receive, store, log });
      const { webhookSecret: secret } = config;
      if (secret !== undefined && publicUrl !== undefined) {
        const handler = createTelegramWebhook({ secret, intake, clock, log });
        return { mounts: [{ path: TELEGRAM_PATH, handler }] };
      }
      // The number before the colon is the bot's own and no secret.
      const name = `telegram ${config.token.split(":")[0]}`;
      const polling = createTelegramPolling({ name, client, intake, store, clock, log });
      return { mounts: [], start: polling.start, close: polling.stop };
    },
  };
}
