import {
  type BotFrameworkClient,
  cloudOf,
  createBotFrameworkAdapter,
  createBotFrameworkClient,
} from "../../../adapters/bot-framework/index.ts";
import type { DeliveryBook } from "../../../adapters/shared/delivery-book.ts";
import { groupLeadsAway } from "../../../flows/index.ts";
import { APP_ID, APP_PASSWORD, type BotFrameworkHost } from "../../fakes/bot-framework-host.ts";
import { createMemoryVault } from "../memory-vault.ts";

const clock = { now: () => new Date() };

export const clientOf = ({ url }: Pick<BotFrameworkHost, "url">, appPassword = APP_PASSWORD): BotFrameworkClient =>
  createBotFrameworkClient({
    appId: APP_ID,
    appPassword,
    cloud: cloudOf("public", { apiBase: url }),
    vault: createMemoryVault(),
    clock,
  });

export const adapterWith = (client: BotFrameworkClient, book: DeliveryBook) =>
  createBotFrameworkAdapter({
    appId: APP_ID,
    client,
    book,
    words: { whileAway: "您不在的时候：", inGroup: groupLeadsAway },
    publicUrl: "https://12345.example.gov.cn",
  });

export const addressIn = (conversation: string, serviceUrl: string, channelId = "msteams") => ({
  serviceUrl,
  channelId,
  conversation: { id: conversation, conversationType: "personal" },
  bot: { id: "28:bot" },
  user: { id: "29:user" },
});
