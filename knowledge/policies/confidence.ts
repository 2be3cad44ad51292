import { dot } from "../learning/choice.ts";
import type { EntryMatch } from "./entry-match.ts";
import { GROUNDS } from "./ranking/grounds.ts";

export interface Confidence {
  /** From 0 to 1: how likely the entry answers the query. */
  value: number;
  sufficient: boolean;
}

/** Less than half of what the query says stands in the entry: whatever else speaks for it, it is about something else. */
const LEAST_COVERED = 0.5;

const logistic = (sum: number): number => 1 / (1 + Math.exp(-sum));

/**
 * By how much an entry deserves to come before others. Fitted as a choice among eight candidates: every starter paraphrase and question asked
 * after being taken out of its entry, and every second of test/knowledge/policies/citizen-questions.ts with four times the weight.
 */
export const closeness = ({ likeness, returned, covered, found, sameAspect, stranger }: EntryMatch): number =>
  0.96 * likeness +
  1.05 * returned +
  0.69 * covered +
  3.72 * found +
  2.67 * covered * found +
  1.07 * likeness * sameAspect -
  2 * stranger;

/** The best entry, and how it stands to the next one (absent when there is none). */
export interface Ranking {
  best: EntryMatch;
  next?: EntryMatch | undefined;
  /** Both are filed under the same category, so that they compete for every question about their common subject. */
  siblings: boolean;
}

/** At this point at most one in twenty questions without an answer in the base is answered. */
export const ENTRY_ANSWER_FROM = 0.76;
/** From this likeness on the telling words are the same. */
const ALIKE = 0.97;

/**
 * Logistic regression on the same questions; to be refused were the starter questions whose entry was taken out and every second of
 * unanswerable-questions.ts (weights: paraphrases 1, taken-out entries 0.5, citizens' and unanswerable questions 6).
 * An editors' own wording is always answered, and so is one that differs in empty words only and is after the same thing.
 */
export function entryConfidence({ best, next, siblings }: Ranking): Confidence {
  const { likeness, said, asked, covered, unknown, aspect, sameAspect } = best;
  if (best.same === 1) return { value: 0.99, sufficient: true };
  if (covered < LEAST_COVERED || best.stranger === 1) return { value: covered * 0.1, sufficient: false };
  if (likeness >= ALIKE && sameAspect >= 0.5) return { value: 0.97, sufficient: true };
  const lead = next ? 1 - Math.exp(closeness(next) - closeness(best)) : 1;
  const leadFound = best.found - (next?.found ?? 0);
  const value = logistic(
    -1.82 +
      2.16 * likeness -
      1.36 * asked +
      1.32 * covered -
      0.6 * unknown -
      (aspect === 0 ? 0.36 : 0) +
      (siblings ? 0.84 * lead : 0) +
      0.74 * covered * said +
      0.41 * covered * lead +
      2.29 * leadFound +
      1.2 * leadFound * covered -
      1.61 * Math.max(0, 0.75 - covered),
  );
  return { value, sufficient: value >= ENTRY_ANSWER_FROM };
}

/** At this point at most one in six questions whose document is missing is answered from another one. */
export const DOCUMENT_ANSWER_FROM = 0.4;

/** `grounds` as groundsOf gives them, `weights` as learned (docs/model-cards/ranking.md). */
export function documentConfidence(grounds: Float64Array, weights: Float64Array): Confidence {
  const value = logistic(dot(grounds, weights));
  const wordsCovered = grounds[GROUNDS.indexOf("wordsCovered")] as number;
  return { value, sufficient: value >= DOCUMENT_ANSWER_FROM && wordsCovered >= LEAST_SAID };
}

/** Less of the question's telling words than this, and the document speaks of something else whatever its other signs. */
const LEAST_SAID = 0.34;
