import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { createSegmenter } from "../../knowledge/text/segment.ts";
import { createKnowledgeExport } from "../knowledge/import/export.ts";
import { createLogger } from "../log.ts";
import { createSeal } from "../store/seal.ts";
import { openDatabase } from "../store/sqlite/database.ts";
import { createSqliteStore } from "../store/sqlite/store.ts";
import { markFirstKnowledge, openKnowledge } from "../understanding.ts";
import { type KnowledgeVerb, runKnowledgeCommand } from "./knowledge.ts";
import { isJsonLines, knowledgeImportFile } from "./knowledge-file.ts";

const migrationsDir = join(import.meta.dirname, "../store/sqlite/migrations");

interface Surroundings {
  dataDir: string;
  secretKey: string;
}

/** Runs a knowledge verb on a data directory; an import into a new one starts from an empty base. Yields lines of output. */
export async function* knowledgeCommand(
  verb: KnowledgeVerb,
  options: Surroundings & { input: AsyncIterable<string>; limit?: number; publish?: boolean },
): AsyncGenerator<object> {
  const opened = open(options);
  const { limit, publish, input } = options;
  try {
    const { knowledge, knowledgeStore: store, clock } = opened;
    yield* runKnowledgeCommand(verb, { input, limit, publish, store, knowledge, at: clock.now() });
    if (verb === "import") await opened.markImported();
  } finally {
    await opened.close();
  }
}

/** Imports a file of any kind that editors have; lines of JSON are read as they come. */
export async function* knowledgeFileCommand(
  options: Surroundings & {
    file: string;
    publish: boolean;
    lines(): AsyncIterable<string>;
    report(line: string): void;
  },
): AsyncGenerator<object> {
  const { file, publish, report, lines, ...surroundings } = options;
  if (await isJsonLines(file)) {
    yield* knowledgeCommand("import", { ...surroundings, input: lines(), publish });
    return;
  }
  const opened = open(surroundings);
  try {
    const { knowledgeStore: store, databaseFile } = opened;
    yield* knowledgeImportFile({ file, databaseFile, publish, store, report });
    await opened.markImported();
  } finally {
    await opened.close();
  }
}

/** All entries that are in use or may come into use, as the bytes of a file. */
export async function* knowledgeExportCommand(
  options: Surroundings & { format: "jsonl" | "xlsx" },
): AsyncGenerator<string | Uint8Array> {
  const opened = open(options);
  try {
    const { knowledgeStore: store, databaseFile } = opened;
    const exported = createKnowledgeExport({ store, databaseFile });
    if (options.format === "jsonl") yield* exported.lines();
    else yield await exported.xlsx();
  } finally {
    await opened.close();
  }
}

/** From so many entries on an import also builds and keeps the index, so that the server's next start need not. */
const PREPARE_FROM = 1000;

function open({ dataDir, secretKey }: Surroundings) {
  const clock = { now: () => new Date() };
  const databaseFile = join(dataDir, "jiesu.sqlite");
  const database = openDatabase({ file: databaseFile, migrationsDir });
  const store = createSqliteStore({ database, seal: createSeal(secretKey), newId: randomUUID, clock });
  const log = createLogger("warn");
  const house = openKnowledge({ database, segmenter: createSegmenter(), clock, dataDir, log });
  return {
    ...house,
    clock,
    databaseFile,
    /** An import that failed leaves a new data directory free for the starter entries. */
    async markImported() {
      await markFirstKnowledge(store, "import");
      if ((await house.knowledgeStore.lastChange()) >= PREPARE_FROM) await house.knowledge.refresh();
    },
    async close() {
      await house.knowledge.close();
      await database.close();
    },
  };
}
