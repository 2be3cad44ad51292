import { z } from "zod";
import type { CloudName } from "../../adapters/bot-framework/index.ts";
import { apiBaseVariable, isMeant, missingOf, type Needed, withoutSlash } from "./variables.ts";

/** What a bot of the Azure Bot Service needs. */
export interface BotFrameworkConfig {
  appId: string;
  appPassword: string;
  /** The directory that the bot is registered in; a bot of many tenants has none. */
  tenantId?: string;
  cloud: CloudName;
  /** Whether the Emulator on this machine may speak to the bot. */
  allowEmulator: boolean;
  /** Takes the place of the hosts that sign in and tell keys, without a slash at its end. */
  apiBase?: string;
}

/** The channel's variables, each by itself. */
export const botFrameworkVariables = {
  BOT_FRAMEWORK_APP_ID: z
    .guid("BOT_FRAMEWORK_APP_ID must be the Microsoft App ID, like 00000000-0000-0000-0000-000000000000")
    .optional(),
  BOT_FRAMEWORK_APP_PASSWORD: z.string().min(1).optional(),
  BOT_FRAMEWORK_TENANT_ID: z
    .string()
    .regex(/^[\w.-]{3,100}$/, "BOT_FRAMEWORK_TENANT_ID must be the App Tenant ID, or a domain of the directory")
    .optional(),
  BOT_FRAMEWORK_CLOUD: z.enum(["public", "china"], { error: "BOT_FRAMEWORK_CLOUD must be public or china" }).optional(),
  BOT_FRAMEWORK_EMULATOR: z
    .enum(["true", "false"], { error: "BOT_FRAMEWORK_EMULATOR must be true or false" })
    .optional(),
  BOT_FRAMEWORK_API_BASE: apiBaseVariable("BOT_FRAMEWORK_API_BASE", "https://login.example.gov.cn"),
};

type Values = { [Name in keyof typeof botFrameworkVariables]?: string };
const NEEDED: Needed<keyof Values> = {
  channel: "the channel of the Bot Framework",
  prefix: "BOT_FRAMEWORK_",
  where: {
    BOT_FRAMEWORK_APP_ID: "Configuration → Microsoft App ID of the Azure Bot",
    BOT_FRAMEWORK_APP_PASSWORD: "Configuration → Manage Password → a new client secret (its value) of the Azure Bot",
  },
};

/** Half of a channel is a fault: each variable that is missing, with where to find it. */
export function botFrameworkFaults(values: Values): string[] {
  if (!isMeant(values, botFrameworkVariables)) return [];
  const missing = missingOf(values, NEEDED);
  // "Deploy a bot to Azure operated by 21Vianet" knows bots of one tenant only.
  const lost = values.BOT_FRAMEWORK_CLOUD === "china" && values.BOT_FRAMEWORK_TENANT_ID === undefined;
  return lost
    ? [
        ...missing,
        "BOT_FRAMEWORK_TENANT_ID: needed with BOT_FRAMEWORK_CLOUD=china; copy App Tenant ID of the Azure Bot",
      ]
    : missing;
}

/** The channel, when it is set up. */
export function botFrameworkOf(values: Values): BotFrameworkConfig | undefined {
  const {
    BOT_FRAMEWORK_APP_ID: appId,
    BOT_FRAMEWORK_APP_PASSWORD: appPassword,
    BOT_FRAMEWORK_API_BASE: apiBase,
  } = values;
  if (!appId || !appPassword) return undefined;
  return {
    appId: appId.toLowerCase(),
    appPassword,
    tenantId: values.BOT_FRAMEWORK_TENANT_ID,
    cloud: values.BOT_FRAMEWORK_CLOUD === "china" ? "china" : "public",
    allowEmulator: values.BOT_FRAMEWORK_EMULATOR === "true",
    apiBase: apiBase && withoutSlash(apiBase),
  };
}
