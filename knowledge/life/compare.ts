import type { Answer } from "../../bots/model/index.ts";
import type { TestQuestion } from "../policies/entry.ts";

/** The entry that a question is answered from; undefined where the bot is not certain enough. */
export const outcomeOf = (answer: Answer): string | undefined =>
  answer.kind === "answered" ? answer.sources[0].entryId : undefined;

/** lost: answered before and not now; other: from another entry now; gained: not answered before. */
export type OutcomeChange = "lost" | "other" | "gained";

export function changeOf(before: string | undefined, after: string | undefined): OutcomeChange | undefined {
  if (before === after) return undefined;
  if (after === undefined) return "lost";
  return before === undefined ? "gained" : "other";
}

/** Whether a test question of an entry came out as its editors want it. */
export const passes = (test: TestQuestion, entryId: string, outcome: string | undefined): boolean =>
  test.expect === "this" ? outcome === entryId : outcome === undefined;
