import type { Cited, ConversationRef } from "../../../../bots/model/index.ts";
import { dayInBeijing } from "../../../../knowledge/policies/validity.ts";
import type { SqliteDatabase } from "../database.ts";
import type { SealedJson } from "../sealed-json.ts";

export type AskedOutcome = "answered" | "unsure" | "unhelpful";

/** A question of the last month. Who asked it is not known. */
export interface AskedQuestion {
  at: Date;
  outcome: AskedOutcome;
  from?: Cited;
  question: string;
}

/** How many questions of a day (in Beijing, YYYY-MM-DD) ended how. */
export interface AskedDay {
  day: string;
  answered: number;
  unsure: number;
  unhelpful: number;
}

/** Questions are kept no longer than editors need them (个人信息保护法 第十九条). */
const KEPT_MS = 30 * 24 * 3_600_000;
/** Who was answered from what: as long as a correction may still matter. */
const ANSWERED_KEPT_MS = 365 * 24 * 3_600_000;
const PRUNE_CHUNK = 500;

export type AskedTable = ReturnType<typeof createAskedTable>;

/** What was asked and from what it was answered. What `prepare` gives must run inside a write. */
export function createAskedTable({ database, sealed }: { database: SqliteDatabase; sealed: SealedJson }) {
  const sql = prepareAsked(database);

  function* oneByOne(at: Date, outcomes: readonly AskedOutcome[], limit: number): Generator<AskedQuestion> {
    for (const row of sql.since.all(at.getTime(), JSON.stringify(outcomes), limit)) {
      const isFrom = row.entry_id !== null && row.version !== null;
      yield {
        at: new Date(row.at),
        outcome: row.outcome,
        question: sealed.open<string>(row.question),
        ...(isFrom ? { from: { entryId: row.entry_id as string, version: row.version as number } } : {}),
      };
    }
  }

  return {
    /** Sealed at once, kept later. */
    prepare(
      asked: { question: string; outcome: AskedOutcome; from?: Cited },
      by: ConversationRef,
      at: Date,
    ): () => void {
      const question = sealed.close(asked.question);
      const { outcome, from } = asked;
      return () => {
        sql.ask.run(at.getTime(), outcome, from?.entryId ?? null, from?.version ?? null, question);
        sql.count[outcome].run(dayInBeijing(at));
        if (outcome !== "answered" || !from) return;
        sql.answered.run(from.entryId, from.version, by.channel, by.conversationId, at.getTime());
      };
    },
    isCurrent: ({ entryId, version }: Cited): boolean => sql.isCurrent.get(entryId, version) !== undefined,

    /** The newest since a time, newest first. */
    since: (at: Date, outcomes: readonly AskedOutcome[], limit: number): AskedQuestion[] => [
      ...oneByOne(at, outcomes, limit),
    ],
    /** The same, each opened when it is its turn. */
    oneByOne,
    /** In the order of the days, both ends included. */
    days: (from: string, to: string): AskedDay[] => sql.days.all(from, to),

    /** Deletes what is kept no longer; a little at a time, how much that was. */
    async prune(now: Date): Promise<number> {
      let deleted = 0;
      for (const [step, keptMs] of [
        [sql.pruneQuestions, KEPT_MS],
        [sql.pruneAnswered, ANSWERED_KEPT_MS],
      ] as const) {
        const before = now.getTime() - keptMs;
        while (step.has.get(before) !== undefined) {
          deleted += await database.write(() => step.remove.run(before, PRUNE_CHUNK).changes);
        }
      }
      return deleted;
    },
  };
}

interface Row {
  at: number;
  outcome: AskedOutcome;
  entry_id: string | null;
  version: number | null;
  question: Buffer;
}

function prepareAsked({ raw }: SqliteDatabase) {
  const count = (outcome: AskedOutcome) =>
    raw.prepare<[string]>(`
      INSERT INTO knowledge_days (day, ${outcome}) VALUES (?, 1) ON CONFLICT (day) DO UPDATE SET ${outcome} = ${outcome} + 1`);
  const pruning = (table: "knowledge_questions" | "knowledge_answered") => ({
    has: raw.prepare<[number]>(`SELECT 1 FROM ${table} WHERE at < ? LIMIT 1`),
    remove: raw.prepare<[number, number]>(
      `DELETE FROM ${table} WHERE seq IN (SELECT seq FROM ${table} WHERE at < ? ORDER BY at LIMIT ?)`,
    ),
  });
  return {
    ask: raw.prepare(
      "INSERT INTO knowledge_questions (at, outcome, entry_id, version, question) VALUES (?, ?, ?, ?, ?)",
    ),
    answered: raw.prepare(
      "INSERT INTO knowledge_answered (entry_id, version, channel, conversation_id, at) VALUES (?, ?, ?, ?, ?)",
    ),
    count: { answered: count("answered"), unsure: count("unsure"), unhelpful: count("unhelpful") },
    isCurrent: raw.prepare<[string, number]>(
      "SELECT 1 FROM knowledge_entries WHERE id = ? AND version = ? AND status = 'published'",
    ),
    since: raw.prepare<[number, string, number], Row>(`
      SELECT at, outcome, entry_id, version, question FROM knowledge_questions
      WHERE at >= ? AND outcome IN (SELECT value FROM json_each(?)) ORDER BY at DESC, seq DESC LIMIT ?`),
    days: raw.prepare<[string, string], AskedDay>(
      "SELECT day, answered, unsure, unhelpful FROM knowledge_days WHERE day BETWEEN ? AND ? ORDER BY day",
    ),
    pruneQuestions: pruning("knowledge_questions"),
    pruneAnswered: pruning("knowledge_answered"),
  };
}
