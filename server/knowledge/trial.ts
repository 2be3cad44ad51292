import type { Clock } from "../../bots/ports.ts";
import { changeOf, type OutcomeChange, outcomeOf, passes } from "../../knowledge/life/compare.ts";
import { withChanges } from "../../knowledge/life/overlay.ts";
import { createUntouched } from "../../knowledge/life/untouched.ts";
import type { Entry, TestQuestion } from "../../knowledge/policies/entry.ts";
import type { Explaining, SearchableKnowledgeBase } from "../../knowledge/policies/knowledge-base.ts";
import { isForSome } from "../../knowledge/policies/scope/asked-scope.ts";
import { dayInBeijing, isInForce } from "../../knowledge/policies/validity.ts";
import type { Segmenter } from "../../knowledge/text/segment.ts";
import { withoutPersons } from "../handoff/mask.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";
import type { AskedTable } from "../store/sqlite/knowledge/asked-table.ts";
import { createEntryTable } from "../store/sqlite/knowledge/entry-table.ts";
import { createTurns } from "./turns.ts";

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

/**
 * What would change if a version were published. `asked`: how many there are; `tried`: how many the version can change, with the tests of
 * its own entry; all others come out as they do now.
 */
export interface Trial {
  tests: { asked: number; tried: number; failed: FailedTest[] };
  questions: { asked: number; tried: number; changed: ChangedQuestion[] };
}

/** How many questions have been looked at, out of how many. */
export interface Progress {
  done: number;
  total: number;
}

/** `progress` is kept up to date; an abort of `signal` rejects with its reason. */
export interface TrialRun {
  progress: Progress;
  signal: AbortSignal;
}

export interface TrialParts {
  database: SqliteDatabase;
  knowledge: SearchableKnowledgeBase;
  asked: Pick<AskedTable, "oneByOne">;
  segmenter: Segmenter;
  clock: Clock;
}

/** Asked for where and for whom its entry is. */
type Test = TestQuestion & { of: string; told: Told };
type Told = Pick<Entry, "region" | "audience">;
type TestsRow = { id: string; tests: string | null; region: string | null; audience: string | null };
type Both = { before: string | undefined; after: string | undefined };

const MONTH_MS = 30 * 24 * 3_600_000;
const MOST_QUESTIONS = 5_000;
const CHUNK = 50;

/** Tries what a version would change: one question after another, in small pieces, so that citizens go on being answered. */
export function createTrial(parts: TrialParts) {
  const { database, knowledge, segmenter, clock } = parts;
  const entries = createEntryTable(database);
  const tested = database.raw.prepare<[string, number], TestsRow>(`
    SELECT id, json_extract(body, '$.tests') AS tests, json_extract(body, '$.region') AS region,
      json_extract(body, '$.audience') AS audience FROM knowledge_entry_rows
    WHERE id > ? AND status = 'published' ORDER BY id LIMIT ?`);

  function candidateOf(id: string, version: number): Entry | undefined {
    const row = entries.version(id, version);
    return row && { ...row.content, status: "published", version };
  }

  async function testsWith(candidate: Entry, turn: () => Promise<void>): Promise<Test[]> {
    const told = toldBy(candidate);
    const tests: Test[] = (candidate.tests ?? []).map((test) => ({ ...test, of: candidate.id, told }));
    let rows = tested.all("", CHUNK);
    while (rows.length > 0) {
      for (const { id: of, tests: own, region, audience } of rows) {
        if (own === null || of === candidate.id) continue;
        const theirs = toldBy({ region: region ?? undefined, audience: audience ?? undefined });
        tests.push(...(JSON.parse(own) as TestQuestion[]).map((test) => ({ ...test, of, told: theirs })));
      }
      await turn();
      rows = tested.all(rows.at(-1)?.id ?? "", CHUNK);
    }
    return tests;
  }

  async function questionsOfMonth(turn: () => Promise<void>): Promise<string[]> {
    const since = new Date(clock.now().getTime() - MONTH_MS);
    const questions = new Set<string>();
    for (const { question } of parts.asked.oneByOne(since, ["answered", "unsure"], MOST_QUESTIONS)) {
      questions.add(question);
      await turn();
    }
    return [...questions];
  }

  /** Both outcomes of a question that the version can change; undefined for all others. */
  async function comparing(
    candidate: Entry,
  ): Promise<(question: string, anyway: boolean, told?: Told) => Promise<Both | undefined>> {
    const changes = { put: [candidate], remove: [] };
    const then = await knowledge.over((index) => withChanges(index, changes, segmenter));
    const shown = await knowledge.over(async (index) => index);
    const before = shown.index.get(candidate.id);
    const isUntouched = createUntouched(then.index, segmenter);
    // More is searched for what holds in some region or for some people only than can be told beforehand.
    const isScoped = isForSome(candidate) || (before !== undefined && isForSome(before));
    const ask = async (base: Explaining, question: string, told?: Told) =>
      outcomeOf(await base.answer(question, clock.now(), told));
    return async (question, anyway, told = {}) => {
      const day = dayInBeijing(clock.now());
      const accept = (entry: Entry) => isInForce(entry, day);
      const mayChange = anyway || isScoped || told.region !== undefined || told.audience !== undefined;
      const wordings = () => knowledge.wordings(question, [shown.index, then.index]);
      if (!mayChange && wordings().every((wording) => isUntouched(wording, accept))) return undefined;
      return { before: await ask(knowledge, question, told), after: await ask(then, question, told) };
    };
  }

  /** Undefined where there is no such version. */
  async function run(id: string, version: number, { progress, signal }: TrialRun): Promise<Trial | undefined> {
    const candidate = candidateOf(id, version);
    if (!candidate || !entries.find(id)) return undefined;
    const turn = createTurns(signal);
    const both = await comparing(candidate);
    const tests = await testsWith(candidate, turn);
    const questions = await questionsOfMonth(turn);
    progress.total = tests.length + questions.length;
    const trial: Trial = {
      tests: { asked: tests.length, tried: 0, failed: [] },
      questions: { asked: questions.length, tried: 0, changed: [] },
    };
    for (const test of tests) {
      await turn();
      progress.done++;
      const outcome = await both(test.question, test.of === id, test.told);
      if (outcome) addTest(trial.tests, test, outcome, id);
    }
    for (const question of questions) {
      await turn();
      progress.done++;
      const outcome = await both(question, false);
      if (outcome) addQuestion(trial.questions, question, outcome);
    }
    return trial;
  }

  return { run, has: (id: string, version: number) => entries.version(id, version) !== undefined };
}

/** What is known of who asks for an entry; nothing where it holds for everybody in the whole city. */
const toldBy = ({ region, audience }: Told): Told => (isForSome({ region, audience }) ? { region, audience } : {});

/** A test of another entry that fails either way is not of the version's making. */
function addTest(tests: Trial["tests"], { told: _told, ...test }: Test, { before, after }: Both, tried: string): void {
  tests.tried++;
  if (passes(test, test.of, after) || (test.of !== tried && before === after)) return;
  tests.failed.push({ ...test, got: after, broken: passes(test, test.of, before) });
}

function addQuestion(questions: Trial["questions"], question: string, { before, after }: Both): void {
  questions.tried++;
  const change = changeOf(before, after);
  if (change) questions.changed.push({ question: withoutPersons(question), change, before, after });
}
