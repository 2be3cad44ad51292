import { z } from "zod";
import { apiBaseVariable, isMeant, missingOf, type Needed, withoutSlash } from "./variables.ts";
import { aesKeyVariable, idVariable, tokenVariable } from "./wechat-account.ts";

/** What a self-built app (自建应用) of 企业微信 needs; 微信客服 goes by the same app. */
export interface WecomConfig {
  corpId: string;
  agentId: number;
  secret: string;
  token: string;
  encodingAesKey: string;
  /** The platform's server, without a slash at its end. */
  apiBase: string;
}

/** The robot (群机器人) of the hotline centre's group, which is told when a citizen waits for a person. */
export interface GroupRobotConfig {
  key: string;
  apiBase: string;
}

const WECOM_HOST = "https://qyapi.weixin.qq.com";

/** The channel's variables, each by itself. */
export const wecomVariables = {
  WECOM_CORP_ID: idVariable("WECOM_CORP_ID", "the 企业ID of 我的企业 → 企业信息, like ww0123456789abcdef"),
  WECOM_AGENT_ID: z
    .string()
    .regex(/^\d{1,15}$/, "WECOM_AGENT_ID must be the AgentId of the app, a number like 1000002")
    .optional(),
  WECOM_SECRET: z.string().min(1).optional(),
  WECOM_TOKEN: tokenVariable("WECOM_TOKEN", "接收消息"),
  WECOM_ENCODING_AES_KEY: aesKeyVariable("WECOM_ENCODING_AES_KEY", "接收消息"),
  WECOM_GROUP_ROBOT_KEY: z
    .string()
    .regex(/^[\w-]{8,100}$/, "WECOM_GROUP_ROBOT_KEY must be what stands behind key= in the robot's Webhook address")
    .optional(),
  WECOM_API_BASE: apiBaseVariable("WECOM_API_BASE", WECOM_HOST),
};

type Values = { [Name in keyof typeof wecomVariables]?: string };
const CONSOLE = "应用管理 → the app (企业ID: 我的企业)";
const NEEDED: Needed<keyof Values> = {
  channel: "the 企业微信 channel",
  prefix: "WECOM_",
  where: {
    WECOM_CORP_ID: CONSOLE,
    WECOM_AGENT_ID: CONSOLE,
    WECOM_SECRET: CONSOLE,
    WECOM_TOKEN: CONSOLE,
    WECOM_ENCODING_AES_KEY: CONSOLE,
  },
};

/**
 * Half of a channel is a fault: each variable that is missing, with where to find it. Robots need none of them: the one of the centre's
 * group, and those of community groups (`hasGroups`).
 */
export function wecomFaults(values: Values, { hasGroups }: { hasGroups: boolean }): string[] {
  const isRobotOnly = values.WECOM_GROUP_ROBOT_KEY !== undefined || hasGroups;
  const isChannelMeant = isMeant(values, NEEDED.where) || (values.WECOM_API_BASE !== undefined && !isRobotOnly);
  return isChannelMeant ? missingOf(values, NEEDED) : [];
}

export const wecomApiBase = (values: Values): string => withoutSlash(values.WECOM_API_BASE ?? WECOM_HOST);

/** The channel, when it is set up. */
export function wecomOf(values: Values): WecomConfig | undefined {
  const { WECOM_CORP_ID: corpId, WECOM_AGENT_ID, WECOM_SECRET: secret, WECOM_TOKEN: token } = values;
  const { WECOM_ENCODING_AES_KEY: encodingAesKey } = values;
  if (!corpId || !WECOM_AGENT_ID || !secret || !token || !encodingAesKey) return undefined;
  return { corpId, agentId: Number(WECOM_AGENT_ID), secret, token, encodingAesKey, apiBase: wecomApiBase(values) };
}

/** The group's robot, when there is one. */
export function groupRobotOf(values: Values): GroupRobotConfig | undefined {
  const { WECOM_GROUP_ROBOT_KEY: key } = values;
  return key ? { key, apiBase: wecomApiBase(values) } : undefined;
}
