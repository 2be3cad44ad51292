import {
  type BotFrameworkConfig,
  botFrameworkFaults,
  botFrameworkOf,
  botFrameworkVariables,
} from "./bot-framework-config.ts";
import { type LineConfig, lineFaults, lineOf, lineVariables } from "./line-config.ts";
import { miniProgramFaults, miniProgramOf, miniProgramVariables } from "./mini-program-config.ts";
import { type TelegramConfig, telegramFaults, telegramOf, telegramVariables } from "./telegram-config.ts";
import type { WechatAccount } from "./wechat-account.ts";
import { wechatFaults, wechatOf, wechatVariables } from "./wechat-config.ts";
import { type WechatyConfig, wechatyFaults, wechatyOf, wechatyVariables } from "./wechaty-config.ts";
import {
  type GroupRobotConfig,
  groupRobotOf,
  type WecomConfig,
  wecomApiBase,
  wecomFaults,
  wecomOf,
  wecomVariables,
} from "./wecom-config.ts";

/** The chat platforms; each is off when absent. */
export interface ChannelConfigs {
  wechat?: WechatAccount;
  line?: LineConfig;
  telegram?: TelegramConfig;
  botFramework?: BotFrameworkConfig;
  wecom?: WecomConfig;
  groupRobot?: GroupRobotConfig;
  miniProgram?: WechatAccount;
  wechaty?: WechatyConfig;
  /** Robots that tell grid workers of community groups' small matters; their keys stand with the groups. */
  gridNotices?: { apiBase: string };
}

/** The variables of all platforms, each by itself. */
export const channelVariables = {
  ...wechatVariables,
  ...lineVariables,
  ...telegramVariables,
  ...botFrameworkVariables,
  ...wecomVariables,
  ...miniProgramVariables,
  ...wechatyVariables,
};

type Values = { [Name in keyof typeof channelVariables]?: string };

/** Faults that no variable has by itself: half of a channel is one. */
export const channelFaults = (values: Values): string[] => [
  ...wechatFaults(values),
  ...lineFaults(values),
  ...telegramFaults(values),
  ...botFrameworkFaults(values),
  ...wecomFaults(values, { hasGroups: values.WECHATY_PUPPET !== undefined }),
  ...miniProgramFaults(values),
  ...wechatyFaults(values),
];

export const channelsOf = (values: Values): ChannelConfigs => ({
  wechat: wechatOf(values),
  line: lineOf(values),
  telegram: telegramOf(values),
  botFramework: botFrameworkOf(values),
  wecom: wecomOf(values),
  groupRobot: groupRobotOf(values),
  miniProgram: miniProgramOf(values),
  wechaty: wechatyOf(values),
  gridNotices: values.WECHATY_PUPPET === undefined ? undefined : { apiBase: wecomApiBase(values) },
});
