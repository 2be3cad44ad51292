import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type Database from "better-sqlite3";

/**
 * Applies the files `NNN_name.sql` of a folder in the order of their numbers, each once, all of them in one transaction: two
 * processes that start together do not migrate twice, and a migration that fails leaves the database as it was.
 * Throws when the database has seen a migration that this version of the program does not know: it was written by a newer one.
 */
export function migrate(raw: Database.Database, migrationsDir: string): void {
  const files = readdirSync(migrationsDir)
    .filter((file) => /^\d{3}_.+\.sql$/.test(file))
    .sort();
  raw.transaction(() => applyMissing(raw, migrationsDir, files)).immediate();
}

function applyMissing(raw: Database.Database, migrationsDir: string, files: string[]): void {
  raw.exec("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL) STRICT");
  const applied = new Set(raw.prepare<[], string>("SELECT name FROM migrations").pluck().all());
  const unknown = [...applied].filter((name) => !files.includes(name));
  if (unknown.length > 0) {
    throw new Error(
      `the database ${raw.name} was written by a newer version (${unknown.join(", ")}); start that version, or restore a backup`,
    );
  }
  const note = raw.prepare("INSERT INTO migrations (name, applied_at) VALUES (?, ?)");
  for (const file of files.filter((name) => !applied.has(name))) {
    raw.exec(readFileSync(join(migrationsDir, file), "utf8"));
    note.run(file, new Date().toISOString());
  }
}
