import type { Content } from "../../../../knowledge/life/content.ts";
import type { VersionState } from "../../../../knowledge/life/states.ts";
import type { EntryStatus } from "../../../../knowledge/policies/entry.ts";
import type { SqliteDatabase } from "../database.ts";

/** An entry as the store has it. */
export interface EntryRow {
  id: string;
  /** Numbers every deed of editors; another number than the one somebody saw means that something happened since. */
  edit: number;
  /** As citizens have it; draft: never published. */
  status: EntryStatus;
  /** What citizens are or were answered from; of an entry that was never published the newest. */
  version: number;
  /** What editors go on from. */
  head: number;
}

export interface VersionRow {
  entryId: string;
  version: number;
  state: VersionState;
  /** The version it was written on. */
  base?: number;
  author: string;
  /** Everybody who wrote at it since the last published version. */
  writers: string[];
  savedAt: Date;
  publishAt?: Date;
  publishedAt?: Date;
  content: Content;
}

export type EntryTable = ReturnType<typeof createEntryTable>;

interface RawVersion {
  entry_id: string;
  version: number;
  state: VersionState;
  base: number | null;
  author: string;
  writers: string;
  saved_at: number;
  publish_at: number | null;
  published_at: number | null;
  body: string;
}

const toVersion = (row: RawVersion): VersionRow => ({
  entryId: row.entry_id,
  version: row.version,
  state: row.state,
  base: row.base ?? undefined,
  author: row.author,
  writers: JSON.parse(row.writers) as string[],
  savedAt: new Date(row.saved_at),
  publishAt: row.publish_at === null ? undefined : new Date(row.publish_at),
  publishedAt: row.published_at === null ? undefined : new Date(row.published_at),
  content: JSON.parse(row.body) as Content,
});

/**
 * Entries and their versions, those of a file that is being taken in included: who may see only whole files waits for
 * `KnowledgeStore.settled` first. Reads at any time; everything that writes must run inside a write.
 */
export function createEntryTable(database: SqliteDatabase) {
  const sql = prepare(database);
  const newestChange = (): number => sql.newest.get() ?? 0;
  const newestEdit = (): number => sql.newestEdit.get() ?? 0;
  const nextChange = () => newestChange() + 1;
  const nextEdit = () => newestEdit() + 1;

  return {
    /** The number of the newest change that citizens notice, and of the newest that editors do; 0 for an empty base. */
    newestChange,
    newestEdit,
    find: (id: string): EntryRow | undefined => sql.find.get(id),
    version(id: string, version: number): VersionRow | undefined {
      const row = sql.version.get(id, version);
      return row && toVersion(row);
    },
    /** Newest first. */
    versions: (id: string): VersionRow[] => sql.versions.all(id).map(toVersion),
    newestVersion: (id: string): number => sql.newestVersion.get(id) ?? 0,
    /** Drafts, reviewed, approved and scheduled versions of an entry, oldest first. */
    inHand: (id: string): VersionRow[] => sql.inHand.all(id).map(toVersion),
    asideOf: (id: string, base: number, author: string): VersionRow[] => sql.aside.all(id, base, author).map(toVersion),
    scheduledDue: (now: Date, limit: number): { entryId: string; version: number }[] =>
      sql.scheduledDue.all(now.getTime(), limit),
    /** Published entries whose last day lies before `day`. */
    endedBefore: (day: string, limit: number): string[] => sql.endedBefore.all(day, limit),
    isCurrent: (id: string, version: number): boolean => sql.isCurrent.get(id, version) !== undefined,

    addVersion(row: VersionRow): void {
      sql.addVersion.run(
        row.entryId,
        row.version,
        row.state,
        row.base ?? null,
        row.author,
        JSON.stringify(row.writers),
        row.savedAt.getTime(),
        row.publishAt?.getTime() ?? null,
        row.publishedAt?.getTime() ?? null,
        JSON.stringify(row.content),
      );
    },
    setState(
      id: string,
      version: number,
      state: VersionState,
      at: { publishAt?: Date; publishedAt?: Date } = {},
    ): void {
      sql.setState.run(state, at.publishAt?.getTime() ?? null, at.publishedAt?.getTime() ?? null, id, version);
    },
    /** A new entry, or what citizens have of it: they notice. `head` stays where it is absent. `importId`: with all of which it is there. */
    show(row: {
      content: Content;
      status: EntryStatus;
      version: number;
      head?: number;
      at: Date;
      importId?: string;
    }): void {
      const { content, status, version, head, at, importId } = row;
      const endsOn = status === "published" ? (content.validTo ?? null) : null;
      const body = JSON.stringify(content);
      sql.show.run({
        id: content.id,
        change: nextChange(),
        edit: nextEdit(),
        status,
        version,
        head: head ?? null,
        endsOn,
        body,
        at: at.toISOString(),
        importId: importId ?? null,
      });
    },
    /** What citizens do not notice: a newer version to go on from. */
    goOnFrom(id: string, head: number): void {
      sql.goOnFrom.run(head, nextEdit(), id);
    },
    /** The newest text of an entry that was never published. */
    keepDraft(content: Content, version: number): void {
      sql.keepDraft.run(version, JSON.stringify(content), content.id);
    },
    touch(id: string): void {
      sql.touch.run(nextEdit(), id);
    },
  };
}

