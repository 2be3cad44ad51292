import { setImmediate } from "node:timers/promises";
import type { Clock } from "../../bots/ports.ts";
import { changeOf, outcomeOf } from "../../knowledge/life/compare.ts";
import { permission } from "../../knowledge/life/permission.ts";
import type { SearchableKnowledgeBase } from "../../knowledge/policies/knowledge-base.ts";
import {
  changedGroups,
  faultIn,
  noSynonyms,
  type OwnSynonyms,
  rewordings,
  type SynonymFault,
} from "../../knowledge/text/own-synonyms.ts";
import { withoutPersons } from "../handoff/mask.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";
import type { AskedTable } from "../store/sqlite/knowledge/asked-table.ts";
import { createAuditTable } from "../store/sqlite/knowledge/audit-table.ts";
import { createSynonymTable, type SynonymRow } from "../store/sqlite/knowledge/synonym-table.ts";
import type { Editor } from "./life.ts";
import type { ChangedQuestion } from "./trial.ts";

export type SynonymOutcome =
  | { kind: "done" }
  | { kind: "faulty"; fault: SynonymFault }
  /** Somebody saved or published in the meantime. */
  | { kind: "stale" }
  /** `own`: the role would do, but they wrote at it themselves. */
  | { kind: "not-allowed"; own: boolean };

export interface Synonyms {
  /** What is in use, and the newest version where it is another one. Version 0 stands for an empty list. */
  read(): { inUse?: SynonymRow; proposed?: SynonymRow; version: number };
  /** Proposes a whole new list in place of version `base`, which must be the newest. */
  propose(by: Editor, base: number, list: OwnSynonyms): Promise<SynonymOutcome>;
  /** Puts the newest version to use; nobody publishes what they wrote at. */
  publish(by: Editor, version: number): Promise<SynonymOutcome>;
  /** Which of the last month's questions, masked, would be answered otherwise with this list. */
  preview(list: OwnSynonyms): Promise<{ tried: number; changed: ChangedQuestion[] }>;
}

export interface SynonymParts {
  database: SqliteDatabase;
  knowledge: Pick<SearchableKnowledgeBase, "refresh" | "withSynonyms" | "answer">;
  asked: Pick<AskedTable, "since">;
  clock: Clock;
}

/** How the record of changes calls the list. */
const LIST = "synonyms";
const MONTH_MS = 30 * 24 * 3_600_000;
const MOST_QUESTIONS = 5_000;

export function createSynonyms({ database, knowledge, asked, clock }: SynonymParts): Synonyms {
  const table = createSynonymTable(database);
  const audit = createAuditTable(database);

  /** Whoever wrote since the last published version has written at this one. */
  function writersWith(username: string, newest: SynonymRow | undefined): string[] {
    return newest?.state === "proposed" ? [...new Set([...newest.writers, username])] : [username];
  }

  return {
    read() {
      const [newest, inUse] = [table.newest(), table.inUse()];
      const proposed = newest?.state === "proposed" ? newest : undefined;
      return { inUse, proposed, version: newest?.version ?? 0 };
    },
    async propose(by, base, list) {
      const fault = faultIn(list);
      if (fault) return { kind: "faulty", fault };
      return database.write((): SynonymOutcome => {
        const newest = table.newest();
        if ((newest?.version ?? 0) !== base) return { kind: "stale" };
        const at = clock.now();
        const version = base + 1;
        const writers = writersWith(by.username, newest);
        table.propose({
          version,
          groups: [...list.groups],
          off: [...list.off],
          writers,
          author: by.username,
          savedAt: at,
        });
        audit.note({ at, by: by.username, deed: "save", entryId: LIST, version, to: "draft" });
        return { kind: "done" };
      });
    },
    async publish(by, version) {
      const outcome = await database.write((): SynonymOutcome => {
        const newest = table.newest();
        if (newest?.version !== version || newest.state !== "proposed") return { kind: "stale" };
        const may = permission(by, "publish", newest.writers);
        if (may.kind === "refused") return { kind: "not-allowed", own: may.own };
        table.publish(version);
        const deed = { at: clock.now(), by: by.username, deed: "publish" } as const;
        audit.note({ ...deed, entryId: LIST, version, from: "draft", to: "published" });
        return { kind: "done" };
      });
      if (outcome.kind === "done") await knowledge.refresh();
      return outcome;
    },
    async preview(list) {
      const touched = changedGroups(table.inUse() ?? noSynonyms, list);
      const since = new Date(clock.now().getTime() - MONTH_MS);
      const questions = new Set(asked.since(since, ["answered", "unsure"], MOST_QUESTIONS).map((one) => one.question));
      const then = knowledge.withSynonyms(list);
      let tried = 0;
      const changed: ChangedQuestion[] = [];
      for (const question of questions) {
        if (rewordings(question, touched).length === 0) continue;
        tried++;
        await setImmediate();
        const before = outcomeOf(await knowledge.answer(question, clock.now()));
        const after = outcomeOf(await then.answer(question, clock.now()));
        const change = changeOf(before, after);
        if (change) changed.push({ question: withoutPersons(question), change, before, after });
      }
      return { tried, changed };
    },
  };
}
