import { dot } from "../../learning/choice.ts";
import { loadNearWords } from "../../text/near-words.ts";
import { loadTitleWords } from "../../text/title-words.ts";
import type { Candidate } from "../entry-index.ts";
import type { Measure } from "../measure.ts";
import type { LearnedRanking } from "./learned.ts";
import { type RankedQuestion, readQuestion } from "./read.ts";
import { signsOf } from "./signs.ts";

/** A document among the candidates, and how much speaks for it. */
export interface RankedCandidate {
  candidate: Candidate;
  signs: Float64Array;
  value: number;
}

export const readForRanking = (question: string, measure: Measure): RankedQuestion =>
  readQuestion(question, { ...measure, near: loadNearWords(), titleWords: loadTitleWords() });

/** The signs of each candidate, in their order, and whether most of them are official replies to letters. */
export function measureDocuments(question: RankedQuestion, candidates: readonly Candidate[], measure: Measure) {
  const documents = candidates.map(({ entry, score, passage }) => ({
    document: measure.readDocument(entry),
    found: { score, passage },
  }));
  const replies = documents.filter(({ document }) => document.isReply).length;
  return { signs: signsOf(question, documents, loadNearWords()), areReplies: replies * 2 > documents.length };
}

/** Best first. */
export function rankDocuments(
  question: RankedQuestion,
  candidates: readonly Candidate[],
  { measure, learned }: { measure: Measure; learned: LearnedRanking },
): RankedCandidate[] {
  return rankMeasured({ candidates, ...measureDocuments(question, candidates, measure) }, learned);
}

/** What nearness in meaning counts beside the learned signs, which know nothing of it. */
const NEAR_WEIGHT = 0.5;

/** The same for candidates that have been measured. Of papers the first one stands by its value, the others by weights of their own. */
export function rankMeasured(
  measured: { candidates: readonly Candidate[]; signs: readonly Float64Array[]; areReplies: boolean },
  learned: LearnedRanking,
): RankedCandidate[] {
  const valued = (weights: Float64Array): RankedCandidate[] =>
    measured.candidates
      .map((candidate, i) => {
        const signs = measured.signs[i] as Float64Array;
        return { candidate, signs, value: dot(signs, weights) + NEAR_WEIGHT * (candidate.near ?? 0) };
      })
      .toSorted((a, b) => b.value - a.value);
  if (measured.areReplies) return valued(learned.replies);
  const ranked = valued(learned.papers);
  const place = new Map(valued(learned.behind).map(({ candidate }, i) => [candidate, i]));
  const placeOf = ({ candidate }: RankedCandidate) => place.get(candidate) ?? 0;
  return [...ranked.slice(0, 1), ...ranked.slice(1).toSorted((a, b) => placeOf(a) - placeOf(b))];
}
