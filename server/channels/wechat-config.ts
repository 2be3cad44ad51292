import { z } from "zod";
import { isEncodingAesKey } from "../../adapters/shared/wechat-crypto.ts";

/** What the account of a 公众号 needs. Without `encodingAesKey` messages go in plain text (明文模式). */
export interface WechatConfig {
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
export const wechatVariables = {
  WECHAT_APP_ID: z
    .string()
    .regex(/^[\w-]{4,64}$/, "WECHAT_APP_ID must be the 开发者ID(AppID) of the account, like wx0123456789abcdef")
    .optional(),
  WECHAT_APP_SECRET: z.string().min(1).optional(),
  WECHAT_TOKEN: z
    .string()
    .regex(/^[A-Za-z0-9]{3,32}$/, "WECHAT_TOKEN must be the Token of 服务器配置: 3 to 32 letters and digits")
    .optional(),
  WECHAT_ENCODING_AES_KEY: z
    .string()
    .refine(isEncodingAesKey, "WECHAT_ENCODING_AES_KEY must be the EncodingAESKey of 服务器配置: 43 letters and digits")
    .optional(),
  WECHAT_API_BASE: z
    .url({ protocol: /^https?$/, error: `WECHAT_API_BASE must be an http(s) address, like ${WECHAT_HOST}` })
    .optional(),
  WECHAT_TEMPLATE_ID: z
    .string()
    .regex(/^[\w-]{1,100}$/, "WECHAT_TEMPLATE_ID must be the id of a template in the account's console")
    .optional(),
};

type Values = { [Name in keyof typeof wechatVariables]?: string };
const NEEDED = ["WECHAT_APP_ID", "WECHAT_APP_SECRET", "WECHAT_TOKEN"] as const;

/** Half of a channel is a fault: each variable that is missing, with where to find it. */
export function wechatFaults(values: Values): string[] {
  if (!Object.keys(wechatVariables).some((name) => values[name as keyof Values] !== undefined)) return [];
  return NEEDED.filter((name) => values[name] === undefined).map(
    (name) =>
      `${name}: needed for the 公众号 channel; copy it from 设置与开发 → 基本配置 of the account's console, or unset every WECHAT_… variable`,
  );
}

/** The channel, when it is set up. */
export function wechatOf(values: Values): WechatConfig | undefined {
  const { WECHAT_APP_ID: appId, WECHAT_APP_SECRET: appSecret, WECHAT_TOKEN: token } = values;
  if (!appId || !appSecret || !token) return undefined;
  return {
    appId,
    appSecret,
    token,
    encodingAesKey: values.WECHAT_ENCODING_AES_KEY,
    apiBase: (values.WECHAT_API_BASE ?? WECHAT_HOST).replace(/\/+$/, ""),
    templateId: values.WECHAT_TEMPLATE_ID,
  };
}
