import type { Clock } from "../../bots/ports.ts";
import { type Content, isSame, lacks } from "../../knowledge/life/content.ts";
import { diffContent } from "../../knowledge/life/diff.ts";
import { type Deed, type KnowledgeRole, permission } from "../../knowledge/life/permission.ts";
import { isInHand, stateAfter, type VersionDeed } from "../../knowledge/life/states.ts";
import { dayInBeijing } from "../../knowledge/policies/validity.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";
import { createAuditTable } from "../store/sqlite/knowledge/audit-table.ts";
import { createEntryTable, type EntryRow, type VersionRow } from "../store/sqlite/knowledge/entry-table.ts";
import { attempt, type Outcome, refuse } from "./outcome.ts";
import { createPublishing } from "./publishing.ts";

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

  function known(id: string): EntryRow {
    return entries.find(id) ?? refuse({ kind: "not-found" });
  }

  function allow(by: Editor, deed: Deed, writers: string[] = []): void {
    const found = permission(by, deed, writers);
    if (found.kind === "refused") refuse({ ...found, kind: "not-allowed", deed, writers });
  }

  function add(by: Editor, content: Content, row: { version: number; base?: VersionRow }): { version: number } {
    const { version, base } = row;
    const before = base && !base.publishedAt ? base.writers : [];
    entries.addVersion({
      entryId: content.id,
      version,
      state: "draft",
      base: base?.version,
      author: by.username,
      writers: [...new Set([...before, by.username])],
      savedAt: clock.now(),
      content,
    });
    return { version };
  }

  function note(by: Editor, deed: "save" | "aside" | VersionDeed, row: VersionRow, to: string, why?: string): void {
    const { entryId, version, state } = row;
    audit.note({ at: clock.now(), by: by.username, deed, entryId, version, from: state, to, note: why });
  }

  /** Keeps what could not be saved on top; the same again is kept once. */
  function putAside(by: Editor, base: number, content: Content): number {
    const kept = entries.asideOf(content.id, base, by.username).find((each) => isSame(each.content, content));
    if (kept) return kept.version;
    const version = entries.newestVersion(content.id) + 1;
    const row: VersionRow = {
      entryId: content.id,
      version,
      state: "aside",
      base,
      author: by.username,
      writers: [by.username],
      savedAt: clock.now(),
      content,
    };
    entries.addVersion(row);
    entries.touch(content.id);
    audit.note({ at: row.savedAt, by: by.username, deed: "aside", entryId: content.id, version, to: "aside" });
    return version;
  }

  function saveOnTop(by: Editor, base: number, content: Content): { version: number } | { yours: number } {
    allow(by, "save");
    const entry = known(content.id);
    const head = entries.version(entry.id, entry.head) ?? refuse({ kind: "not-found" });
    // The same again: a request that was repeated, or a button that was pressed twice.
    const isRepeated = head.author === by.username && (head.base === base || head.version === base);
    if (isRepeated && isSame(head.content, content)) return { version: head.version };
    if (entry.head !== base) return { yours: putAside(by, base, content) };
    const saved = add(by, content, { version: entries.newestVersion(entry.id) + 1, base: head });
    if (isInHand(head.state)) entries.setState(entry.id, head.version, "superseded");
    entries.goOnFrom(entry.id, saved.version);
    entries.keepDraft(content, saved.version);
    const at = clock.now();
    audit.note({ at, by: by.username, deed: "save", entryId: entry.id, ...saved, from: head.state, to: "draft" });
    return saved;
  }

  function carryOut(by: Editor, row: VersionRow, { deed, note: why, publishAt }: Step): void {
    const to = stateAfter(row.state, deed) ?? refuse({ kind: "wrong-state", deed, state: row.state });
    if (deed === "reject" && !why?.trim()) refuse({ kind: "no-reason" });
    const day = dayInBeijing(deed === "schedule" ? (publishAt ?? clock.now()) : clock.now());
    const missing = deed === "reject" || deed === "unschedule" ? [] : lacks(row.content, day);
    if (missing.length > 0) refuse({ kind: "incomplete", lacks: missing });
    if (deed === "publish") return publishing.publish(row, by.username, why);
    if (deed === "schedule") {
      if (!publishAt || publishAt <= clock.now()) refuse({ kind: "not-later" });
      publishing.stopSchedules(row.entryId, by.username, { version: row.version, published: false });
      entries.setState(row.entryId, row.version, to, { publishAt });
    } else entries.setState(row.entryId, row.version, to);
    entries.touch(row.entryId);
    note(by, deed, row, to, deed === "schedule" ? publishAt?.toISOString() : why);
  }

  return {
    create: (by, content) =>
      attempt(
        database.write(() => {
          allow(by, "save");
          if (entries.find(content.id)) refuse({ kind: "taken" });
          const at = clock.now();
          const saved = add(by, content, { version: 1 });
          entries.show({ content, status: "draft", version: 1, at });
          audit.note({ at, by: by.username, deed: "save", entryId: content.id, version: 1, to: "draft" });
          return saved;
        }),
      ),

    async save(by, base, content) {
      const saved = await attempt(database.write(() => saveOnTop(by, base, content)));
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
