import { z } from "zod";
import { isEncodingAesKey } from "../../adapters/shared/wechat-crypto.ts";
import { withoutSlash } from "./variables.ts";

/** What an account of 微信 needs, a 公众号 as much as a 小程序. Without `encodingAesKey` messages go in plain text (明文模式). */
export interface WechatAccount {
  appId: string;
  appSecret: string;
  token: string;
  encodingAesKey?: string;
  /** The platform's server, without a slash at its end. */
  apiBase: string;
  templateId?: string;
}

export const WECHAT_HOST = "https://api.weixin.qq.com";

/** The account, when what it cannot do without is there. */
export function accountOf(
  parts: { [Part in keyof WechatAccount]: WechatAccount[Part] | undefined },
): WechatAccount | undefined {
  const { appId, appSecret, token, encodingAesKey, apiBase = WECHAT_HOST, templateId } = parts;
  if (!appId || !appSecret || !token) return undefined;
  return { appId, appSecret, token, encodingAesKey, apiBase: withoutSlash(apiBase), templateId };
}

/** The id of an account or an organisation; `where` says which it is, and where it stands. */
export const idVariable = (name: string, where: string) =>
  z
    .string()
    .regex(/^[\w-]{4,64}$/, `${name} must be ${where}`)
    .optional();

/** The Token that signs callbacks; `where` is the part of the console that shows it. */
export const tokenVariable = (name: string, where: string) =>
  z
    .string()
    .regex(/^[A-Za-z0-9]{3,32}$/, `${name} must be the Token of ${where}: 3 to 32 letters and digits`)
    .optional();

/** The key that callbacks are encrypted with; `where` is the part of the console that shows it. */
export const aesKeyVariable = (name: string, where: string) =>
  z
    .string()
    .refine(isEncodingAesKey, `${name} must be the EncodingAESKey of ${where}: 43 letters and digits`)
    .optional();

/** The id of a template for news; `where` is the part of the console that shows it. */
export const templateVariable = (name: string, where: string) =>
  z
    .string()
    .regex(/^[\w-]{1,100}$/, `${name} must be the id of a template ${where}`)
    .optional();
