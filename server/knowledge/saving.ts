import type { Clock } from "../../bots/ports.ts";
import { type Content, isSame } from "../../knowledge/life/content.ts";
import { isInHand, type VersionState } from "../../knowledge/life/states.ts";
import type { AuditTable } from "../store/sqlite/knowledge/audit-table.ts";
import type { EntryRow, EntryTable, VersionRow } from "../store/sqlite/knowledge/entry-table.ts";
import { refuse } from "./outcome.ts";

/** Keeps what editors write, each time as a version of its own. All of it must run inside a write. */
export function createSaving(parts: { entries: EntryTable; audit: AuditTable; clock: Clock }) {
  const { entries, audit, clock } = parts;

  function add(
    by: string,
    content: Content,
    row: { state: VersionState; base?: number; writers: string[]; from?: string },
  ) {
    const { from, ...rest } = row;
    const version = entries.newestVersion(content.id) + 1;
    const at = clock.now();
    const deed = row.state === "aside" ? "aside" : "save";
    entries.addVersion({ entryId: content.id, version, author: by, savedAt: at, content, ...rest });
    audit.note({ at, by, deed, entryId: content.id, version, from, to: row.state });
    return { version };
  }

  /** Keeps what could not be saved on top; the same again is kept once. */
  function putAside(by: string, base: number, content: Content): number {
    const kept = entries.asideOf(content.id, base, by).find((each) => isSame(each.content, content));
    if (kept) return kept.version;
    const { version } = add(by, content, { state: "aside", base, writers: [by] });
    entries.touch(content.id);
    return version;
  }

  /** Who wrote at what it is written on wrote at it too, back to the last version that others have published. */
  const writersOn = (base: VersionRow, by: string): string[] => [
    ...new Set([...(base.publishedAt ? [] : base.writers), by]),
  ];

  return {
    /** The first version of a new entry. */
    first(by: string, content: Content): { version: number } {
      const saved = add(by, content, { state: "draft", writers: [by] });
      entries.show({ content, status: "draft", version: saved.version, at: clock.now() });
      return saved;
    },

    /** The next version, or `yours`: where it lies because somebody else has saved since `base`. */
    onTop(by: string, base: number, content: Content, entry: EntryRow): { version: number } | { yours: number } {
      const head = entries.version(entry.id, entry.head) ?? refuse({ kind: "not-found" });
      // The same again: a request that was repeated, or a button that was pressed twice.
      const isRepeated = head.author === by && (head.base === base || head.version === base);
      if (isRepeated && isSame(head.content, content)) return { version: head.version };
      if (entry.head !== base) return { yours: putAside(by, base, content) };
      const writers = writersOn(head, by);
      const saved = add(by, content, { state: "draft", base: head.version, writers, from: head.state });
      if (isInHand(head.state)) entries.setState(entry.id, head.version, "superseded");
      entries.goOnFrom(entry.id, saved.version);
      entries.keepDraft(content, saved.version);
      return saved;
    },
  };
}
