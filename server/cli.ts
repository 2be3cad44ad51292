import { Command } from "commander";
import { addChannelCommands, addGroupCommands } from "./cli/channels.ts";
import { addEvaluateCommand } from "./cli/evaluate.ts";
import { addKnowledgeCommands } from "./cli/knowledge.ts";
import { addPeopleCommands } from "./cli/people.ts";
import { addUnderstandingCommands } from "./cli/understanding.ts";

const program = new Command("cli").description(
  "接诉 jiesu: conversations, knowledge and understanding from the command line",
);
addPeopleCommands(program);
addKnowledgeCommands(program);
addUnderstandingCommands(program);
addChannelCommands(program);
addGroupCommands(program);
addEvaluateCommand(program);

// A reader that has seen enough, such as `head`, is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
