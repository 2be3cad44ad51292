import type { Config } from "../config.ts";
import type { Rooms } from "../house.ts";
import { createBotFrameworkChannel } from "./bot-framework.ts";
import type { Channel } from "./channel.ts";
import { createGridNotices } from "./grid-notices.ts";
import { createGroupRobotChannel } from "./group-robot.ts";
import { createLineChannel } from "./line.ts";
import { createMiniProgramChannel, type DirectLineChats } from "./mini-program.ts";
import { createTelegramChannel } from "./telegram.ts";
import { createWechatChannel } from "./wechat.ts";
import { createWechatyChannel, wechatyClient } from "./wechaty.ts";
import { createWecomChannel } from "./wecom.ts";

/** The chat platforms that the configuration turns on, in no particular order. */
export function createChannels(config: Config, rooms: Rooms, chats: DirectLineChats): Channel[] {
  const { publicUrl, wechat, line, telegram, botFramework, wecom, groupRobot, miniProgram, wechaty, gridNotices } =
    config;
  return [
    wechat && createWechatChannel(wechat, publicUrl, rooms),
    line && createLineChannel(line, publicUrl, rooms),
    telegram && createTelegramChannel(telegram, publicUrl, rooms),
    botFramework && createBotFrameworkChannel(botFramework, publicUrl, rooms),
    wecom && createWecomChannel(wecom, publicUrl, rooms),
    gridNotices && createGridNotices(gridNotices, rooms),
    groupRobot && createGroupRobotChannel(groupRobot, publicUrl, rooms),
    miniProgram && createMiniProgramChannel(miniProgram, publicUrl, rooms, chats),
    wechaty && createWechatyChannel(wechatyClient(wechaty, config.dataDir), publicUrl, rooms),
  ].filter((channel) => channel !== undefined);
}
