import { createLineAdapter, createLineClient, type LineAdapter } from "../../adapters/line/index.ts";
import type { Logger } from "../../bots/ports.ts";
import { comePrivately, sendLocation, whileAway } from "../../flows/index.ts";
import type { House, Rooms } from "../compose.ts";
import type { Config } from "../config.ts";
import type { Mount } from "../http/app.ts";
import type { MediaStore } from "../media/index.ts";
import { createDeliveryBook } from "../store/sqlite/delivery-book.ts";
import type { LineConfig } from "./line-config.ts";
import { createLineIntake } from "./line-intake.ts";
import { createLineWebhook } from "./line-webhook.ts";

export interface LineChannel {
  adapter: LineAdapter;
  /** The way in, once there is a house behind it. */
  mount(behind: { house: House; media: MediaStore; log: Logger }): Mount;
}

/** The LINE account as the configuration names it. */
export function createLineChannel(config: LineConfig, publicUrl: Config["publicUrl"], rooms: Rooms): LineChannel {
  const client = createLineClient(config);
  const book = createDeliveryBook({ ...rooms, channel: "line" });
  const words = { whileAway, sendLocation };
  const adapter = createLineAdapter({ channelSecret: config.channelSecret, client, book, words, publicUrl });
  return {
    adapter,
    mount({ house, media, log }) {
      const { receive, store } = house;
      const intake = createLineIntake({ client, media, book, receive, hasten: store.hasten, log, comePrivately });
      return { path: "/webhooks/line", handler: createLineWebhook({ adapter, intake, log }) };
    },
  };
}
