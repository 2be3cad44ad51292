import { z } from "zod";
import { isEncodingAesKey } from "../../adapters/shared/wechat-crypto.ts";

/** What a 小程序 needs. Without `encodingAesKey` messages come in plain text (明文模式). */
export interface MiniProgramConfig {
  appId: string;
  appSecret: string;
  token: string;
  encodingAesKey?: string;
  /** The platform's server, without a slash at its end. */
  apiBase: string;
  templateId?: string;
}

const WECHAT_HOST = "https://api.weixin.qq.com";

/** The channel's variables, each by itself. */
export const miniProgramVariables = {
  MINI_PROGRAM_APP_ID: z
    .string()
    .regex(/^[\w-]{4,64}$/, "MINI_PROGRAM_APP_ID must be the AppID(小程序ID), like wx0123456789abcdef")
    .optional(),
  MINI_PROGRAM_APP_SECRET: z.string().min(1).optional(),
  MINI_PROGRAM_TOKEN: z
    .string()
    .regex(/^[A-Za-z0-9]{3,32}$/, "MINI_PROGRAM_TOKEN must be the Token of 消息推送: 3 to 32 letters and digits")
    .optional(),
  MINI_PROGRAM_ENCODING_AES_KEY: z
    .string()
    .refine(
      isEncodingAesKey,
      "MINI_PROGRAM_ENCODING_AES_KEY must be the EncodingAESKey of 消息推送: 43 letters and digits",
    )
    .optional(),
  MINI_PROGRAM_API_BASE: z
    .url({ protocol: /^https?$/, error: `MINI_PROGRAM_API_BASE must be an http(s) address, like ${WECHAT_HOST}` })
    .optional(),
  MINI_PROGRAM_TEMPLATE_ID: z
    .string()
    .regex(/^[\w-]{1,100}$/, "MINI_PROGRAM_TEMPLATE_ID must be the id of a template under 订阅消息 in the console")
    .optional(),
};

type Values = { [Name in keyof typeof miniProgramVariables]?: string };
const NEEDED = ["MINI_PROGRAM_APP_ID", "MINI_PROGRAM_APP_SECRET", "MINI_PROGRAM_TOKEN"] as const;

/** Half of a channel is a fault: each variable that is missing, with where to find it. */
export function miniProgramFaults(values: Values): string[] {
  if (!Object.keys(miniProgramVariables).some((name) => values[name as keyof Values] !== undefined)) return [];
  return NEEDED.filter((name) => values[name] === undefined).map(
    (name) =>
      `${name}: needed for the 小程序 channel; copy it from 开发管理 → 开发设置 (Token: 消息推送) of the mini-program's console, or unset every MINI_PROGRAM_… variable`,
  );
}

/** The channel, when it is set up. */
export function miniProgramOf(values: Values): MiniProgramConfig | undefined {
  const { MINI_PROGRAM_APP_ID: appId, MINI_PROGRAM_APP_SECRET: appSecret, MINI_PROGRAM_TOKEN: token } = values;
  if (!appId || !appSecret || !token) return undefined;
  return {
    appId,
    appSecret,
    token,
    encodingAesKey: values.MINI_PROGRAM_ENCODING_AES_KEY,
    apiBase: (values.MINI_PROGRAM_API_BASE ?? WECHAT_HOST).replace(/\/+$/, ""),
    templateId: values.MINI_PROGRAM_TEMPLATE_ID,
  };
}
