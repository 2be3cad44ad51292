import type { Match } from "./match.ts";

interface Weights {
  bias: number;
  likeness: number;
  asked: number;
  covered: number;
  unknown: number;
  margin: number;
  marginCovered: number;
  marginLikeness: number;
  same: number;
  /** From this confidence on an answer is given. */
  answerFrom: number;
}

/**
 * Both are logistic regressions. Entries: fitted on the starter entries, each paraphrase asked after being taken out of its entry (1 when the
 * right entry came first), questions whose entry was taken out, and sentences about other things (0). `same` cannot be learned so and is set by
 * hand: an editors' own wording is always answered. `answerFrom` is where nine of ten answers to taken-out paraphrases are right.
 */
const ENTRY: Weights = {
  bias: -1.44,
  likeness: 1.33,
  asked: -2.93,
  covered: 1.44,
  unknown: -1.35,
  margin: 0,
  marginCovered: 4.21,
  marginLikeness: 2.52,
  same: 4,
  answerFrom: 0.57,
};

/**
 * Documents: fitted on public questions about policy papers (NCPPolicies, DataFountain 2020), each measured once with its document in the base
 * and once without: 6,000 full gradient steps of 0.5, ridge 0.0001, target 1 when the right document came first. Result on the same questions:
 * area under the curve .861; `answerFrom` 0.4 leaves 99 right answers in 100 and refuses five in six whose document is missing.
 * policy-docs.jsonl, SHA-256 e48487eec86d28a53ab08da7e2dcbff82d67607854865c849982314c9b7070df
 * policy-queries-dev.jsonl, SHA-256 3ef776f7cc5632646198ef9bb048b3e3a84cf6b81aa377edf1fef574de8177ce
 */
const DOCUMENT: Weights = {
  bias: -5.07,
  likeness: 2.06,
  asked: 0,
  covered: 3.44,
  unknown: 2.33,
  margin: 4.63,
  marginCovered: 2.84,
  marginLikeness: -0.41,
  same: 4,
  answerFrom: 0.4,
};

/** Less than half of what the query says stands in the entry: whatever else speaks for it, it is about something else. */
const LEAST_COVERED = 0.5;

export interface Confidence {
  /** From 0 to 1: how likely the entry answers the query. */
  value: number;
  sufficient: boolean;
}

/** Entries with editors' questions and bare documents are weighed apart. */
export function confidenceOf(match: Match, about: "question" | "document"): Confidence {
  const weights = about === "question" ? ENTRY : DOCUMENT;
  const { likeness, asked, covered, unknown, margin, same } = match;
  if (covered < LEAST_COVERED && same === 0) return { value: covered * 0.1, sufficient: false };
  const sum =
    weights.bias +
    weights.likeness * likeness +
    weights.asked * asked +
    weights.covered * covered +
    weights.unknown * unknown +
    weights.margin * margin +
    weights.marginCovered * margin * covered +
    weights.marginLikeness * margin * likeness +
    weights.same * same;
  const value = 1 / (1 + Math.exp(-sum));
  return { value, sufficient: value >= weights.answerFrom };
}
