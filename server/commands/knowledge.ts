import { z } from "zod";
import type { Source } from "../../bots/model/index.ts";
import type { Entry } from "../../knowledge/policies/entry.ts";
import { readImportLine } from "../../knowledge/policies/import-line.ts";
import type { SearchableKnowledgeBase } from "../../knowledge/policies/knowledge-base.ts";
import type { KnowledgeStore } from "../store/sqlite/knowledge-store.ts";
import { InputError, readJsonLines } from "./json-lines.ts";

const query = z.object({ id: z.union([z.string(), z.number()]), query: z.string() });
type QueryId = z.output<typeof query>["id"];

type Input = AsyncIterable<string>;

/** Reads all lines before it writes any entry: a file with a fault changes nothing. */
async function* knowledgeImport(options: {
  input: Input;
  publish: boolean;
  store: KnowledgeStore;
}): AsyncGenerator<{ imported: number; status: Entry["status"] }> {
  const status = options.publish ? "published" : "draft";
  const entries = new Map<string, Entry>();
  for await (const { line, value } of readJsonLines(options.input, z.unknown())) {
    const entry = readEntry(value, status, line);
    if (entries.has(entry.id)) throw new InputError(`line ${line}: id: stands in an earlier line too`);
    entries.set(entry.id, entry);
  }
  yield { imported: await options.store.importEntries([...entries.values()], options), status };
}

function readEntry(value: unknown, status: Entry["status"], line: number): Entry {
  try {
    return readImportLine(value, status);
  } catch (cause) {
    throw new InputError(`line ${line}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** `{id, query}` → `{id, hits: [{id, score}]}`, best first. */
async function* knowledgeSearch(options: {
  input: Input;
  limit: number;
  knowledge: SearchableKnowledgeBase;
  at: Date;
}): AsyncGenerator<{ id: QueryId; hits: { id: string; score: number }[] }> {
  for await (const { value } of readJsonLines(options.input, query)) {
    yield { id: value.id, hits: await options.knowledge.search(value.query, options.limit, options.at) };
  }
}

export interface AnswerLine {
  id: QueryId;
  kind: "answered" | "unsure";
  text?: string;
  confidence: number;
  /** What the answer rests on; for "unsure" what comes nearest. */
  sources: { id: string; quote: string; title: string }[];
}

/** `{id, query}` → an AnswerLine. All quotes of a line together have at most 400 UTF-16 units. */
async function* knowledgeAnswer(options: {
  input: Input;
  knowledge: SearchableKnowledgeBase;
  at: Date;
}): AsyncGenerator<AnswerLine> {
  for await (const { value } of readJsonLines(options.input, query)) {
    const answer = await options.knowledge.answer(value.query, options.at);
    const { kind, confidence } = answer;
    switch (answer.kind) {
      case "answered":
        yield { id: value.id, kind, text: answer.text, confidence, sources: cite(answer.sources) };
        break;
      case "unsure":
        yield { id: value.id, kind, confidence, sources: cite(answer.nearest) };
        break;
      default:
        throw new Error(`unknown answer ${answer satisfies never}`);
    }
  }
}

const QUOTES_LENGTH = 400;

function cite(sources: readonly Source[]): AnswerLine["sources"] {
  let room = QUOTES_LENGTH;
  return sources.flatMap(({ entryId, quote, title }) => {
    room -= quote.length;
    return room < 0 ? [] : [{ id: entryId, quote, title }];
  });
}

export interface KnowledgeServices {
  store: KnowledgeStore;
  knowledge: SearchableKnowledgeBase;
}

/** `limit` is for "search", `publish` for "import". `at` is the moment that validity is judged by. */
export interface KnowledgeCommandOptions extends KnowledgeServices {
  input: Input;
  at: Date;
  limit?: number;
  publish?: boolean;
}

export type KnowledgeVerb = "import" | "search" | "answer";

const DEFAULT_LIMIT = 10;

/** One object for each line of output, in the order of the input; an InputError names the faulty line. */
export function runKnowledgeCommand(verb: KnowledgeVerb, options: KnowledgeCommandOptions): AsyncGenerator<object> {
  switch (verb) {
    case "import":
      return knowledgeImport({ ...options, publish: options.publish ?? false });
    case "search":
      return knowledgeSearch({ ...options, limit: options.limit ?? DEFAULT_LIMIT });
    case "answer":
      return knowledgeAnswer(options);
    default:
      throw new Error(`unknown verb ${verb satisfies never}`);
  }
}
