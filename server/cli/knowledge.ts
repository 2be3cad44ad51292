import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Command, InvalidArgumentError, Option } from "commander";
import { createSegmenter } from "../../knowledge/text/segment.ts";
import { knowledgeCommand, knowledgeExportCommand, knowledgeFileCommand } from "../commands/knowledge-command.ts";
import { knowledgeTrain } from "../commands/knowledge-train.ts";
import { fileLines } from "../commands/lines.ts";
import { type Common, command, print, stdin, surroundings, tell } from "./parts.ts";

function count(value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0 && number <= 1000) return number;
  throw new InvalidArgumentError("a whole number from 1 to 1000 is wanted");
}

/** The knowledge base. */
export function addKnowledgeCommands(program: Command): void {
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
      const lines = () => fileLines(file);
      await print(knowledgeFileCommand({ ...surroundings(options), file, publish, lines, report: tell }));
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
    .requiredOption(
      "--replies <file>",
      "titles of letters and the replies that answer them, {id, query, doc}; likewise",
    )
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
      return knowledgeTrain({ ...options, segmenter: createSegmenter(), report: tell });
    });
}
