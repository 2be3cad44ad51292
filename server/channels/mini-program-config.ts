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
export const miniProgramVariables = {
  MINI_PROGRAM_APP_ID: idVariable("MINI_PROGRAM_APP_ID", "the AppID(小程序ID), like wx0123456789abcdef"),
  MINI_PROGRAM_APP_SECRET: z.string().min(1).optional(),
  MINI_PROGRAM_TOKEN: tokenVariable("MINI_PROGRAM_TOKEN", "消息推送"),
  MINI_PROGRAM_ENCODING_AES_KEY: aesKeyVariable("MINI_PROGRAM_ENCODING_AES_KEY", "消息推送"),
  MINI_PROGRAM_API_BASE: apiBaseVariable("MINI_PROGRAM_API_BASE", WECHAT_HOST),
  MINI_PROGRAM_TEMPLATE_ID: templateVariable("MINI_PROGRAM_TEMPLATE_ID", "under 订阅消息 in the console"),
};

type Values = { [Name in keyof typeof miniProgramVariables]?: string };

const CONSOLE = "开发管理 → 开发设置 (Token: 消息推送) of the mini-program's console";
const NEEDED: Needed<keyof Values> = {
  channel: "the 小程序 channel",
  prefix: "MINI_PROGRAM_",
  where: { MINI_PROGRAM_APP_ID: CONSOLE, MINI_PROGRAM_APP_SECRET: CONSOLE, MINI_PROGRAM_TOKEN: CONSOLE },
};

/** Half of a channel is a fault: each variable that is missing, with where to find it. */
export const miniProgramFaults = (values: Values): string[] =>
  isMeant(values, miniProgramVariables) ? missingOf(values, NEEDED) : [];

/** The channel, when it is set up. */
export const miniProgramOf = (values: Values): WechatAccount | undefined =>
  accountOf({
    appId: values.MINI_PROGRAM_APP_ID,
    appSecret: values.MINI_PROGRAM_APP_SECRET,
    token: values.MINI_PROGRAM_TOKEN,
    encodingAesKey: values.MINI_PROGRAM_ENCODING_AES_KEY,
    apiBase: values.MINI_PROGRAM_API_BASE,
    templateId: values.MINI_PROGRAM_TEMPLATE_ID,
  });
