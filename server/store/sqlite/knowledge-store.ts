import type { Clock } from "../../../bots/ports.ts";
import { type Content, isSame } from "../../../knowledge/life/content.ts";
import { isInHand } from "../../../knowledge/life/states.ts";
import type { Entry, LastingEntrySource } from "../../../knowledge/policies/entry.ts";
import type { SqliteDatabase } from "./database.ts";
import { createAuditTable } from "./knowledge/audit-table.ts";
import { createEntryTable, type EntryRow } from "./knowledge/entry-table.ts";
import { createPastTable } from "./knowledge/past-table.ts";

/** The knowledge base's entries. What a verb has resolved with is durable, and other processes see it at their next look. */
export interface KnowledgeStore extends LastingEntrySource {
  /**
   * Each entry becomes a new version of what has its id, all or nothing; how many were read. `publish`: citizens are answered
   * from it at once; otherwise it is a draft, and what is published stays. One that says nothing new changes nothing.
   * `also` is done in the same transaction; when it throws nothing is imported.
   */
  importEntries(
    entries: readonly Entry[],
    options: { publish: boolean; by?: string; also?: () => void },
  ): Promise<number>;
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

/** Who the record of changes names for what came from a file. */
const IMPORT = "import";

const toEntry = ({ status, version, body }: Row): Entry => ({ ...(JSON.parse(body) as Content), status, version });

export function createKnowledgeStore({ database, clock }: { database: SqliteDatabase; clock?: Clock }): KnowledgeStore {
  const { raw } = database;
  const newest = raw.prepare<[], number>("SELECT coalesce(max(change), 0) FROM knowledge_entries").pluck();
  const since = raw.prepare<[number], Row>(
    "SELECT status, version, body FROM knowledge_entries WHERE change > ? ORDER BY change",
  );
  const inUse = raw.prepare<[], Row>(
    "SELECT status, version, body FROM knowledge_entries WHERE status IN ('draft', 'published') ORDER BY change",
  );
  const one = raw.prepare<[string], Row>("SELECT status, version, body FROM knowledge_entries WHERE id = ?");
  const entries = createEntryTable(database);
  const pastTable = createPastTable(database);
  const audit = createAuditTable(database);
  const now = () => clock?.now() ?? new Date();
  const last = () => newest.get() ?? 0;

  /**
   * A newer version takes the place of what is in hand; what is scheduled goes on only where nothing newer is published. The number of
   * the newer one.
   */
  function replace({ id, status, version }: EntryRow, publish: boolean): number {
    for (const each of entries.inHand(id)) {
      if (publish || isInHand(each.state)) entries.setState(id, each.version, "superseded");
    }
    if (publish && status === "published") entries.setState(id, version, "superseded");
    return entries.newestVersion(id) + 1;
  }

  /** Whether it says nothing new to editors, or where it is to be published to citizens. */
  function isKnown(known: EntryRow, content: Content, publish: boolean): boolean {
    const head = entries.version(known.id, known.head);
    return head !== undefined && isSame(head.content, content) && (!publish || isShown(known));
  }

  function take(content: Content, publish: boolean, by: string): void {
    const { id } = content;
    const known = entries.find(id);
    if (known && isKnown(known, content, publish)) return;
    const at = now();
    const version = known ? replace(known, publish) : 1;
    const state = publish ? "published" : "draft";
    const publishedAt = publish ? at : undefined;
    entries.addVersion({
      entryId: id,
      version,
      state,
      base: known?.head,
      author: by,
      writers: [by],
      savedAt: at,
      publishedAt,
      content,
    });
    if (publish || !known) entries.show({ content, status: state, version, head: version, at });
    else {
      entries.goOnFrom(id, version);
      entries.keepDraft(content, version);
    }
    audit.note({ at, by, deed: "import", entryId: id, version, from: known?.status, to: state });
  }

  return {
    async lastChange() {
      return last();
    },
    async all() {
      return inUse.all().map(toEntry);
    },
    read(id) {
      const row = one.get(id);
      return row && toEntry(row);
    },
    mark: pastTable.mark,
    goesOnFrom: pastTable.goesOnFrom,
    async changedSince(change) {
      const read = raw.transaction(() => ({ change: last(), rows: since.all(change) }));
      const { rows, ...rest } = read();
      return { ...rest, entries: rows.map(toEntry) };
    },
    importEntries(given, { publish, by = IMPORT, also }) {
      return database.write(() => {
        for (const { status: _, version: __, ...content } of given) take(content, publish, by);
        also?.();
        return given.length;
      });
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

const isShown = ({ status, version, head }: EntryRow): boolean => status === "published" && version === head;
