import { setImmediate } from "node:timers/promises";
import type { Clock } from "../../bots/ports.ts";
import { changeOf, type OutcomeChange, outcomeOf, passes } from "../../knowledge/life/compare.ts";
import type { Content } from "../../knowledge/life/content.ts";
import { withChanges } from "../../knowledge/life/overlay.ts";
import { createTouches } from "../../knowledge/life/touches.ts";
import type { Entry, TestQuestion } from "../../knowledge/policies/entry.ts";
import type { Explanation } from "../../knowledge/policies/explain.ts";
import type { Explaining, SearchableKnowledgeBase } from "../../knowledge/policies/knowledge-base.ts";
import type { Segmenter } from "../../knowledge/text/segment.ts";
import { withoutPersons } from "../handoff/mask.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";
import type { AskedTable } from "../store/sqlite/knowledge/asked-table.ts";
import { createEntryTable } from "../store/sqlite/knowledge/entry-table.ts";

/** A test question that came out otherwise than its editors want. `broken`: it came out right without the version. */
export interface FailedTest extends TestQuestion {
  of: string;
  got?: string;
  broken: boolean;
}

/** A question of the last month, masked, that would be answered otherwise. */
export interface ChangedQuestion {
  question: string;
  change: OutcomeChange;
  before?: string;
  after?: string;
}

/** What would change if a version were published. `asked`: how many there are; `tried`: how many the version can touch. */
export interface Trial {
  tests: { asked: number; tried: number; failed: FailedTest[] };
  questions: { asked: number; tried: number; changed: ChangedQuestion[] };
}

export interface Trials {
  /** What a citizen would get, and why: from what is published, or as if all drafts were. */
  explain(question: string, base: "published" | "draft"): Promise<Explanation>;
  /** One after another, in small pieces, so that citizens go on being answered; undefined where there is no such version. */
  check(id: string, version: number): Promise<Trial | undefined>;
}

export interface TrialParts {
  database: SqliteDatabase;
  knowledge: SearchableKnowledgeBase;
  asked: AskedTable;
  segmenter: Segmenter;
  clock: Clock;
}

const MONTH_MS = 30 * 24 * 3_600_000;
const MOST_QUESTIONS = 5_000;
/** Rows or questions looked at before others get their turn. */
const CHUNK = 50;

