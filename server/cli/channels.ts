import type { Command } from "commander";
import { groupsAgree, groupsImport, groupsList, groupsMatters, groupsRemove } from "../commands/groups.ts";
import { fileLines } from "../commands/lines.ts";
import { telegramWebhook } from "../commands/telegram.ts";
import { wechatMenu } from "../commands/wechat.ts";
import { wecomMenu } from "../commands/wecom.ts";
import { readConfig } from "../config.ts";
import { type Common, command, print, stdin, surroundings } from "./parts.ts";

/** What is set up on platforms. */
export function addChannelCommands(program: Command): void {
  const wechat = program.command("wechat").description("the 公众号");

  command(wechat, "menu", "put the fixed menu on the account; prints it as the platform has it").action(
    (options: Common) => print(wechatMenu({ config: readConfig(), ...surroundings(options) })),
  );

  const wecom = program.command("wecom").description("the app of 企业微信");

  command(wecom, "menu", "put the fixed menu on the app; prints it as the platform has it").action((options: Common) =>
    print(wecomMenu({ config: readConfig(), ...surroundings(options) })),
  );

  const telegram = program.command("telegram").description("the bot of Telegram");

  command(telegram, "webhook", "have updates posted to PUBLIC_URL; prints the address")
    .option("--delete", "end that; a server without TELEGRAM_WEBHOOK_SECRET then asks for updates", false)
    .action((options: Common & { delete: boolean }) =>
      print(telegramWebhook({ config: readConfig(), ends: options.delete })),
    );
}

/** Community groups. */
export function addGroupCommands(program: Command): void {
  const groups = program.command("groups").description("community groups (社区微信群)");

  command(groups, "import <file>", "configure groups, one JSON object a line; - for standard input").action(
    (file: string, options: Common) =>
      print(groupsImport({ ...surroundings(options), input: file === "-" ? stdin() : fileLines(file) })),
  );

  command(groups, "list", "the groups as they stand").action((options: Common) =>
    print(groupsList(surroundings(options))),
  );

  command(groups, "agree <room>", "let the bot take up requests of a group that do not mention it").action(
    (room: string, options: Common) => print(groupsAgree({ ...surroundings(options), room, agrees: true })),
  );

  command(groups, "revoke <room>", "end that").action((room: string, options: Common) =>
    print(groupsAgree({ ...surroundings(options), room, agrees: false })),
  );

  command(groups, "remove <room>", "take no part in a group any more; its open matters go on").action(
    (room: string, options: Common) => print(groupsRemove({ ...surroundings(options), room })),
  );

  command(groups, "matters", "the newest small matters, without anybody's words").action((options: Common) =>
    print(groupsMatters(surroundings(options))),
  );
}
