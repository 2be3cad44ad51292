import type { SqliteDatabase } from "../database.ts";

/** What the record of changes knows: what people do, and what the program does by itself. */
export type AuditDeed =
  | "import"
  | "save"
  | "aside"
  | "submit"
  | "approve"
  | "reject"
  | "publish"
  | "schedule"
  | "unschedule"
  | "withdraw"
  | "expire"
  | "correct";

/** One change. `by` is a username, "import" for a file, or "clock" for what was due. */
export interface AuditLine {
  at: Date;
  by: string;
  deed: AuditDeed;
  entryId: string;
  version?: number;
  from?: string;
  to?: string;
  note?: string;
}

export interface AuditQuery {
  entryId?: string;
  by?: string;
  /** Only lines before this one. */
  before?: number;
  limit: number;
}

interface RawLine {
  seq: number;
  at: number;
  by: string;
  deed: AuditDeed;
  entry_id: string;
  version: number | null;
  from_state: string | null;
  to_state: string | null;
  note: string | null;
}

export type AuditTable = ReturnType<typeof createAuditTable>;

/** The record of every change; it only grows. `note` must run inside the write that it tells of. */
export function createAuditTable({ raw }: SqliteDatabase) {
  const add = raw.prepare(`
    INSERT INTO knowledge_audit (at, by, deed, entry_id, version, from_state, to_state, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  const list = raw.prepare<{ entryId: string | null; by: string | null; before: number; limit: number }, RawLine>(`
    SELECT * FROM knowledge_audit
    WHERE seq < @before AND (@entryId IS NULL OR entry_id = @entryId) AND (@by IS NULL OR by = @by)
    ORDER BY seq DESC LIMIT @limit`);
  return {
    note({ at, by, deed, entryId, version, from, to, note }: AuditLine): void {
      add.run(at.getTime(), by, deed, entryId, version ?? null, from ?? null, to ?? null, note ?? null);
    },
    /** Newest first; `seq` is where the next page begins. */
    lines({ entryId, by, before, limit }: AuditQuery): (AuditLine & { seq: number })[] {
      const rows = list.all({
        entryId: entryId ?? null,
        by: by ?? null,
        before: before ?? Number.MAX_SAFE_INTEGER,
        limit,
      });
      return rows.map((row) => ({
        seq: row.seq,
        at: new Date(row.at),
        by: row.by,
        deed: row.deed,
        entryId: row.entry_id,
        version: row.version ?? undefined,
        from: row.from_state ?? undefined,
        to: row.to_state ?? undefined,
        note: row.note ?? undefined,
      }));
    },
  };
}