function prepare({ raw }: SqliteDatabase) {
  return {
    find: raw.prepare<[string], EntryRow>(
      "SELECT id, edit, status, version, head FROM knowledge_entry_rows WHERE id = ?",
    ),
    newest: raw.prepare<[], number>("SELECT coalesce(max(change), 0) FROM knowledge_entry_rows").pluck(),
    newestEdit: raw.prepare<[], number>("SELECT coalesce(max(edit), 0) FROM knowledge_entry_rows").pluck(),
    version: raw.prepare<[string, number], RawVersion>(
      "SELECT * FROM knowledge_versions WHERE entry_id = ? AND version = ?",
    ),
    versions: raw.prepare<[string], RawVersion>(
      "SELECT * FROM knowledge_versions WHERE entry_id = ? ORDER BY version DESC",
    ),
    newestVersion: raw
      .prepare<[string], number>("SELECT coalesce(max(version), 0) FROM knowledge_versions WHERE entry_id = ?")
      .pluck(),
    inHand: raw.prepare<[string], RawVersion>(`
      SELECT * FROM knowledge_versions
      WHERE entry_id = ? AND state IN ('draft', 'review', 'approved', 'scheduled') ORDER BY version`),
    aside: raw.prepare<[string, number, string], RawVersion>(
      "SELECT * FROM knowledge_versions WHERE entry_id = ? AND base = ? AND author = ? AND state = 'aside'",
    ),
    scheduledDue: raw.prepare<[number, number], { entryId: string; version: number }>(`
      SELECT entry_id AS entryId, version FROM knowledge_versions
      WHERE state = 'scheduled' AND publish_at <= ? ORDER BY publish_at, entry_id, version LIMIT ?`),
    endedBefore: raw
      .prepare<[string, number], string>(`
        SELECT id FROM knowledge_entry_rows
        WHERE status = 'published' AND ends_on IS NOT NULL AND ends_on < ? ORDER BY ends_on, id LIMIT ?`)
      .pluck(),
    isCurrent: raw.prepare<[string, number]>(
      "SELECT 1 FROM knowledge_entry_rows WHERE id = ? AND version = ? AND status = 'published'",
    ),
    addVersion: raw.prepare("INSERT INTO knowledge_versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
    setState: raw.prepare(`
      UPDATE knowledge_versions SET state = ?, publish_at = ?, published_at = coalesce(?, published_at)
      WHERE entry_id = ? AND version = ?`),
    show: raw.prepare(`
      INSERT INTO knowledge_entry_rows (id, change, edit, status, version, head, ends_on, body, changed_at, import_id)
      VALUES (@id, @change, @edit, @status, @version, coalesce(@head, @version), @endsOn, @body, @at, @importId)
      ON CONFLICT (id) DO UPDATE SET change = excluded.change, edit = excluded.edit, status = excluded.status,
        version = excluded.version, head = coalesce(@head, head), ends_on = excluded.ends_on, body = excluded.body,
        changed_at = excluded.changed_at, import_id = excluded.import_id`),
    goOnFrom: raw.prepare("UPDATE knowledge_entry_rows SET head = ?, edit = ? WHERE id = ?"),
    keepDraft: raw.prepare("UPDATE knowledge_entry_rows SET version = ?, body = ? WHERE id = ? AND status = 'draft'"),
    touch: raw.prepare("UPDATE knowledge_entry_rows SET edit = ? WHERE id = ?"),
  };
}
