import type { Command } from "commander";
import { chat } from "../commands/chat.ts";
import { addStaff } from "../commands/staff.ts";
import { readConfig } from "../config.ts";
import { externalDispatch } from "../external-dispatch.ts";
import { languageModel } from "../language-model.ts";
import { createLogger } from "../log.ts";
import { staffRoles } from "../staff/account.ts";
import { type Common, command, stdin, surroundings, write } from "./parts.ts";

/** Talking to the bot, and the accounts of staff. */
export function addPeopleCommands(program: Command): void {
  command(program, "chat", "talk to the bot: a line of text in, its replies out as `bot> …`, then an empty line")
    .option("--user <id>", "who speaks; the same name goes on with the same conversation", "terminal")
    .action(async (options: Common & { user: string }) => {
      const log = createLogger("error");
      const place = surroundings(options);
      const config = readConfig();
      const filing = externalDispatch(config, place.secretKey);
      const more = { ...filing, ...languageModel(config), handoff: config.handoff };
      await chat({ ...place, ...more, log, user: options.user, lines: stdin(), write });
    });

  const staff = program.command("staff").description("accounts of the staff console");

  command(staff, "add", "make an account; without --password-stdin a password is made up and printed once")
    .requiredOption("--username <name>", "letters, digits and . _ @ -")
    .requiredOption("--name <name>", "as colleagues see it")
    .requiredOption("--role <role>", staffRoles.join(", "))
    .option("--unit <id>", "role unit: the handling unit")
    .option("--password-stdin", "read the password from the first line of standard input", false)
    .action(
      async (
        options: Common & { username: string; name: string; role: string; unit?: string; passwordStdin: boolean },
      ) => {
        const { username, name, role, unit: unitId, passwordStdin } = options;
        const password = passwordStdin ? (await stdin().next()).value : undefined;
        const dataDir = options.dataDir ?? readConfig().dataDir;
        write(JSON.stringify(await addStaff({ dataDir, username, name, role, unitId, password })));
      },
    );
}
