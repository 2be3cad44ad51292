import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "../../../bots/ports.ts";
import { createSeal } from "../../../server/store/seal.ts";
import { openDatabase } from "../../../server/store/sqlite/database.ts";
import { createSqliteStore } from "../../../server/store/sqlite/store.ts";

export const migrationsDir = join(import.meta.dirname, "../../../server/store/sqlite/migrations");

/** A store on `file`, with a key that is the same each time unless told otherwise. */
export function openSqlite(file: string, options: { secretKey?: string; clock?: Clock } = {}) {
  const database = openDatabase({ file, migrationsDir });
  const seal = createSeal(options.secretKey ?? "a key for the tests of the store");
  try {
    const store = createSqliteStore({ database, seal, newId: randomUUID, clock: options.clock });
    return { store, database, close: () => database.close() };
  } catch (error) {
    database.raw.close();
    throw error;
  }
}

/** Runs `test` with a folder of its own, removed afterwards. */
export async function inFolder(test: (dir: string) => Promise<void>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), "jiesu-store-"));
  try {
    await test(dir);
  } finally {
    await rm(dir, { recursive: true });
  }
}
