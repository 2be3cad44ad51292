import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Command, InvalidArgumentError, Option } from "commander";
import type { LanguageModel } from "../bots/ports.ts";
import { loadMunicipalLabels } from "../knowledge/catalogue/municipal-labels.ts";
import { loadAddressFinder } from "../knowledge/places/parsing/address-in.ts";
import { createSegmenter } from "../knowledge/text/segment.ts";
import { catalogueTrain, evaluateLeaves } from "./commands/catalogue.ts";
import { chat } from "./commands/chat.ts";
import { evaluate, evaluateTasks } from "./commands/evaluate.ts";
import { evaluateIntake } from "./commands/evaluate-intake.ts";
import { evaluatePolicies, isPolicyTask, policyTasks } from "./commands/evaluate-policies.ts";
import { evaluateResolve } from "./commands/evaluate-resolve.ts";
import { groupsAgree, groupsImport, groupsList, groupsMatters, groupsRemove } from "./commands/groups.ts";
import { knowledgeCommand, knowledgeExportCommand, knowledgeFileCommand } from "./commands/knowledge-command.ts";
import { knowledgeTrain } from "./commands/knowledge-train.ts";
import { fileLines, linesOf } from "./commands/lines.ts";
import { evaluateMatters } from "./commands/matters.ts";
import { placesImport } from "./commands/places-import.ts";
import { evaluatePlaces, placesParse, placesTrain } from "./commands/places-parse.ts";
import { addStaff } from "./commands/staff.ts";
import { telegramWebhook } from "./commands/telegram.ts";
import { triagePredict, triageTrain } from "./commands/triage.ts";
import { placesResolve, triageRead } from "./commands/understanding.ts";
import { wechatMenu } from "./commands/wechat.ts";
import { wecomMenu } from "./commands/wecom.ts";
import { readConfig } from "./config.ts";
import { externalDispatch } from "./external-dispatch.ts";
import { languageModel, openEmbedder, openLanguageModel } from "./language-model.ts";
import { createLogger } from "./log.ts";
import { loadSecretKey } from "./secret-key.ts";
import { staffRoles } from "./staff/account.ts";
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

const dataDirOf = (options: Common): string => options.dataDir ?? readConfig().dataDir;

const cityOf = (options: Common, model?: LanguageModel) =>
  openCity({ segmenter: createSegmenter(), dataDir: dataDirOf(options), model });

