import { createMiniProgramAdapter, createMiniProgramClient } from "../../adapters/mini-program/index.ts";
import { createWechatCrypto } from "../../adapters/shared/wechat-crypto.ts";
import type { ActivityLog } from "../../adapters/web/index.ts";
import type { ChannelAdapter } from "../../bots/ports.ts";
import { noticeField, ticketPage, whileAway } from "../../flows/index.ts";
import type { Config } from "../config.ts";
import type { Rooms } from "../house.ts";
import { createTokens } from "../http/direct-line/tokens.ts";
import { createDeliveryBook } from "../store/sqlite/delivery-book.ts";
import { createCitizenTable } from "../store/sqlite/mini-program-citizens.ts";
import { createTokenVault } from "../store/sqlite/token-vault.ts";
import type { Channel } from "./channel.ts";
import { createMiniProgramApi } from "./mini-program-api.ts";
import { createMiniProgramIntake } from "./mini-program-intake.ts";
import { describeMiniProgram } from "./mini-program-schemas.ts";
import { createMiniProgramWebhook } from "./mini-program-webhook.ts";
import type { WechatAccount } from "./wechat-account.ts";

/** The Direct Line conversations, and how something is said in one. */
export interface DirectLineChats {
  log: ActivityLog;
  adapter: ChannelAdapter;
}

/** The 小程序 as the configuration names it: its 客服 by webhook, the chat inside it by Direct Line. */
export function createMiniProgramChannel(
  config: WechatAccount,
  publicUrl: Config["publicUrl"],
  rooms: Rooms,
  chats: DirectLineChats,
): Channel {
  const { appId, encodingAesKey, token, templateId } = config;
  // Two accounts, or an account and a stand-in for it, never take each other's token.
  const vault = createTokenVault({ ...rooms, name: `mini-program ${appId} ${config.apiBase}` });
  const client = createMiniProgramClient({ ...config, vault, clock: rooms.clock });
  const book = createDeliveryBook({ ...rooms, channel: "mini-program" });
  const citizens = createCitizenTable({ ...rooms, appId });
  const adapter = createMiniProgramAdapter({
    appId,
    token,
    crypto: encodingAesKey ? createWechatCrypto({ encodingAesKey, receiverId: appId }) : undefined,
    client,
    book,
    citizens,
    inApp: { send: chats.adapter.send, isWatched: chats.log.isWatched },
    clock: rooms.clock,
    words: { whileAway, noticeField, ticketPage },
    publicUrl,
    templateId,
  });

  async function tellKept(userId: string, conversationId: string): Promise<void> {
    const kept = book.keptFor(userId);
    const to = { channel: "mini-program", conversationId, userId } as const;
    for (const { key, text } of kept) {
      await chats.adapter.send(to, { kind: "text", text }, { idempotencyKey: `kept ${key}` });
    }
    if (kept.length > 0) await book.forget(kept.map(({ key }) => key));
  }

  return {
    adapter,
    open({ house, media, secretKey, log }) {
      const { receive, store, clock } = house;
      const intake = createMiniProgramIntake({ client, citizens, media, receive, store, log });
      const tokens = createTokens({ secretKey, clock });
      const openChat = chats.log.create;
      const api = createMiniProgramApi({ client, citizens, tokens, store, log, templateId, openChat, tellKept });
      return {
        mounts: [
          { path: "/webhooks/mini-program", handler: createMiniProgramWebhook({ adapter, intake, log }) },
          { path: "/api/mini-program", handler: api },
        ],
        describe: describeMiniProgram,
      };
    },
  };
}
