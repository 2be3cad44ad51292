import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { migrate } from "./migrate.ts";
import { createPresence, createSolitude, type Presence } from "./presence.ts";

/**
 * One SQLite file with write-ahead log. What `write` resolves with is durable (synchronous = FULL).
 * Reads go straight to `raw`.
 */
export interface SqliteDatabase {
  raw: Database.Database;
  presence: Presence;
  /**
   * Runs `work` inside a transaction. Works that arrive while others wait share one commit, and so one fsync; each has a
   * savepoint of its own, so one that throws undoes only itself. Rejects with what `work` threw, or with the error of the commit.
   */
  write<T>(work: () => T): Promise<T>;
  /** Copies what the write-ahead log holds into the file. Who writes much does so now and then; else one commit in between does it for all. */
  checkpoint(): void;
  close(): Promise<void>;
}

const CACHE_KIB = 32_768;
/** Pages of 4 KiB. Eight times SQLite's own figure: fewer checkpoints were worth a tenth to a third more turns a second. */
const CHECKPOINT_PAGES = 8_000;
/** Works in one commit. More would save hardly any fsync, and keep everything else in the process waiting. */
const MOST_IN_COMMIT = 256;

interface Waiting {
  run(): void;
  resolve(): void;
  reject(error: unknown): void;
}

/** Opens or creates `file` (":memory:" for tests) and brings it to the newest migration of `migrationsDir`. */
export function openDatabase(options: { file: string; migrationsDir: string }): SqliteDatabase {
  if (options.file !== ":memory:") mkdirSync(dirname(options.file), { recursive: true });
  const raw = new Database(options.file);
  raw.pragma("busy_timeout = 5000");
  raw.pragma("journal_mode = WAL");
  raw.pragma("synchronous = FULL");
  raw.pragma("foreign_keys = ON");
  // What savepoints may have to put back is kept in memory rather than in a temporary file.
  raw.pragma("temp_store = MEMORY");
  raw.pragma(`cache_size = -${CACHE_KIB}`);
  raw.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  migrate(raw, options.migrationsDir);
  const group = createGroupCommit(raw);
  const presence = options.file === ":memory:" ? createSolitude() : createPresence(`${options.file}-presence`);
  return {
    raw,
    presence,
    write: group.write,
    checkpoint() {
      raw.pragma("wal_checkpoint(PASSIVE)");
    },
    async close() {
      await group.settled();
      raw.close();
      presence.leave();
    },
  };
}

function createGroupCommit(raw: Database.Database) {
  const queue: Waiting[] = [];
  let scheduled: Promise<void> | undefined;

  const begin = raw.prepare("BEGIN IMMEDIATE");
  const commit = raw.prepare("COMMIT");
  const savepoint = raw.prepare("SAVEPOINT work");
  const release = raw.prepare("RELEASE work");
  const undo = raw.prepare("ROLLBACK TO work");

  function attempt(waiting: Waiting): (() => void) | undefined {
    savepoint.run();
    try {
      waiting.run();
      release.run();
      return undefined;
    } catch (error) {
      if (!raw.inTransaction) throw error;
      undo.run();
      release.run();
      return () => waiting.reject(error);
    }
  }

  function flush(): void {
    const batch = queue.splice(0, MOST_IN_COMMIT);
    scheduled = queue.length > 0 ? schedule() : undefined;
    try {
      begin.run();
      const failures = batch.map(attempt);
      commit.run();
      for (const [index, waiting] of batch.entries()) (failures[index] ?? waiting.resolve)();
    } catch (error) {
      if (raw.inTransaction) raw.exec("ROLLBACK");
      for (const waiting of batch) waiting.reject(error);
    }
  }

  function schedule(): Promise<void> {
    return new Promise((resolve) => {
      setImmediate(() => {
        flush();
        resolve();
      });
    });
  }

  return {
    write<T>(work: () => T): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        let result: T;
        queue.push({
          run: () => {
            result = work();
          },
          resolve: () => resolve(result),
          reject,
        });
        scheduled ??= schedule();
      });
    },
    async settled(): Promise<void> {
      while (scheduled) await scheduled;
    },
  };
}
