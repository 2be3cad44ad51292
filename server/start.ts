import { createHmac, randomUUID } from "node:crypto";
import { join } from "node:path";
import { type ActivityLog, createWebAdapter } from "../adapters/web/index.ts";
import type { Logger } from "../bots/ports.ts";
import { createLineChannel, type LineChannel } from "./channels/line.ts";
import { createTelegramChannel, type TelegramChannel } from "./channels/telegram.ts";
import { createWechatChannel, type WechatChannel } from "./channels/wechat.ts";
import { compose, type House } from "./compose.ts";
import type { Config } from "./config.ts";
import { externalDispatch } from "./external-dispatch.ts";
import type { LimitOptions } from "./http/direct-line/index.ts";
import { serve } from "./http/serve.ts";
import { languageModel } from "./language-model.ts";
import { createMediaStore } from "./media/index.ts";
import { loadSecretKey } from "./secret-key.ts";
import { createStaff } from "./staff/staff.ts";
import { createActivityLog } from "./store/sqlite/activity-log.ts";

export interface Running {
  url: string;
  house: House;
  /** Set once, on the very first start, when no ADMIN_PASSWORD was given. */
  madeAdminPassword?: string;
  /** With this key others may file at the embedded desk through Open311. */
  open311Key: string;
  close(): Promise<void>;
}

/** Starts the whole server; when it resolves, citizens can write. Nothing stays behind when it rejects. */
export async function start(options: { config: Config; log: Logger; limits?: LimitOptions }): Promise<Running> {
  const { config, log } = options;
  const { dataDir } = config;
  const secretKey = loadSecretKey({ configured: config.secretKey, dataDir, warn: (message) => log.warn(message) });
  let activityLog: ActivityLog | undefined;
  let wechat: WechatChannel | undefined;
  let line: LineChannel | undefined;
  let telegram: TelegramChannel | undefined;
  const house = await compose({
    dataDir,
    secretKey,
    log,
    handoff: config.handoff,
    channels: (rooms) => {
      activityLog = createActivityLog(rooms);
      if (config.wechat) wechat = createWechatChannel(config.wechat, config.publicUrl, rooms);
      if (config.line) line = createLineChannel(config.line, config.publicUrl, rooms);
      if (config.telegram) telegram = createTelegramChannel(config.telegram, config.publicUrl, rooms);
      const others = [wechat, line, telegram].flatMap((channel) => channel?.adapter ?? []);
      return [createWebAdapter({ log: activityLog, clock: rooms.clock }), ...others];
    },
    ...externalDispatch(config, secretKey),
    ...languageModel(config),
  });
  try {
    if (!activityLog) throw new Error("the web channel was not built");
    const { database, seal, clock } = house;
    const staff = createStaff({ database, clock });
    const admin = await staff.ensureAdmin({ password: config.adminPassword });
    const media = createMediaStore({ dir: join(dataDir, "media"), database, seal, clock, newId: randomUUID });
    const sealedFiles = await media.sealOlder();
    if (sealedFiles > 0) log.info("media.sealed-older", { files: sealedFiles });
    const open311Key =
      config.open311Key ?? createHmac("sha256", secretKey).update("open311 api key").digest("base64url").slice(0, 32);
    const telegramEntrance = telegram?.open({ house, media, log });
    const serving = await serve({
      house,
      staff,
      activityLog,
      media,
      secretKey,
      open311Keys: [open311Key],
      callbackSecret: config.dispatch?.callbackSecret,
      webhooks: [
        ...[wechat, line].flatMap((channel) => channel?.mount({ house, media, log }) ?? []),
        ...(telegramEntrance?.mounts ?? []),
      ],
      publicUrl: config.publicUrl,
      host: config.host,
      port: config.port,
      log,
      limits: options.limits,
    });
    house.start();
    telegramEntrance?.start();
    return {
      url: serving.url,
      house,
      madeAdminPassword: admin.password,
      open311Key,
      async close() {
        wechat?.close();
        await telegramEntrance?.close();
        await serving.close();
        await house.close();
      },
    };
  } catch (error) {
    await house.close();
    throw error;
  }
}
