import type { Clock } from "../../bots/ports.ts";
import { type Content, lacks } from "../../knowledge/life/content.ts";
import { diffContent } from "../../knowledge/life/diff.ts";
import { type Deed, type KnowledgeRole, permission } from "../../knowledge/life/permission.ts";
import { stateAfter, type VersionDeed, type VersionState } from "../../knowledge/life/states.ts";
import { dayInBeijing } from "../../knowledge/policies/validity.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";
import { createAuditTable } from "../store/sqlite/knowledge/audit-table.ts";
import { createEntryTable, type EntryRow, type VersionRow } from "../store/sqlite/knowledge/entry-table.ts";
import { attempt, type Outcome, refuse } from "./outcome.ts";
import { createPublishing } from "./publishing.ts";
import { createSaving } from "./saving.ts";

export interface Editor {
  username: string;
  role: KnowledgeRole;
}

/** What is done with a version. `edit`: the number of the entry as it was seen; another one by now is "stale". */
export interface Step {
  deed: VersionDeed;
  edit?: number;
  /** For the record; "reject" needs it. */
  note?: string;
  /** For "schedule". */
  publishAt?: Date;
}

/**
 * The life of entries: draft, review, published, withdrawn or expired, each saving a version of its own. Every verb is one
 * transaction that judges the entry as it is then, so of two people at once one is refused. Who is signed in is decided before;
 * who may do what is decided here.
 */
export interface KnowledgeLife {
  create(by: Editor, content: Content): Promise<Outcome>;
  /** `base`: the version that the editor began with. */
  save(by: Editor, base: number, content: Content): Promise<Outcome>;
  step(by: Editor, id: string, version: number, step: Step): Promise<Outcome>;
  /** Out of use at once, in every process; what is scheduled is stopped too. */
  withdraw(by: Editor, id: string, note: string): Promise<Outcome>;
  /** Publishes and ends what is due; how much that was. May run in several processes at once, each thing is done once. */
  sweep(): Promise<number>;
}

const SWEEP = 50;

export function createKnowledgeLife(parts: {
  database: SqliteDatabase;
  clock: Clock;
  /** Citizens' answers have changed; resolves when this process gives the new ones. */
  onChange(): Promise<void>;
}): KnowledgeLife {
  const { database, clock, onChange } = parts;
  const entries = createEntryTable(database);
  const audit = createAuditTable(database);
  const publishing = createPublishing({ entries, audit, clock });
  const saving = createSaving({ entries, audit, clock });

  function known(id: string): EntryRow {
    return entries.find(id) ?? refuse({ kind: "not-found" });
  }

  function allow(by: Editor, deed: Deed, writers: string[] = []): void {
    const found = permission(by, deed, writers);
    if (found.kind === "refused") refuse({ ...found, kind: "not-allowed", deed, writers });
  }

  function note(by: Editor, deed: VersionDeed, row: VersionRow, to: string, why?: string): void {
    const { entryId, version, state } = row;
    audit.note({ at: clock.now(), by: by.username, deed, entryId, version, from: state, to, note: why });
  }

  /** Where the version goes; refused where it cannot, or may not as it is. */
  function judge(row: VersionRow, { deed, note: why, publishAt }: Step): VersionState {
    const to = stateAfter(row.state, deed) ?? refuse({ kind: "wrong-state", deed, state: row.state });
    if (deed === "reject" && !why?.trim()) refuse({ kind: "no-reason" });
    if (deed === "reject" || deed === "unschedule") return to;
    const lacking = lacks(row.content, dayInBeijing(publishAt ?? clock.now()));
    if (lacking.length > 0) refuse({ kind: "incomplete", lacks: lacking });
    return to;
  }

  function schedule(by: Editor, row: VersionRow, publishAt: Date | undefined): void {
    if (!publishAt || publishAt <= clock.now()) refuse({ kind: "not-later" });
    publishing.stopSchedules(row.entryId, by.username, { version: row.version, published: false });
    entries.setState(row.entryId, row.version, "scheduled", { publishAt });
  }

  function carryOut(by: Editor, row: VersionRow, step: Step): void {
    const to = judge(row, step);
    const { deed, publishAt } = step;
    if (deed === "publish") {
      publishing.publish(row, by.username, step.note);
      return;
    }
    if (deed === "schedule") schedule(by, row, publishAt);
    else entries.setState(row.entryId, row.version, to);
    entries.touch(row.entryId);
    note(by, deed, row, to, publishAt?.toISOString() ?? step.note);
  }

  return {
    create: (by, content) =>
      attempt(
        database.write(() => {
          allow(by, "save");
          if (entries.find(content.id)) refuse({ kind: "taken" });
          return saving.first(by.username, content);
        }),
      ),

    async save(by, base, content) {
      const saved = await attempt(
        database.write(() => {
          allow(by, "save");
          return saving.onTop(by.username, base, content, known(content.id));
        }),
      );
      if (saved.kind !== "done" || "version" in saved) return saved;
      const { head: newest } = known(content.id);
      const head = entries.version(content.id, newest);
      if (!head) return { kind: "not-found" };
      const began = entries.version(content.id, base)?.content ?? { id: content.id, text: "", similar: [] };
      return { kind: "conflict", head, yours: saved.yours, changed: diffContent(began, head.content) };
    },

    async step(by, id, version, step) {
      const outcome = await attempt(
        database.write(() => {
          const entry = known(id);
          const row = entries.version(id, version) ?? refuse({ kind: "not-found" });
          allow(by, step.deed, row.writers);
          if (step.edit !== undefined && step.edit !== entry.edit) refuse({ kind: "stale" });
          carryOut(by, row, step);
          return { version };
        }),
      );
      if (outcome.kind === "done" && step.deed === "publish") await onChange();
      return outcome;
    },

    async withdraw(by, id, why) {
      const outcome = await attempt(
        database.write(() => {
          allow(by, "withdraw");
          if (!why.trim()) refuse({ kind: "no-reason" });
          const entry = known(id);
          if (entry.status !== "published") refuse({ kind: "wrong-state", deed: "withdraw", state: entry.status });
          publishing.end(entry, "withdrawn", { by: by.username, note: why });
          return { version: entry.version };
        }),
      );
      if (outcome.kind === "done") await onChange();
      return outcome;
    },

    async sweep() {
      const now = clock.now();
      const today = dayInBeijing(now);
      const isDue = entries.scheduledDue(now, 1).length + entries.endedBefore(today, 1).length > 0;
      if (!isDue) return 0;
      const done = await database.write(() => publishing.sweep(now, today, SWEEP));
      if (done > 0) await onChange();
      return done;
    },
  };
}