export function createTrials(parts: TrialParts): Trials {
  const { database, knowledge, segmenter, clock } = parts;
  const entries = createEntryTable(database);
  const tested = database.raw.prepare<[string, number], { id: string; tests: string | null }>(`
    SELECT id, json_extract(body, '$.tests') AS tests FROM knowledge_entries
    WHERE id > ? AND status = 'published' ORDER BY id LIMIT ?`);
  const drafts = createDraftBase(parts);
  let queue: Promise<unknown> = Promise.resolve();

  async function* publishedTests(): AsyncGenerator<TestQuestion & { of: string }> {
    for (let after = ""; ; await setImmediate()) {
      const rows = tested.all(after, CHUNK);
      for (const { id: of, tests } of rows) {
        if (tests !== null) yield* (JSON.parse(tests) as TestQuestion[]).map((test) => ({ ...test, of }));
      }
      if (rows.length < CHUNK) return;
      after = rows.at(-1)?.id ?? after;
    }
  }

  async function testsWith(candidate: Entry): Promise<(TestQuestion & { of: string })[]> {
    const tests = (candidate.tests ?? []).map((test) => ({ ...test, of: candidate.id }));
    for await (const test of publishedTests()) if (test.of !== candidate.id) tests.push(test);
    return tests;
  }

  async function run(id: string, version: number): Promise<Trial | undefined> {
    const row = entries.version(id, version);
    const entry = entries.find(id);
    if (!row || !entry) return undefined;
    const candidate: Entry = { ...row.content, status: "published", version };
    const shown = entry.status === "published" ? entries.version(id, entry.version) : undefined;
    const before: Entry[] = shown ? [{ ...shown.content, status: "published" }] : [];
    const touches = createTouches([candidate, ...before], segmenter);
    const then = await knowledge.over((index) => withChanges(index, { put: [candidate], remove: [] }, segmenter));
    const both = async (question: string) => ({
      before: await ask(knowledge, question),
      after: await ask(then, question),
    });
    return { tests: await runTests(candidate, touches, both), questions: await runQuestions(touches, both) };
  }

  async function ask(base: Explaining, question: string): Promise<string | undefined> {
    await setImmediate();
    return outcomeOf(await base.answer(question, clock.now()));
  }

  type Both = (question: string) => Promise<{ before: string | undefined; after: string | undefined }>;

  async function runTests(candidate: Entry, touches: (text: string) => boolean, both: Both): Promise<Trial["tests"]> {
    const tests = await testsWith(candidate);
    const tried = await sift(tests, ({ of, question }) => of === candidate.id || touches(question));
    const failed: FailedTest[] = [];
    for (const test of tried) {
      const { before, after } = await both(test.question);
      if (passes(test, test.of, after)) continue;
      failed.push({ ...test, got: after, broken: passes(test, test.of, before) });
    }
    return { asked: tests.length, tried: tried.length, failed };
  }

  async function runQuestions(touches: (text: string) => boolean, both: Both): Promise<Trial["questions"]> {
    const since = new Date(clock.now().getTime() - MONTH_MS);
    const asked = parts.asked.since(since, ["answered", "unsure"], MOST_QUESTIONS);
    const questions = [...new Set(asked.map(({ question }) => question))];
    const tried = await sift(questions, touches);
    const changed: ChangedQuestion[] = [];
    for (const question of tried) {
      const { before, after } = await both(question);
      const change = changeOf(before, after);
      if (change) changed.push({ question: withoutPersons(question), change, before, after });
    }
    return { asked: questions.length, tried: tried.length, changed };
  }

  return {
    async explain(question, base) {
      const asked = base === "published" ? knowledge : await drafts();
      return asked.explain(question, clock.now());
    },
    check(id, version) {
      const result = queue.then(() => run(id, version));
      queue = result.catch(() => undefined);
      return result;
    },
  };
}

/** As `filter`, in small pieces. */
async function sift<T>(all: readonly T[], keep: (one: T) => boolean): Promise<T[]> {
  const kept: T[] = [];
  for (const [i, one] of all.entries()) {
    if (i % CHUNK === CHUNK - 1) await setImmediate();
    if (keep(one)) kept.push(one);
  }
  return kept;
}

/** The base as if every draft were published; made anew when editors have done something. */
function createDraftBase({ database, knowledge, segmenter }: TrialParts): () => Promise<Explaining> {
  const newest = database.raw.prepare<[], number>("SELECT coalesce(max(edit), 0) FROM knowledge_entry_rows").pluck();
  const inHand = database.raw.prepare<[], { version: number; body: string }>(`
    SELECT v.version, v.body FROM knowledge_entry_rows AS e
    JOIN knowledge_versions AS v ON v.entry_id = e.id AND v.version = e.head
    WHERE v.state IN ('draft', 'review', 'approved', 'scheduled')`);
  let made: { edit: number; base: Promise<Explaining> } | undefined;

  async function make(): Promise<Explaining> {
    const put: Entry[] = [];
    for (const [i, { version, body }] of inHand.all().entries()) {
      if (i % CHUNK === CHUNK - 1) await setImmediate();
      const content = JSON.parse(body) as Content;
      if (content.text.trim() !== "") put.push({ ...content, status: "published", version });
    }
    await knowledge.refresh();
    return knowledge.over((index) => withChanges(index, { put, remove: [] }, segmenter));
  }

  return () => {
    const edit = newest.get() ?? 0;
    if (made?.edit !== edit) {
      const base = make();
      made = { edit, base };
      base.catch(() => {
        made = undefined;
      });
    }
    return made.base;
  };
}
