import { type Content, isSame } from "../../../../knowledge/life/content.ts";
import { isInHand } from "../../../../knowledge/life/states.ts";
import type { AuditTable } from "./audit-table.ts";
import type { EntryRow, EntryTable } from "./entry-table.ts";

/** How an entry comes in. `importId`: the import with all of which, and not before, a new entry is there. */
export interface ComingIn {
  publish: boolean;
  by: string;
  at: Date;
  importId?: string;
}

/** Makes what comes from a file the next version of its entry; what says nothing new changes nothing. Must run inside a write. */
export function createEntryImport({ entries, audit }: { entries: EntryTable; audit: AuditTable }) {
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

  return (content: Content, { publish, by, at, importId }: ComingIn): void => {
    const { id } = content;
    const known = entries.find(id);
    if (known && isKnown(known, content, publish)) return;
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
    if (publish || !known) entries.show({ content, status: state, version, head: version, at, importId });
    else {
      entries.goOnFrom(id, version);
      entries.keepDraft(content, version);
    }
    audit.note({ at, by, deed: "import", entryId: id, version, from: known?.status, to: state });
  };
}

const isShown = ({ status, version, head }: EntryRow): boolean => status === "published" && version === head;
