import { z } from "zod";
import { apiBaseVariable, withoutSlash } from "./variables.ts";

/** What a bot of Telegram needs. With `webhookSecret` and a public address updates are posted here, else they are asked for. */
export interface TelegramConfig {
  token: string;
  webhookSecret?: string;
  /** The address of the Bot API, without a slash at its end. */
  apiBase: string;
}

const TELEGRAM_HOST = "https://api.telegram.org";

/** The channel's variables, each by itself. */
export const telegramVariables = {
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(
      /^\d{3,20}:[\w-]{20,100}$/,
      "TELEGRAM_BOT_TOKEN must be the token that @BotFather gave, like 123456789:AAE… with 35 characters after the colon",
    )
    .optional(),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(
      /^[\w-]{16,256}$/,
      "TELEGRAM_WEBHOOK_SECRET must have 16 to 256 letters, digits, _ and -; `openssl rand -hex 32` makes one",
    )
    .optional(),
  TELEGRAM_API_BASE: apiBaseVariable("TELEGRAM_API_BASE", TELEGRAM_HOST),
};

type Values = { [Name in keyof typeof telegramVariables]?: string };

/** Half of a channel is a fault. */
export function telegramFaults(values: Values): string[] {
  const isMeant = values.TELEGRAM_WEBHOOK_SECRET !== undefined || values.TELEGRAM_API_BASE !== undefined;
  return isMeant && values.TELEGRAM_BOT_TOKEN === undefined
    ? ["TELEGRAM_BOT_TOKEN: needed for the channel Telegram; @BotFather gives one, or unset every TELEGRAM_… variable"]
    : [];
}

/** The channel, when it is set up. */
export function telegramOf(values: Values): TelegramConfig | undefined {
  if (values.TELEGRAM_BOT_TOKEN === undefined) return undefined;
  return {
    token: values.TELEGRAM_BOT_TOKEN,
    webhookSecret: values.TELEGRAM_WEBHOOK_SECRET,
    apiBase: withoutSlash(values.TELEGRAM_API_BASE ?? TELEGRAM_HOST),
  };
}
