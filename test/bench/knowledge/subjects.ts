import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import MiniSearch from "minisearch";
import { createTextIndex } from "../../../knowledge/text/index.ts";
import { createExhaustive } from "./exhaustive.ts";
import type { Subject } from "./subject.ts";

const TOP = 10;
const nothing = { fileBytes: () => 0, close: () => undefined };

function createOurs(): Subject {
  const index = createTextIndex({ fields: { text: { weight: 1, lengthNorm: 0.75 } } });
  const addOne = (id: number, words: string[]) => index.add(String(id), { text: words });
  return {
    ...nothing,
    addOne,
    addAll(documents) {
      for (const { id, words } of documents) addOne(id, words);
    },
    search: (words) =>
      index.search(new Map(words.map((word) => [word, 1])), TOP).map(({ id, score }) => ({ id: Number(id), score })),
  };
}

function createMiniSearch(): Subject {
  const index = new MiniSearch<{ id: number; text: string }>({
    fields: ["text"],
    tokenize: (text) => text.split(" "),
    processTerm: (term) => term,
    searchOptions: { prefix: false, fuzzy: false, combineWith: "OR" },
  });
  const addOne = (id: number, words: string[]) => index.add({ id, text: words.join(" ") });
  return {
    ...nothing,
    addOne,
    addAll(documents) {
      for (const { id, words } of documents) addOne(id, words);
    },
    search: (words) => index.search(words.join(" ")).slice(0, TOP) as unknown as ReturnType<Subject["search"]>,
  };
}

const CACHE_KIB = 1_000_000;

/** In a file, as a product would have it, with room in memory for all of its pages. */
function createFts5(): Subject {
  const dir = mkdtempSync(join(tmpdir(), "jiesu-bench-"));
  const file = join(dir, "fts5.sqlite");
  const database = new Database(file);
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = NORMAL");
  database.pragma(`cache_size = -${CACHE_KIB}`);
  database.exec("CREATE VIRTUAL TABLE documents USING fts5(text, tokenize = 'unicode61')");
  const insert = database.prepare<[number, string]>("INSERT INTO documents (rowid, text) VALUES (?, ?)");
  const find = database.prepare<[string, number], { id: number; score: number }>(
    "SELECT rowid AS id, -rank AS score FROM documents WHERE documents MATCH ? ORDER BY rank LIMIT ?",
  );
  const addOne = (id: number, words: string[]) => insert.run(id, words.join(" "));
  return {
    addOne,
    addAll: database.transaction((documents: Iterable<{ id: number; words: string[] }>) => {
      for (const { id, words } of documents) addOne(id, words);
    }),
    search: (words) => find.all(words.map((word) => `"${word}"`).join(" OR "), TOP),
    fileBytes: () => statSync(file).size,
    close() {
      database.close();
      rmSync(dir, { recursive: true });
    },
  };
}

export const subjects = {
  ours: createOurs,
  minisearch: createMiniSearch,
  fts5: createFts5,
  exhaustive: createExhaustive,
} satisfies Record<string, () => Subject>;

export type SubjectName = keyof typeof subjects;