function surroundings(options: Common) {
  const config = readConfig();
  const dataDir = dataDirOf(options);
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

const knowledge = program.command("knowledge").description("the knowledge base");

command(
  knowledge,
  "import <file>",
  "add or replace entries: JSONL (- for standard input), xlsx, csv, docx, pdf, md, html, txt",
)
  .option("--publish", "make them answerable at once", false)
  .action(async (file: string, options: Common & { publish: boolean }) => {
    const { publish } = options;
    if (file === "-") return print(knowledgeCommand("import", { ...surroundings(options), input: stdin(), publish }));
    const report = (line: string) => console.error(line);
    const lines = () => fileLines(file);
    await print(knowledgeFileCommand({ ...surroundings(options), file, publish, lines, report }));
  });

command(knowledge, "export", "all entries in use and drafts, with every field; importing them again changes nothing")
  .addOption(new Option("--format <format>", "what to write").choices(["jsonl", "xlsx"]).default("jsonl"))
  .option("--out <file>", "where to write it (default: standard output)")
  .action(async (options: Common & { format: "jsonl" | "xlsx"; out?: string }) => {
    const pieces = Readable.from(knowledgeExportCommand({ ...surroundings(options), format: options.format }));
    if (options.out === undefined) await pipeline(pieces, process.stdout, { end: false });
    else await pipeline(pieces, createWriteStream(options.out));
  });

command(knowledge, "search", "{id, query} in, {id, hits: [{id, score}]} out")
  .option("--limit <n>", "most hits of a line", count, 10)
  .action((options: Common & { limit: number }) =>
    print(knowledgeCommand("search", { ...surroundings(options), input: stdin(), limit: options.limit })),
  );

command(knowledge, "answer", "{id, query} in, {id, kind, text, sources} out").action((options: Common) =>
  print(knowledgeCommand("answer", { ...surroundings(options), input: stdin() })),
);

command(
  knowledge,
  "train",
  "learn to rank and quote documents; the report goes to standard error, takes a minute or two",
)
  .requiredOption(
    "--papers <file>",
    "questions on policy papers, {id, query, doc, answer}; …-docs.jsonl lies beside it",
  )
  .requiredOption("--replies <file>", "titles of letters and the replies that answer them, {id, query, doc}; likewise")
  .option(
    "--letters <files...>",
    "letters {title, text} and papers {text}, to learn near words and title words from",
    [],
  )
  .requiredOption(
    "--out <folder>",
    "where to write ranking.json, and near-words.bin and title-words.txt with --letters",
  )
  .action((options: { papers: string; replies: string; letters: string[]; out: string }) => {
    const report = (line: string) => console.error(line);
    return knowledgeTrain({ ...options, segmenter: createSegmenter(), report });
  });

const triage = program.command("triage").description("understanding of messages");

command(triage, "read", "{id, text} in, what was read out of it out").action(async (options: Common) => {
  const model = await openLanguageModel(readConfig(), { clock: { now: () => new Date() }, log: createLogger("warn") });
  await print(triageRead({ input: stdin(), at: new Date(), ...cityOf(options, model) }));
});

command(triage, "train", "learn labels from lines {title?, text, label}; the report goes to standard error")
  .requiredOption("--data <file>", "what to learn from")
  .requiredOption("--out <model>", "the model file to write")
  .action(async ({ data, out }: { data: string; out: string }) => {
    const report = (line: string) => console.error(line);
    await triageTrain({ input: fileLines(data), out, segmenter: createSegmenter(), report });
  });

command(triage, "predict", "{id, title?, text} in, {id, label, scores} out")
  .requiredOption("--model <model>", "a model file of `triage train`")
  .action(({ model }: { model: string }) =>
    print(triagePredict({ input: stdin(), model, segmenter: createSegmenter() })),
  );

const catalogue = program.command("catalogue").description("the catalogue of matters");

command(catalogue, "train", "learn to rank leaves from lines {text, leaf}; the report goes to standard error")
  .requiredOption("--data <file>", "what to learn from: dispatched tickets, say")
  .requiredOption("--out <file>", "where to write it: ranking.json beside the catalogue that it is for")
  .option("--catalogue <folder>", "a catalogue of another city (default: the one shipped)")
  .action(({ data, out, catalogue: dir }: { data: string; out: string; catalogue?: string }) => {
    const report = (line: string) => console.error(line);
    return catalogueTrain({ input: fileLines(data), out, dir, segmenter: createSegmenter(), report });
  });

const places = program.command("places").description("places of the city");

command(places, "import <file>", "add the city's own landmarks, one JSON object a line; - for standard input").action(
  (file: string, options: Common) =>
    print(placesImport({ input: file === "-" ? stdin() : fileLines(file), dataDir: dataDirOf(options) })),
);

command(places, "resolve", "{id, text} in, district, subdistrict, community and code out").action((options: Common) =>
  print(placesResolve({ input: stdin(), ...cityOf(options) })),
);

command(places, "parse", "{id, text} in, {id, spans: [{label, start, end, text}]} out").action(() =>
  print(placesParse({ input: stdin(), finder: loadAddressFinder() })),
);

command(places, "train", "learn address parts from lines {text, spans}; takes a quarter of an hour and more")
  .requiredOption("--data <file>", "what to learn from")
  .requiredOption("--out <model>", "the model file to write")
  .action(({ data, out }: { data: string; out: string }) => {
    const onPass = (learner: string, pass: number, loss: number) =>
      console.error(`${learner}, pass ${pass}: mean loss ${loss.toFixed(4)}`);
    return print(placesTrain({ input: fileLines(data), out, onPass }));
  });

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

/** A sign of life for people; the result itself goes to standard output. */
function counting(done: number): void {
  if (done % 100 === 0) console.error(`${done} conversations`);
}

interface Evaluation {
  data: string;
  model?: string;
  train?: string;
  titleOnly: boolean;
  catalogue?: string;
  docs?: string;
}

const measurable = ["places", "resolve", "intake", "leaves", "matters", ...policyTasks, ...evaluateTasks];

command(program, "evaluate <task>", `measure on labelled lines: ${measurable.join(", ")}`)
  .requiredOption("--data <file>", "what to measure on")
  .option("--model <model>", "category, kind: a model file of `triage train`")
  .option("--train <file>", "category, kind: learn from this first; without either, the data are cross-validated")
  .option("--title-only", "category, kind: judge by the titles alone", false)
  .option("--catalogue <folder>", "leaves: a catalogue of another city")
  .option("--docs <file>", "policy…, reply: the documents, when they are not beside the data as …-docs.jsonl")
  .action(async (task: string, { data, docs, train, catalogue: dir, dataDir, ...rest }: Evaluation & Common) => {
    if (!measurable.includes(task)) throw new Error(`unknown task ${task}; known: ${measurable.join(", ")}`);
    if (isPolicyTask(task)) {
      const embedder = await openEmbedder(readConfig(), {
        clock: { now: () => new Date() },
        log: createLogger("warn"),
      });
      return print(evaluatePolicies(task, { data, docs, segmenter: createSegmenter(), embedder }));
    }
    const input = fileLines(data);
    if (task === "intake") {
      const { model } = languageModel(readConfig());
      return print(evaluateIntake({ input, labelOf: loadMunicipalLabels(), model, onProgress: counting }));
    }
    if (task === "places") return print(evaluatePlaces({ input, finder: loadAddressFinder() }));
    if (task === "leaves") return print(evaluateLeaves({ input, dir, segmenter: createSegmenter() }));
    if (task === "matters") return print(evaluateMatters({ data: input, ...cityOf({ dataDir }) }));
    if (task === "resolve") return print(evaluateResolve({ input, ...cityOf({ dataDir }) }));
    const learnFrom = train === undefined ? {} : { train: fileLines(train) };
    return print(evaluate(task, { data: input, ...learnFrom, ...rest, segmenter: createSegmenter() }));
  });

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
