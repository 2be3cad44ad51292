import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { CheckedRow } from "../../../../knowledge/import/check.ts";
import type { Content } from "../../../../knowledge/life/content.ts";
import type { SqliteDatabase } from "../database.ts";
import type { ComingIn, createEntryImport } from "./entry-import.ts";
import { clearRows, createImportTable, type ImportRow } from "./import-table.ts";

export interface ImportPieces {
  /**
   * Resolves when every file that was started is in as a whole, at once when there is none. Who waits takes part in the work, so
   * that nobody waits for a process that has ended. Rejects when the database does; what is in stays in, and the rest goes on later.
   */
  settled(): Promise<void>;
  /**
   * Brings in what does not come by the console: kept as rows first, a few at a time, then taken in like a file that was started. Throws
   * before anything has come in, or resolves when all of it has; what was started comes in whatever happens to this process.
   */
  bring(contents: readonly Content[], how: Pick<ComingIn, "publish" | "by">): Promise<void>;
  /** Ends after the piece that is being written; from then on nobody waits for the rest. */
  stop(): Promise<void>;
}

/** One piece is written for so long before others get their turn. */
const SLICE_MS = 8;
const CHUNK = 25;
/** About a thousand pages. */
const PIECES_A_CHECKPOINT = 10;
/**
 * After each piece the lock stays free for so long. Another process that waits for it looks at growing intervals, up to 100 ms apart
 * (sqlite3_busy_timeout), and without a pause would hardly ever find it free.
 */
const PAUSE_MS = 10;
/** How it stands among the files meanwhile. */
const COMMAND = "knowledge import";
/** Rows kept in one write. */
const KEPT_AT_ONCE = 200;

/**
 * Takes in the rows of files that were started, a few in each transaction. `start` has decided that all of them come in and nothing
 * takes that back: the rows are a log that is carried out from `next_row` on, by any process, also after a restart.
 */
export function createImportPieces(parts: {
  database: SqliteDatabase;
  take: ReturnType<typeof createEntryImport>;
  now(): Date;
}): ImportPieces {
  const { database, take, now } = parts;
  const imports = createImportTable(database);
  let isStopped = false;
  let running: Promise<void> | undefined;

  function* rowsFrom(id: string, first: number) {
    let chunk = imports.chosen(id, first, CHUNK);
    while (chunk.length > 0) {
      yield* chunk;
      chunk = imports.chosen(id, (chunk.at(-1)?.seq ?? first) + 1, CHUNK);
    }
  }

  function writePiece(): void {
    const under = imports.underWay();
    if (!under) return;
    const { id, nextRow } = under;
    const [at, end] = [now(), performance.now() + SLICE_MS];
    let done = nextRow === 0 ? 0 : under.done;
    for (const { seq, body } of rowsFrom(id, nextRow)) {
      const { content } = JSON.parse(body) as CheckedRow;
      if (content) take(content, comingIn(under, at));
      done++;
      if (performance.now() >= end) {
        imports.goOnFrom(id, seq + 1);
        imports.progress(id, done, under.total, at);
        return;
      }
    }
    imports.progress(id, done, done, at);
    imports.end(id, { imported: done, leftOut: (under.summary?.total ?? done) - done });
    imports.move(id, "importing", "done", at);
  }

  async function writeAll(): Promise<void> {
    for (let written = 1; !isStopped && imports.isUnderWay(); written++) {
      await database.write(writePiece);
      if (written % PIECES_A_CHECKPOINT === 0) database.checkpoint();
      await sleep(PAUSE_MS);
    }
  }

  async function settled(): Promise<void> {
    if (isStopped || !imports.isUnderWay()) return;
    running ??= writeAll().finally(() => {
      running = undefined;
    });
    await running;
  }

  async function keepRows(id: string, contents: readonly Content[]): Promise<void> {
    for (let from = 0; from < contents.length; from += KEPT_AT_ONCE) {
      const rows = contents.slice(from, from + KEPT_AT_ONCE).map((content, i) => {
        const row: CheckedRow = {
          content,
          at: from + i,
          place: `第 ${from + i + 1} 条`,
          faults: [],
          warnings: [],
          findings: [],
        };
        return { seq: from + i, hasFault: false, body: JSON.stringify(row) };
      });
      await database.write(() => imports.keepRows(id, rows));
      await sleep(PAUSE_MS);
    }
  }

  return {
    settled,
    async bring(contents, { publish, by }) {
      const id = randomUUID();
      const settings = { defaults: {} };
      await database.write(() => imports.add({ id, by, fileName: COMMAND, settings, at: now(), publish }));
      await keepRows(id, contents);
      await database.write(() => {
        imports.progress(id, 0, contents.length, now());
        if (!imports.move(id, "reading", "importing", now()))
          throw new Error("the import was ended by another process");
      });
      await settled();
      if (imports.find(id)?.state !== "done") return;
      await clearRows({ table: imports, database }, id);
      await database.write(() => imports.remove(id));
    },
    async stop() {
      isStopped = true;
      await running?.catch(() => undefined);
    },
  };
}

/** Drafts are there all at once; what is for citizens, as it comes. */
const comingIn = ({ id, publish, by }: ImportRow, at: Date): ComingIn =>
  publish ? { publish, by, at } : { publish, by, at, importId: id };
