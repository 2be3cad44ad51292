import type { Clock } from "../../../bots/ports.ts";
import type { Content } from "../../../knowledge/life/content.ts";
import type { Entry, LastingEntrySource } from "../../../knowledge/policies/entry.ts";
import type { SqliteDatabase } from "./database.ts";
import { createAuditTable } from "./knowledge/audit-table.ts";
import { createEntryImport } from "./knowledge/entry-import.ts";
import { createEntryTable } from "./knowledge/entry-table.ts";
import { createImportPieces, type ImportPieces } from "./knowledge/import-pieces.ts";
import { createPastTable } from "./knowledge/past-table.ts";

/** The knowledge base's entries. What a verb has resolved with is durable, and other processes see it at their next look. */
export interface KnowledgeStore extends LastingEntrySource, ImportPieces {
  /**
   * Each entry becomes a new version of what has its id, all or nothing, over kills too; how many were read. `publish`: citizens are
   * answered from it at once, from many one after another; otherwise it is a draft, and what is published stays. One that says nothing
   * new changes nothing.
   */
  importEntries(entries: readonly Entry[], options: { publish: boolean }): Promise<number>;
  /** Every entry that is in use or may come into use, in the order of the last change. */
  all(): Promise<Entry[]>;
  /** Takes an entry out of use at once; false when there is none in use. */
  withdraw(id: string): Promise<boolean>;
  /** The number of the newest change, 0 for an empty base. */
  lastChange(): Promise<number>;
}

interface Row {
  status: Entry["status"];
  version: number;
  body: string;
}

/** So many entries hold nobody up for long; more of them come in some at a time. */
const AT_ONCE = 500;
/** Who the record of changes names for what came from a file. */
const IMPORT = "import";

const toEntry = ({ status, version, body }: Row): Entry => ({ ...(JSON.parse(body) as Content), status, version });

export function createKnowledgeStore({ database, clock }: { database: SqliteDatabase; clock?: Clock }): KnowledgeStore {
  const { raw } = database;
  // A draft was never published, so nobody who follows what is published has to hear of it.
  const since = raw.prepare<[number], Row>(
    "SELECT status, version, body FROM knowledge_entry_rows WHERE change > ? AND status <> 'draft' ORDER BY change",
  );
  const inUse = raw.prepare<[], Row>(
    "SELECT status, version, body FROM knowledge_entries WHERE status IN ('draft', 'published') ORDER BY change",
  );
  const one = raw.prepare<[string], Row>("SELECT status, version, body FROM knowledge_entries WHERE id = ?");
  const entries = createEntryTable(database);
  const pastTable = createPastTable(database);
  const audit = createAuditTable(database);
  const now = () => clock?.now() ?? new Date();
  const take = createEntryImport({ entries, audit });
  const pieces = createImportPieces({ database, take, now });

  return {
    ...pieces,
    async lastChange() {
      return entries.newestChange();
    },
    async all() {
      await pieces.settled();
      return inUse.all().map(toEntry);
    },
    read(id) {
      const row = one.get(id);
      return row && toEntry(row);
    },
    mark: pastTable.mark,
    goesOnFrom: pastTable.goesOnFrom,
    async changedSince(change) {
      const read = raw.transaction(() => ({ change: entries.newestChange(), rows: since.all(change) }));
      const { rows, ...rest } = read();
      return { ...rest, entries: rows.map(toEntry) };
    },
    async importEntries(given, { publish }) {
      await pieces.settled();
      const contents = given.map(({ status: _, version: __, ...content }) => content);
      if (contents.length > AT_ONCE) await pieces.bring(contents, { publish, by: IMPORT });
      else {
        await database.write(() => {
          const at = now();
          for (const content of contents) take(content, { publish, by: IMPORT, at });
        });
      }
      return contents.length;
    },
    withdraw: (id) =>
      database.write(() => {
        const known = entries.find(id);
        const shown = known && entries.version(id, known.version);
        if (!known || !shown || (known.status !== "published" && known.status !== "draft")) return false;
        const at = now();
        entries.show({ content: shown.content, status: "withdrawn", version: known.version, at });
        entries.setState(id, known.version, "withdrawn");
        audit.note({
          at,
          by: IMPORT,
          deed: "withdraw",
          entryId: id,
          version: known.version,
          from: known.status,
          to: "withdrawn",
        });
        return true;
      }),
  };
}
