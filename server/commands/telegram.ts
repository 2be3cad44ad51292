import { createTelegramClient } from "../../adapters/telegram/index.ts";
import { TELEGRAM_PATH } from "../channels/telegram.ts";
import type { Config } from "../config.ts";

/**
 * Has the platform post updates to this server, or ends that, and answers what was set. Throws when something is missing, or
 * when the platform refuses it.
 */
export async function* telegramWebhook(options: {
  config: Pick<Config, "telegram" | "publicUrl">;
  ends: boolean;
}): AsyncGenerator<object> {
  const { telegram, publicUrl } = options.config;
  if (!telegram) throw new Error("the channel Telegram is not set up: set TELEGRAM_BOT_TOKEN");
  const client = createTelegramClient(telegram);
  const hook = options.ends ? undefined : hookOf(telegram.webhookSecret, publicUrl);
  const set = await client.setWebhook(hook);
  if (set.kind === "refused") throw new Error(`the webhook was refused: ${set.why}`);
  yield { webhook: hook?.url ?? null };
}

function hookOf(secret: string | undefined, publicUrl: string | undefined): { url: string; secret: string } {
  if (secret !== undefined && publicUrl !== undefined) return { url: `${publicUrl}${TELEGRAM_PATH}`, secret };
  throw new Error("a webhook needs PUBLIC_URL and TELEGRAM_WEBHOOK_SECRET; without them the server asks for updates");
}
