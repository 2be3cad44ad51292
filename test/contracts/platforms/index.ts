import { inBotFramework } from "./bot-framework.ts";
import { line } from "./line.ts";
import { miniProgramService } from "./mini-program.ts";
import type { Platform } from "./platform.ts";
import { telegram } from "./telegram.ts";
import { terminal } from "./terminal.ts";
import { web } from "./web.ts";
import { inWechat } from "./wechat.ts";
import { wechaty } from "./wechaty.ts";
import { wecomApp, wecomService } from "./wecom.ts";

/** Every channel from the citizen's side; a new one is a file beside these and a line here. */
export const platforms: Platform[] = [
  web,
  terminal,
  inWechat("wechat 客服消息", true),
  inWechat("wechat 被动回复", false),
  line,
  telegram,
  inBotFramework("msteams", 4_000),
  inBotFramework("slack", 1_500),
  wechaty,
  wecomApp,
  wecomService,
  miniProgramService,
];
