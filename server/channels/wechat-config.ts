import { z } from "zod";
import { apiBaseVariable, isMeant, missingOf, type Needed } from "./variables.ts";
import {
  accountOf,
  aesKeyVariable,
  idVariable,
  templateVariable,
  tokenVariable,
  WECHAT_HOST,
  type WechatAccount,
} from "./wechat-account.ts";

/** The channel's variables, each by itself. */
export const wechatVariables = {
  WECHAT_APP_ID: idVariable("WECHAT_APP_ID", "the 开发者ID(AppID) of the account, like wx0123456789abcdef"),
  WECHAT_APP_SECRET: z.string().min(1).optional(),
  WECHAT_TOKEN: tokenVariable("WECHAT_TOKEN", "服务器配置"),
  WECHAT_ENCODING_AES_KEY: aesKeyVariable("WECHAT_ENCODING_AES_KEY", "服务器配置"),
  WECHAT_API_BASE: apiBaseVariable("WECHAT_API_BASE", WECHAT_HOST),
  WECHAT_TEMPLATE_ID: templateVariable("WECHAT_TEMPLATE_ID", "in the account's console"),
};

type Values = { [Name in keyof typeof wechatVariables]?: string };

const CONSOLE = "设置与开发 → 基本配置 of the account's console";
const NEEDED: Needed<keyof Values> = {
  channel: "the 公众号 channel",
  prefix: "WECHAT_",
  where: { WECHAT_APP_ID: CONSOLE, WECHAT_APP_SECRET: CONSOLE, WECHAT_TOKEN: CONSOLE },
};

/** Half of a channel is a fault: each variable that is missing, with where to find it. */
export const wechatFaults = (values: Values): string[] =>
  isMeant(values, wechatVariables) ? missingOf(values, NEEDED) : [];

/** The channel, when it is set up. */
export const wechatOf = (values: Values): WechatAccount | undefined =>
  accountOf({
    appId: values.WECHAT_APP_ID,
    appSecret: values.WECHAT_APP_SECRET,
    token: values.WECHAT_TOKEN,
    encodingAesKey: values.WECHAT_ENCODING_AES_KEY,
    apiBase: values.WECHAT_API_BASE,
    templateId: values.WECHAT_TEMPLATE_ID,
  });
