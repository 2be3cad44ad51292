import type { Entry, EntrySource } from "../../../knowledge/policies/entry.ts";
import type { SqliteDatabase } from "./database.ts";

/** The knowledge base's entries. What a verb has resolved with is durable, and other processes see it at their next look. */
export interface KnowledgeStore extends EntrySource {
  /** Adds the entries or replaces those with the same id, all or nothing; how many were written. `publish` decides their status. */
  importEntries(entries: readonly Entry[], options: { publish: boolean }): Promise<number>;
  /** Every entry that is not withdrawn, in the order of the last change. */
  all(): Promise<Entry[]>;
  /** Takes an entry out of use at once; false when there is none in use. */
  withdraw(id: string): Promise<boolean>;
  /** The number of the newest change, 0 for an empty base. */
  lastChange(): Promise<number>;
}

interface Row {
  status: Entry["status"];
  body: string;
}

const toEntry = (row: Row): Entry => ({ ...(JSON.parse(row.body) as Omit<Entry, "status">), status: row.status });

export function createKnowledgeStore({ database }: { database: SqliteDatabase }): KnowledgeStore {
  const { raw } = database;
  const newest = raw.prepare<[], number>("SELECT coalesce(max(change), 0) FROM knowledge_entries").pluck();
  const since = raw.prepare<[number], Row>(
    "SELECT status, body FROM knowledge_entries WHERE change > ? ORDER BY change",
  );
  const inUse = raw.prepare<[], Row>(
    "SELECT status, body FROM knowledge_entries WHERE status <> 'withdrawn' ORDER BY change",
  );
  const put = raw.prepare<[string, number, string, string, string]>(
    `INSERT INTO knowledge_entries (id, change, status, body, changed_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET change = excluded.change, status = excluded.status, body = excluded.body, changed_at = excluded.changed_at`,
  );
  const retire = raw.prepare<[number, string, string]>(
    "UPDATE knowledge_entries SET change = ?, status = 'withdrawn', changed_at = ? WHERE id = ? AND status <> 'withdrawn'",
  );
  const last = () => newest.get() ?? 0;
  const timestamp = () => new Date().toISOString();

  return {
    async lastChange() {
      return last();
    },
    async all() {
      return inUse.all().map(toEntry);
    },
    async changedSince(change) {
      const read = raw.transaction(() => ({ change: last(), rows: since.all(change) }));
      const { rows, ...rest } = read();
      return { ...rest, entries: rows.map(toEntry) };
    },
    importEntries(entries, { publish }) {
      return database.write(() => {
        let change = last();
        for (const { status: _, ...body } of entries) {
          change += 1;
          put.run(body.id, change, publish ? "published" : "draft", JSON.stringify(body), timestamp());
        }
        return entries.length;
      });
    },
    withdraw: (id) => database.write(() => retire.run(last() + 1, timestamp(), id).changes > 0),
  };
}
