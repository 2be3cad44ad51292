import { createLineAdapter, createLineClient } from "../../adapters/line/index.ts";
import { comePrivately, sendLocation, whileAway } from "../../flows/index.ts";
import type { Config } from "../config.ts";
import type { Rooms } from "../house.ts";
import { createDeliveryBook } from "../store/sqlite/delivery-book.ts";
import type { Channel } from "./channel.ts";
import type { LineConfig } from "./line-config.ts";
import { createLineIntake } from "./line-intake.ts";
import { createLineWebhook } from "./line-webhook.ts";

/** The LINE account as the configuration names it. */
export function createLineChannel(config: LineConfig, publicUrl: Config["publicUrl"], rooms: Rooms): Channel {
  const client = createLineClient(config);
  const book = createDeliveryBook({ ...rooms, channel: "line" });
  const words = { whileAway, sendLocation };
  const adapter = createLineAdapter({ channelSecret: config.channelSecret, client, book, words, publicUrl });
  return {
    adapter,
    open({ house, media, log }) {
      const { receive, store } = house;
      const intake = createLineIntake({ client, media, book, receive, hasten: store.hasten, log, comePrivately });
      return { mounts: [{ path: "/webhooks/line", handler: createLineWebhook({ adapter, intake, log }) }] };
    },
  };
}
