import Database from "better-sqlite3";

/** Which processes live with a database file, known by locks that the operating system takes back when a process dies. */
export interface Presence {
  /**
   * Marks this process as living with the file. When no other process does, `ifAlone` is run first, while none can
   * come: whatever the file says that others hold is held by the dead. Only the first call does anything.
   */
  enter(ifAlone: () => void): void;
  leave(): void;
}

const WAIT_MS = 5_000;

/**
 * The lock lies on `file`, an empty SQLite file beside the data: a living process keeps a shared lock on it, and who gets
 * the exclusive one is alone ("File Locking And Concurrency In SQLite Version 3"). A file of its own, because
 * a lock on the data would hold up its checkpoints.
 */
export function createPresence(file: string): Presence {
  let lock: Database.Database | undefined;

  function lockAlone(raw: Database.Database): boolean {
    raw.pragma("busy_timeout = 0");
    try {
      raw.exec("BEGIN EXCLUSIVE");
      return true;
    } catch (error) {
      if (error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY")) return false;
      throw error;
    }
  }

  return {
    enter(ifAlone) {
      if (lock) return;
      const raw = new Database(file);
      lock = raw;
      if (lockAlone(raw)) {
        ifAlone();
        raw.exec("COMMIT");
      }
      // Somebody who looks whether they are alone holds the lock for a moment.
      raw.pragma(`busy_timeout = ${WAIT_MS}`);
      raw.exec("BEGIN; SELECT count(*) FROM sqlite_schema");
    },
    leave() {
      lock?.close();
      lock = undefined;
    },
  };
}

/** For a database in memory: nobody else can have it, and nothing in it is older than this process. */
export const createSolitude = (): Presence => ({ enter() {}, leave() {} });
