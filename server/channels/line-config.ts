import { z } from "zod";

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
  LINE_API_BASE: z
    .url({ protocol: /^https?$/, error: "LINE_API_BASE must be an http(s) address, like https://api.line.me" })
    .optional(),
};

type Values = { [Name in keyof typeof lineVariables]?: string };
const NEEDED = {
  LINE_CHANNEL_ACCESS_TOKEN: "Messaging API → Channel access token (long-lived)",
  LINE_CHANNEL_SECRET: "Basic settings → Channel secret",
} as const;

/** Half of a channel is a fault: each variable that is missing, with where to find it. */
export function lineFaults(values: Values): string[] {
  if (!Object.keys(lineVariables).some((name) => values[name as keyof Values] !== undefined)) return [];
  return Object.entries(NEEDED)
    .filter(([name]) => values[name as keyof Values] === undefined)
    .map(
      ([name, where]) =>
        `${name}: needed for the LINE channel; copy it from ${where} in the LINE Developers Console, or unset every LINE_… variable`,
    );
}

/** The channel, when it is set up. */
export function lineOf(values: Values): LineConfig | undefined {
  const { LINE_CHANNEL_ACCESS_TOKEN: channelAccessToken, LINE_CHANNEL_SECRET: channelSecret, LINE_API_BASE } = values;
  if (!channelAccessToken || !channelSecret) return undefined;
  return { channelAccessToken, channelSecret, apiBase: LINE_API_BASE?.replace(/\/+$/, "") };
}
