import type { CheckedRow } from "../../../../knowledge/import/check.ts";
import type { SqliteDatabase } from "../database.ts";
import type { createEntryImport } from "./entry-import.ts";
import { createImportTable } from "./import-table.ts";

export interface ImportPieces {
  /**
   * Resolves when every file that was started is in as a whole, at once when there is none. Who waits takes part in the work, so
   * that nobody waits for a process that has ended. Rejects when the database does; what is in stays in, and the rest goes on later.
   */
  settled(): Promise<void>;
  /** Ends after the piece that is being written; from then on nobody waits for the rest. */
  stop(): Promise<void>;
}

/** One piece is written for so long before others get their turn. */
const SLICE_MS = 8;
const CHUNK = 25;
/** About a thousand pages. */
const PIECES_A_CHECKPOINT = 10;

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
    const { id, by, nextRow } = under;
    const [at, end] = [now(), performance.now() + SLICE_MS];
    let done = nextRow === 0 ? 0 : under.done;
    for (const { seq, body } of rowsFrom(id, nextRow)) {
      const { content } = JSON.parse(body) as CheckedRow;
      if (content) take(content, { publish: false, by, at, importId: id });
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
    }
  }

  return {
    async settled() {
      if (isStopped || !imports.isUnderWay()) return;
      running ??= writeAll().finally(() => {
        running = undefined;
      });
      await running;
    },
    async stop() {
      isStopped = true;
      await running?.catch(() => undefined);
    },
  };
}
