import { createHmac, randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Logger } from "../bots/ports.ts";
import type { Channel } from "./channels/channel.ts";
import { createChannels } from "./channels/index.ts";
import { createWebChannel } from "./channels/web.ts";
import { compose } from "./compose.ts";
import type { Config } from "./config.ts";
import { externalDispatch } from "./external-dispatch.ts";
import type { House } from "./house.ts";
import type { LimitOptions } from "./http/direct-line/index.ts";
import { serve } from "./http/serve.ts";
import { languageModel } from "./language-model.ts";
import { createMediaStore } from "./media/index.ts";
import { loadSecretKey } from "./secret-key.ts";
import { createStaff } from "./staff/staff.ts";
import { createActivityLog, type SqliteActivityLog } from "./store/sqlite/activity-log.ts";

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
  let activityLog: SqliteActivityLog | undefined;
  let channels: Channel[] = [];
  const house = await compose({
    dataDir,
    secretKey,
    log,
    handoff: config.handoff,
    publicUrl: config.publicUrl,
    quiet: config.quiet,
    channels: (rooms) => {
      activityLog = createActivityLog(rooms);
      const web = createWebChannel(activityLog, rooms.clock);
      channels = createChannels(config, rooms, { log: activityLog, adapter: web });
      return [web, ...channels.flatMap(({ adapter }) => adapter ?? [])];
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
    const entrances = channels.map((channel) => channel.open({ house, media, secretKey, log }));
    const serving = await serve({
      house,
      staff,
      activityLog,
      media,
      secretKey,
      open311Keys: [open311Key],
      callbackSecret: config.dispatch?.callbackSecret,
      webhooks: entrances.flatMap(({ mounts }) => mounts),
      describe: entrances.flatMap(({ describe }) => describe ?? []),
      publicUrl: config.publicUrl,
      host: config.host,
      port: config.port,
      log,
      limits: options.limits,
    });
    house.start();
    for (const entrance of entrances) entrance.start?.();
    return {
      url: serving.url,
      house,
      madeAdminPassword: admin.password,
      open311Key,
      async close() {
        for (const entrance of entrances) await entrance.close?.();
        await serving.close();
        await house.close();
      },
    };
  } catch (error) {
    await house.close();
    throw error;
  }
}
