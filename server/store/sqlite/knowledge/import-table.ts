import type { Mapping } from "../../../../knowledge/import/fields.ts";
import type { Defaults } from "../../../../knowledge/import/proposal.ts";
import type { FindingKind, KeptRow, Summary } from "../../../knowledge/import/task.ts";
import type { SqliteDatabase } from "../database.ts";

export type ImportState = "reading" | "ready" | "importing" | "done" | "failed" | "cancelled";

/** What editors set for the whole file. */
export interface ImportSettings {
  mapping?: Mapping;
  defaults: Defaults;
}

/** How it ended: how many rows were imported and left out, or the sentence that says why nothing was. */
export type ImportOutcome = { imported: number; leftOut: number } | { fault: string };

export interface ImportRow {
  id: string;
  by: string;
  fileName: string;
  state: ImportState;
  /** Its rows are for citizens as soon as they are in; drafts otherwise. */
  publish: boolean;
  turn: number;
  /** How often it was begun since its state last changed. */
  tries: number;
  settings: ImportSettings;
  summary?: Summary;
  outcome?: ImportOutcome;
  /** Rows that are to be read or imported, and how many have been. */
  total: number;
  done: number;
  /** Of one that is being taken in: the row from which on that goes on. */
  nextRow: number;
  createdAt: Date;
  changedAt: Date;
}

export interface RowFilter {
  only: "all" | "faults" | "findings" | "contradictions";
  offset: number;
  limit: number;
}

/** `faults`: rows that cannot be imported; the others are counted by their gravest finding, and `chosen` is what a start imports. */
export interface RowCounts {
  faults: number;
  chosen: number;
  contradiction: number;
  duplicate: number;
  update: number;
  unchanged: number;
}

interface Raw {
  id: string;
  by: string;
  file_name: string;
  state: ImportState;
  publish: number;
  turn: number;
  tries: number;
  settings: string;
  summary: string | null;
  outcome: string | null;
  total: number;
  done: number;
  next_row: number;
  created_at: number;
  changed_at: number;
}

const toImport = (raw: Raw): ImportRow => ({
  id: raw.id,
  by: raw.by,
  fileName: raw.file_name,
  state: raw.state,
  publish: raw.publish === 1,
  turn: raw.turn,
  tries: raw.tries,
  settings: JSON.parse(raw.settings) as ImportSettings,
  summary: raw.summary === null ? undefined : (JSON.parse(raw.summary) as Summary),
  outcome: raw.outcome === null ? undefined : (JSON.parse(raw.outcome) as ImportOutcome),
  total: raw.total,
  done: raw.done,
  nextRow: raw.next_row,
  createdAt: new Date(raw.created_at),
  changedAt: new Date(raw.changed_at),
});

const ONLY: Readonly<Record<RowFilter["only"], string>> = {
  all: "",
  faults: "AND has_fault = 1",
  findings: "AND finding IS NOT NULL",
  contradictions: "AND finding = 'contradiction'",
};

export type ImportTable = ReturnType<typeof createImportTable>;

