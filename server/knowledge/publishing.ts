import type { Clock } from "../../bots/ports.ts";
import { lacks } from "../../knowledge/life/content.ts";
import type { AuditTable } from "../store/sqlite/knowledge/audit-table.ts";
import type { EntryRow, EntryTable, VersionRow } from "../store/sqlite/knowledge/entry-table.ts";

/** Who the record of changes names for what was due. */
const CLOCK = "clock";

/** What changes the answers that citizens get. All of it must run inside a write. */
export function createPublishing(parts: { entries: EntryTable; audit: AuditTable; clock: Clock }) {
  const { entries, audit, clock } = parts;

  /** Scheduled versions wait for a person again; those that are older than a version that takes their place are over. */
  function stopSchedules(id: string, by: string, instead?: { version: number; published: boolean }): void {
    for (const { version, state } of entries.inHand(id)) {
      if (state !== "scheduled" || version === instead?.version) continue;
      if (instead?.published && version > instead.version) continue;
      const to = instead && version < instead.version ? "superseded" : "approved";
      entries.setState(id, version, to);
      audit.note({ at: clock.now(), by, deed: "unschedule", entryId: id, version, from: state, to });
    }
  }

  function publish(row: VersionRow, by: string, note?: string): void {
    const { entryId, version, content, state } = row;
    const entry = entries.find(entryId);
    if (!entry) return;
    const at = clock.now();
    stopSchedules(entryId, by, { version, published: true });
    if (entry.status === "published") entries.setState(entryId, entry.version, "superseded");
    entries.setState(entryId, version, "published", { publishedAt: at });
    entries.show({ content, status: "published", version, at });
    audit.note({
      at,
      by,
      deed: "publish",
      entryId,
      version,
      from: state,
      to: "published",
      note: note ?? (entry.status === "published" ? `取代第 ${entry.version} 版` : undefined),
    });
  }

  function end(entry: EntryRow, status: "withdrawn" | "expired", { by, note }: { by: string; note?: string }): void {
    const { id, version } = entry;
    const shown = entries.version(id, version);
    if (!shown) return;
    const at = clock.now();
    entries.setState(id, version, status);
    entries.show({ content: shown.content, status, version, at });
    const deed = status === "withdrawn" ? "withdraw" : "expire";
    audit.note({ at, by, deed, entryId: id, version, from: "published", to: status, note });
    if (status === "withdrawn") stopSchedules(id, by);
  }

  function publishDue(entryId: string, version: number, today: string): void {
    const row = entries.version(entryId, version);
    if (row?.state !== "scheduled") return;
    if (lacks(row.content, today).length === 0) {
      publish(row, CLOCK);
      return;
    }
    entries.setState(entryId, version, "approved");
    entries.touch(entryId);
    const note = "到发布时间时有效期已过或内容不完整，没有发布";
    audit.note({
      at: clock.now(),
      by: CLOCK,
      deed: "unschedule",
      entryId,
      version,
      from: "scheduled",
      to: "approved",
      note,
    });
  }

  return {
    publish,
    end,
    stopSchedules,
    /** At most `most` of each kind; how many were due. */
    sweep(now: Date, today: string, most: number): number {
      const due = entries.scheduledDue(now, most);
      for (const { entryId, version } of due) publishDue(entryId, version, today);
      const over = entries.endedBefore(today, most);
      for (const id of over) {
        const entry = entries.find(id);
        if (entry) end(entry, "expired", { by: CLOCK });
      }
      return due.length + over.length;
    },
  };
}
