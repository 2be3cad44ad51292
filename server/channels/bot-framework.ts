import {
  cloudOf,
  createBotFrameworkAdapter,
  createBotFrameworkClient,
  createTokenJudge,
} from "../../adapters/bot-framework/index.ts";
import { groupLeadsAway, whileAway } from "../../flows/index.ts";
import type { Config } from "../config.ts";
import type { Rooms } from "../house.ts";
import { createDeliveryBook } from "../store/sqlite/delivery-book.ts";
import { createTokenVault } from "../store/sqlite/token-vault.ts";
import type { BotFrameworkConfig } from "./bot-framework-config.ts";
import { createBotFrameworkIntake } from "./bot-framework-intake.ts";
import { createBotFrameworkWebhook } from "./bot-framework-webhook.ts";
import type { Channel } from "./channel.ts";

/** The bot of Teams and of the Azure Bot Service as the configuration names it. */
export function createBotFrameworkChannel(
  config: BotFrameworkConfig,
  publicUrl: Config["publicUrl"],
  rooms: Rooms,
): Channel {
  const { appId, appPassword, allowEmulator } = config;
  const { clock } = rooms;
  const cloud = cloudOf(config.cloud, config);
  // Two bots, or a bot and a stand-in for its platform, never take each other's token.
  const vault = createTokenVault({ ...rooms, name: `bot-framework ${appId} ${cloud.tokenUrl}` });
  const client = createBotFrameworkClient({ appId, appPassword, cloud, vault, clock });
  const book = createDeliveryBook({ ...rooms, channel: "bot-framework" });
  const words = { whileAway, inGroup: groupLeadsAway };
  const adapter = createBotFrameworkAdapter({ appId, client, book, words, publicUrl });
  const judge = createTokenJudge({ appId, cloud, allowEmulator, clock });
  return {
    adapter,
    open({ house, media, log }) {
      const { receive, store } = house;
      const intake = createBotFrameworkIntake({
        client,
        adapter,
        book,
        media,
        receive,
        hasten: store.hasten,
        clock,
        log,
      });
      const handler = createBotFrameworkWebhook({ judge, intake, clock, log });
      return { mounts: [{ path: "/api/messages", handler }] };
    },
  };
}
