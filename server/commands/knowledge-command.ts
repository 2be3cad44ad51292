import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { createSegmenter } from "../../knowledge/text/segment.ts";
import { createSeal } from "../store/seal.ts";
import { openDatabase } from "../store/sqlite/database.ts";
import { createSqliteStore } from "../store/sqlite/store.ts";
import { markFirstKnowledge, openKnowledge } from "../understanding.ts";
import { type KnowledgeVerb, runKnowledgeCommand } from "./knowledge.ts";

const migrationsDir = join(import.meta.dirname, "../store/sqlite/migrations");

/** Runs a knowledge verb on a data directory; an import into a new one starts from an empty base. Yields lines of output. */
export async function* knowledgeCommand(
  verb: KnowledgeVerb,
  options: { dataDir: string; secretKey: string; input: AsyncIterable<string>; limit?: number; publish?: boolean },
): AsyncGenerator<object> {
  const { dataDir, secretKey, ...rest } = options;
  const clock = { now: () => new Date() };
  const database = openDatabase({ file: join(dataDir, "jiesu.sqlite"), migrationsDir });
  try {
    const store = createSqliteStore({ database, seal: createSeal(secretKey), newId: randomUUID, clock });
    const { knowledge, knowledgeStore } = openKnowledge({ database, segmenter: createSegmenter(), clock });
    yield* runKnowledgeCommand(verb, { ...rest, store: knowledgeStore, knowledge, at: clock.now() });
    // An import that failed leaves a new data directory free for the starter entries.
    if (verb === "import") await markFirstKnowledge(store, "import");
  } finally {
    await database.close();
  }
}
