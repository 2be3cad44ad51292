import { z } from "zod";
import { apiBaseVariable, isMeant, missingOf, type Needed, withoutSlash } from "./variables.ts";

/** What the account of a LINE channel (Messaging API) needs. */
export interface LineConfig {
  channelAccessToken: string;
  channelSecret: string;
  /** Takes the place of both of the platform's hosts, without a slash at its end. */
  apiBase?: string;
}

/** The channel's variables, each by itself. */
export const lineVariables = {
  LINE_CHANNEL_ACCESS_TOKEN: z
    .string()
    .regex(
      /^[\x21-\x7e]{1,1000}$/,
      "LINE_CHANNEL_ACCESS_TOKEN must be the long-lived channel access token, in one line",
    )
    .optional(),
  LINE_CHANNEL_SECRET: z.string().min(1).optional(),
  LINE_API_BASE: apiBaseVariable("LINE_API_BASE", "https://api.line.me"),
};

type Values = { [Name in keyof typeof lineVariables]?: string };
const NEEDED: Needed<keyof Values> = {
  channel: "the LINE channel",
  prefix: "LINE_",
  where: {
    LINE_CHANNEL_ACCESS_TOKEN: "Messaging API → Channel access token (long-lived) in the LINE Developers Console",
    LINE_CHANNEL_SECRET: "Basic settings → Channel secret in the LINE Developers Console",
  },
};

/** Half of a channel is a fault: each variable that is missing, with where to find it. */
export const lineFaults = (values: Values): string[] =>
  isMeant(values, lineVariables) ? missingOf(values, NEEDED) : [];

/** The channel, when it is set up. */
export function lineOf(values: Values): LineConfig | undefined {
  const { LINE_CHANNEL_ACCESS_TOKEN: channelAccessToken, LINE_CHANNEL_SECRET: channelSecret, LINE_API_BASE } = values;
  if (!channelAccessToken || !channelSecret) return undefined;
  return { channelAccessToken, channelSecret, apiBase: LINE_API_BASE && withoutSlash(LINE_API_BASE) };
}
