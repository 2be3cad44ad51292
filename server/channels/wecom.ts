import { randomUUID } from "node:crypto";
import { createWechatCrypto } from "../../adapters/shared/wechat-crypto.ts";
import { createWecomAdapter, createWecomClient } from "../../adapters/wecom/index.ts";
import { ticketPage, whileAway } from "../../flows/index.ts";
import type { Config } from "../config.ts";
import type { Rooms } from "../house.ts";
import { createDeliveryBook } from "../store/sqlite/delivery-book.ts";
import { createKfStreams } from "../store/sqlite/kf-streams.ts";
import { createReplyBudget } from "../store/sqlite/reply-budgets.ts";
import { createTokenVault } from "../store/sqlite/token-vault.ts";
import type { Channel } from "./channel.ts";
import type { WecomConfig } from "./wecom-config.ts";
import { createWecomIntake } from "./wecom-intake.ts";
import { createKfReader } from "./wecom-kf.ts";
import { createWecomWebhook } from "./wecom-webhook.ts";

/** "发送消息" of 微信客服: five messages within 48 hours of the citizen's last one. */
const KF_LIMITS = { most: 5, windowMs: 48 * 3_600_000 };

/** The client of the configured app; all processes of a data directory share its token. */
export function wecomClient(config: WecomConfig, rooms: Rooms) {
  return createWecomClient({
    ...config,
    vault: createTokenVault({ ...rooms, name: ownerOf(config) }),
    clock: rooms.clock,
  });
}

/** Two apps, or an app and a stand-in for the platform, never take each other's token or place in a stream. */
const ownerOf = ({ corpId, agentId, apiBase }: WecomConfig): string => `wecom ${corpId} ${agentId} ${apiBase}`;

/** 企业微信 as the configuration names it: the self-built app and, by the same app, 微信客服. */
export function createWecomChannel(config: WecomConfig, publicUrl: Config["publicUrl"], rooms: Rooms): Channel {
  const { corpId, agentId, token, encodingAesKey } = config;
  const client = wecomClient(config, rooms);
  const budget = createReplyBudget({ ...rooms, ...KF_LIMITS, channel: "wecom" });
  const adapter = createWecomAdapter({
    token,
    crypto: createWechatCrypto({ encodingAesKey, receiverId: corpId }),
    agentId,
    client,
    book: createDeliveryBook({ ...rooms, channel: "wecom" }),
    budget,
    clock: rooms.clock,
    words: { whileAway, ticketPage },
    publicUrl,
  });
  return {
    adapter,
    open({ house, media, log }) {
      const { receive, store } = house;
      const intake = createWecomIntake({ client, media, budget, receive, store, log });
      const streams = createKfStreams({ ...rooms, owner: ownerOf(config), newId: randomUUID });
      const kf = createKfReader({ client, streams, intake, budget, log });
      const handler = createWecomWebhook({ adapter, intake, kf, log });
      return { mounts: [{ path: "/webhooks/wecom", handler }], start: () => kf.start(), close: () => kf.close() };
    },
  };
}
