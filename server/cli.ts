import { createReadStream } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import { createSegmenter } from "../knowledge/text/segment.ts";
import { chat } from "./commands/chat.ts";
import { knowledgeCommand } from "./commands/knowledge-command.ts";
import { linesOf } from "./commands/lines.ts";
import { placesResolve, triageRead } from "./commands/understanding.ts";
import { readConfig } from "./config.ts";
import { externalDispatch } from "./external-dispatch.ts";
import { createLogger } from "./log.ts";
import { createMediaLinks } from "./media/link.ts";
import { loadSecretKey } from "./secret-key.ts";
import { openCity } from "./understanding.ts";

/** Commands read lines on standard input and write lines on standard output; everything for people goes to standard error. */
const program = new Command("cli").description(
  "接诉 jiesu: conversations, knowledge and understanding from the command line",
);

interface Common {
  dataDir?: string;
}

/** A command with the options every command has. */
const command = (parent: Command, usage: string, description: string): Command =>
  parent
    .command(usage)
    .description(description)
    .option("--data-dir <folder>", "folder of the data (default: DATA_DIR, or ./data)");

function surroundings(options: Common) {
  const config = readConfig();
  const dataDir = options.dataDir ?? config.dataDir;
  const secretKey = loadSecretKey({ configured: config.secretKey, dataDir, warn: (message) => console.error(message) });
  return { dataDir, secretKey };
}

const stdin = (): AsyncGenerator<string> => linesOf(() => process.stdin);

// A reader that has seen enough, such as `head`, is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

const write = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function print(objects: AsyncIterable<object>): Promise<void> {
  for await (const object of objects) write(JSON.stringify(object));
}

function count(value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0 && number <= 1000) return number;
  throw new InvalidArgumentError("a whole number from 1 to 1000 is wanted");
}

command(program, "chat", "talk to the bot: a line of text in, its replies out as `bot> …`, then an empty line")
  .option("--user <id>", "who speaks; the same name goes on with the same conversation", "terminal")
  .action(async (options: Common & { user: string }) => {
    const log = createLogger("error");
    const place = surroundings(options);
    const filing = externalDispatch(readConfig(), createMediaLinks(place.secretKey));
    await chat({ ...place, ...filing, log, user: options.user, lines: stdin(), write });
  });

const knowledge = program.command("knowledge").description("the knowledge base");

command(knowledge, "import <file>", "add or replace entries, one JSON object a line; - for standard input")
  .option("--publish", "make them answerable at once", false)
  .action(async (file: string, options: Common & { publish: boolean }) => {
    const input = file === "-" ? stdin() : linesOf(() => createReadStream(file, "utf8"));
    await print(knowledgeCommand("import", { ...surroundings(options), input, publish: options.publish }));
  });

command(knowledge, "search", "{id, query} in, {id, hits: [{id, score}]} out")
  .option("--limit <n>", "most hits of a line", count, 10)
  .action((options: Common & { limit: number }) =>
    print(knowledgeCommand("search", { ...surroundings(options), input: stdin(), limit: options.limit })),
  );

command(knowledge, "answer", "{id, query} in, {id, kind, text, sources} out").action((options: Common) =>
  print(knowledgeCommand("answer", { ...surroundings(options), input: stdin() })),
);

const triage = program.command("triage").description("understanding of messages");

command(triage, "read", "{id, text} in, what was read out of it out").action(() =>
  print(triageRead({ input: stdin(), at: new Date(), ...openCity(createSegmenter()) })),
);

const places = program.command("places").description("places of the city");

command(places, "resolve", "{id, text} in, district, subdistrict, community and code out").action(() =>
  print(placesResolve({ input: stdin(), ...openCity(createSegmenter()) })),
);

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
