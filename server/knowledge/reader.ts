import { diffContent, type FieldChange } from "../../knowledge/life/diff.ts";
import { type Deed, type KnowledgeRole, permission } from "../../knowledge/life/permission.ts";
import { isVersionDeed, stateAfter } from "../../knowledge/life/states.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";
import { type AuditLine, type AuditQuery, createAuditTable } from "../store/sqlite/knowledge/audit-table.ts";
import { createEntryTable, type EntryRow, type VersionRow } from "../store/sqlite/knowledge/entry-table.ts";
import type { Editor } from "./life.ts";

/** What could be done with the entry as it stands, but not by this person. */
export interface Denied {
  deed: Deed;
  least: KnowledgeRole;
  own: boolean;
  writers: string[];
}

/** What editors look at. */
export interface KnowledgeReader {
  entry(
    id: string,
    by: Editor,
  ):
    | { entry: EntryRow; shown?: VersionRow; head: VersionRow; scheduled?: VersionRow; may: Deed[]; mayNot: Denied[] }
    | undefined;
  /** Newest first. */
  versions(id: string): VersionRow[];
  version(id: string, version: number): VersionRow | undefined;
  diff(id: string, from: number, to: number): FieldChange[] | undefined;
  /** Newest first. */
  audit(query: AuditQuery): (AuditLine & { seq: number })[];
}

const DEEDS: readonly Deed[] = [
  "save",
  "submit",
  "approve",
  "reject",
  "publish",
  "schedule",
  "unschedule",
  "withdraw",
  "correct",
];

export function createKnowledgeReader({ database }: { database: SqliteDatabase }): KnowledgeReader {
  const entries = createEntryTable(database);
  const audit = createAuditTable(database);

  function possible(entry: EntryRow, head: VersionRow, isScheduled: boolean): Deed[] {
    return DEEDS.filter((deed) => {
      if (deed === "save") return true;
      // It may lie beside a newer draft.
      if (deed === "unschedule") return isScheduled;
      return isVersionDeed(deed) ? stateAfter(head.state, deed) !== undefined : entry.status === "published";
    });
  }

  function judged(
    by: Editor,
    entry: EntryRow,
    head: VersionRow,
    isScheduled: boolean,
  ): { may: Deed[]; mayNot: Denied[] } {
    const { writers } = head;
    const may: Deed[] = [];
    const mayNot: Denied[] = [];
    for (const deed of possible(entry, head, isScheduled)) {
      const found = permission(by, deed, writers);
      if (found.kind === "allowed") may.push(deed);
      else mayNot.push({ deed, least: found.least, own: found.own, writers });
    }
    return { may, mayNot };
  }

  return {
    entry(id, by) {
      const entry = entries.find(id);
      const head = entry && entries.version(id, entry.head);
      if (!entry || !head) return undefined;
      const shown = entry.status === "draft" ? undefined : entries.version(id, entry.version);
      const scheduled = entries.inHand(id).find(({ state }) => state === "scheduled");
      return { entry, shown, head, scheduled, ...judged(by, entry, head, scheduled !== undefined) };
    },
    versions: entries.versions,
    version: entries.version,
    diff(id, from, to) {
      const [before, now] = [entries.version(id, from), entries.version(id, to)];
      return before && now && diffContent(before.content, now.content);
    },
    audit: audit.lines,
  };
}
