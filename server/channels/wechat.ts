import { createReplyWindows } from "../../adapters/shared/reply-window.ts";
import { createWechatCrypto } from "../../adapters/shared/wechat-crypto.ts";
import { createWechatAdapter, createWechatClient } from "../../adapters/wechat/index.ts";
import { noticeField, ticketPage, whileAway } from "../../flows/index.ts";
import type { Config } from "../config.ts";
import type { Rooms } from "../house.ts";
import { createDeliveryBook } from "../store/sqlite/delivery-book.ts";
import { createTokenVault } from "../store/sqlite/token-vault.ts";
import type { Channel } from "./channel.ts";
import type { WechatAccount } from "./wechat-account.ts";
import { createWechatIntake } from "./wechat-intake.ts";
import { createWechatWebhook } from "./wechat-webhook.ts";

/** The platform waits five seconds; the rest is for the way there and back. */
const HOLD_MS = 4_200;
/** The platform's three tries are over by then. */
const REMEMBER_MS = 30_000;

/** The client of the configured account; all processes of a data directory share its token. */
export function wechatClient(config: WechatAccount, { database, seal, clock }: Rooms) {
  // Two accounts, or an account and a stand-in for it, never take each other's token.
  const name = `wechat ${config.appId} ${config.apiBase}`;
  const vault = createTokenVault({ database, seal, clock, name });
  return createWechatClient({ ...config, vault, clock });
}

/** The 公众号 as the configuration names it. */
export function createWechatChannel(config: WechatAccount, publicUrl: Config["publicUrl"], rooms: Rooms): Channel {
  const { appId, encodingAesKey, token, templateId } = config;
  const client = wechatClient(config, rooms);
  const windows = createReplyWindows({ holdMs: HOLD_MS, rememberMs: REMEMBER_MS });
  const adapter = createWechatAdapter({
    token,
    crypto: encodingAesKey ? createWechatCrypto({ encodingAesKey, receiverId: appId }) : undefined,
    client,
    book: createDeliveryBook({ ...rooms, channel: "wechat" }),
    windows,
    clock: rooms.clock,
    words: { whileAway, noticeField, ticketPage },
    publicUrl,
    templateId,
  });
  return {
    adapter,
    open({ house, media, log }) {
      const intake = createWechatIntake({ client, media, log, receive: house.receive, hasten: house.store.hasten });
      const handler = createWechatWebhook({ adapter, windows, intake, log });
      return { mounts: [{ path: "/webhooks/wechat", handler }], close: () => windows.close() };
    },
  };
}