/** Files that are being imported. What changes something must run inside a write. */
export function createImportTable({ raw }: SqliteDatabase) {
  const sql = {
    add: raw.prepare(
      "INSERT INTO knowledge_imports (id, by, file_name, state, settings, created_at, changed_at, publish) VALUES (?, ?, ?, 'reading', ?, ?, ?, ?)",
    ),
    find: raw.prepare<[string], Raw>("SELECT * FROM knowledge_imports WHERE id = ?"),
    newest: raw.prepare<[number], Raw>("SELECT * FROM knowledge_imports ORDER BY created_at DESC, id LIMIT ?"),
    inState: raw.prepare<[string, number], Raw>(
      "SELECT * FROM knowledge_imports WHERE state = ? AND changed_at < ? ORDER BY created_at",
    ),
    turn: raw.prepare<[number, string, string], { turn: number }>(
      "UPDATE knowledge_imports SET turn = turn + 1, tries = tries + 1, changed_at = ? WHERE id = ? AND state = ? RETURNING turn",
    ),
    move: raw.prepare(
      "UPDATE knowledge_imports SET state = ?, tries = 0, changed_at = ? WHERE id = ? AND state = ? AND (? IS NULL OR turn = ?)",
    ),
    settings: raw.prepare("UPDATE knowledge_imports SET settings = ? WHERE id = ?"),
    summary: raw.prepare("UPDATE knowledge_imports SET summary = ?, total = ?, done = 0 WHERE id = ?"),
    outcome: raw.prepare("UPDATE knowledge_imports SET outcome = ? WHERE id = ?"),
    done: raw.prepare("UPDATE knowledge_imports SET done = ?, total = ?, changed_at = ? WHERE id = ?"),
    underWay: raw.prepare<[], Raw>(
      "SELECT * FROM knowledge_imports WHERE state = 'importing' ORDER BY created_at, id LIMIT 1",
    ),
    isUnderWay: raw.prepare<[], number>("SELECT 1 FROM knowledge_imports WHERE state = 'importing' LIMIT 1").pluck(),
    nextRow: raw.prepare("UPDATE knowledge_imports SET next_row = ? WHERE id = ?"),
    drop: raw.prepare(`
      DELETE FROM knowledge_import_rows WHERE import_id = @id AND seq IN
        (SELECT seq FROM knowledge_import_rows WHERE import_id = @id ORDER BY seq LIMIT @limit)`),
    row: raw.prepare("INSERT INTO knowledge_import_rows VALUES (?, ?, ?, ?, ?, ?)"),
    size: raw
      .prepare<[string], number>("SELECT coalesce(max(seq) + 1, 0) FROM knowledge_import_rows WHERE import_id = ?")
      .pluck(),
    faulty: raw
      .prepare<[string], number>("SELECT seq FROM knowledge_import_rows WHERE import_id = ? AND has_fault = 1")
      .pluck(),
    choose: raw.prepare(`
      UPDATE knowledge_import_rows SET chosen = 1 - chosen WHERE import_id = @id AND seq >= @from AND seq < @to
        AND chosen <> (seq IN (SELECT value FROM json_each(@wanted)))`),
    chosen: raw.prepare<[string, number, number], { seq: number; body: string }>(
      "SELECT seq, body FROM knowledge_import_rows WHERE import_id = ? AND chosen = 1 AND seq >= ? ORDER BY seq LIMIT ?",
    ),
    counts: raw.prepare<[string], { finding: FindingKind | null; has_fault: number; rows: number; chosen: number }>(
      "SELECT finding, has_fault, count(*) rows, sum(chosen) chosen FROM knowledge_import_rows WHERE import_id = ? GROUP BY finding, has_fault",
    ),
    ended: raw.prepare<[number], { id: string }>(
      "SELECT id FROM knowledge_imports WHERE state IN ('done', 'failed', 'cancelled', 'ready') AND changed_at < ?",
    ),
    remove: raw.prepare("DELETE FROM knowledge_imports WHERE id = ?"),
  };
  const rows = Object.fromEntries(
    Object.entries(ONLY).map(([only, where]) => [
      only,
      raw.prepare<[string, number, number], { seq: number; chosen: number; body: string }>(
        `SELECT seq, chosen, body FROM knowledge_import_rows WHERE import_id = ? ${where} ORDER BY seq LIMIT ? OFFSET ?`,
      ),
    ]),
  );

  return {
    add(given: {
      id: string;
      by: string;
      fileName: string;
      settings: ImportSettings;
      at: Date;
      publish?: boolean;
    }): void {
      const { id, by, fileName, settings, at, publish = false } = given;
      sql.add.run(id, by, fileName, JSON.stringify(settings), at.getTime(), at.getTime(), publish ? 1 : 0);
    },
    find(id: string): ImportRow | undefined {
      const found = sql.find.get(id);
      return found && toImport(found);
    },
    newest: (limit: number): ImportRow[] => sql.newest.all(limit).map(toImport),
    inState: (state: ImportState, untouchedSince: Date): ImportRow[] =>
      sql.inState.all(state, untouchedSince.getTime()).map(toImport),
    /** Begins to work on an import in `state`; who did so before may write no more. */
    takeTurn: (id: string, state: ImportState, at: Date): number | undefined =>
      sql.turn.get(at.getTime(), id, state)?.turn,
    /** False where it is in another state by now, or somebody else's turn. */
    move(id: string, from: ImportState, to: ImportState, at: Date, turn?: number): boolean {
      return sql.move.run(to, at.getTime(), id, from, turn ?? null, turn ?? null).changes > 0;
    },
    set(id: string, settings: ImportSettings): void {
      sql.settings.run(JSON.stringify(settings), id);
    },
    summarize(id: string, summary: Summary): void {
      sql.summary.run(JSON.stringify(summary), summary.total, id);
    },
    end(id: string, outcome: ImportOutcome): void {
      sql.outcome.run(JSON.stringify(outcome), id);
    },
    progress(id: string, done: number, total: number, at: Date): void {
      sql.done.run(done, total, at.getTime(), id);
    },
    /** The one that was started first of those that are being taken in. */
    underWay(): ImportRow | undefined {
      const found = sql.underWay.get();
      return found && toImport(found);
    },
    isUnderWay: (): boolean => sql.isUnderWay.get() !== undefined,
    goOnFrom(id: string, nextRow: number): void {
      sql.nextRow.run(nextRow, id);
    },
    /** At most `limit` of its rows; how many that were. */
    dropRows: (id: string, limit: number): number => sql.drop.run({ id, limit }).changes,
    keepRows(id: string, kept: readonly KeptRow[]): void {
      for (const { seq, hasFault, finding, body } of kept) {
        sql.row.run(id, seq, hasFault ? 1 : 0, finding ?? null, hasFault ? 0 : 1, body);
      }
    },
    rows: (id: string, { only, offset, limit }: RowFilter) =>
      (rows[only]?.all(id, limit, offset) ?? []).map(({ chosen, ...row }) => ({ ...row, chosen: chosen === 1 })),
    /** How many rows it has; they are numbered from 0. */
    size: (id: string): number => sql.size.get(id) ?? 0,
    /** The numbers of its rows with faults. */
    faulty: (id: string): number[] => sql.faulty.all(id),
    /** Of the rows from `from` to before `to`, those of `wanted` are to be imported and no others. */
    choose(id: string, from: number, to: number, wanted: readonly number[]): void {
      sql.choose.run({ id, from, to, wanted: JSON.stringify(wanted) });
    },
    chosen: (id: string, from: number, limit: number) => sql.chosen.all(id, from, limit),
    counts(id: string): RowCounts {
      const counts: RowCounts = { faults: 0, chosen: 0, contradiction: 0, duplicate: 0, update: 0, unchanged: 0 };
      for (const { finding, has_fault, rows: number, chosen } of sql.counts.all(id)) {
        counts.chosen += chosen;
        if (has_fault === 1) counts.faults += number;
        else if (finding) counts[finding] += number;
      }
      return counts;
    },
    ended: (before: Date): string[] => sql.ended.all(before.getTime()).map(({ id }) => id),
    remove(id: string): void {
      sql.remove.run(id);
    },
  };
}

const CLEARED = 500;

/** Deletes the rows of an import, some in each write, so that nobody waits long for it. */
export async function clearRows(
  parts: { table: Pick<ImportTable, "dropRows">; database: { write(work: () => number): Promise<number> } },
  id: string,
): Promise<void> {
  const { table, database } = parts;
  while ((await database.write(() => table.dropRows(id, CLEARED))) === CLEARED);
}
