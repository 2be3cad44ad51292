import type { Answer } from "../../bots/model/index.ts";
import type { Segmenter } from "../text/segment.ts";
import { asksSomething } from "./asks.ts";
import { DOCUMENT_ANSWER_FROM, ENTRY_ANSWER_FROM } from "./confidence.ts";
import type { Entry } from "./entry.ts";
import type { Candidate, EntryIndex } from "./entry-index.ts";
import { createEntryMatcher } from "./entry-match.ts";
import { headline } from "./headline.ts";
import { candidatesOf, judge } from "./judge.ts";
import { type Measure, measureOf } from "./measure.ts";
import { loadLearnedRanking } from "./ranking/learned.ts";
import { rankDocuments, readForRanking } from "./ranking/rank-documents.ts";
import { SIGNS } from "./ranking/signs.ts";
import { weighCandidates } from "./weigh.ts";

/** An entry that was looked at, in the order in which they were weighed. `features`: what it was weighed by, each from 0 to 1. */
export interface ExplainedCandidate {
  id: string;
  version?: number;
  kind: "entry" | "document";
  question: string;
  /** Of the search; comparable within one question only. */
  score: number;
  features: Readonly<Record<string, number>>;
}

/** What a citizen would get, and why. */
export interface Explanation {
  answer: Answer;
  /** False where nothing can be answered with information: a greeting, a complaint, a matter of taste. */
  asksSomething: boolean;
  /** The confidence from which the first candidate is given as the answer. */
  threshold: number;
  candidates: ExplainedCandidate[];
}

/** The one place that looks into retrieval and weighing for people. */
export function explain(options: {
  query: string;
  index: EntryIndex;
  segmenter: Segmenter;
  accept: (entry: Entry) => boolean;
}): Explanation {
  const { query, index, segmenter } = options;
  const found = candidatesOf(options);
  const measure = measureOf(index, segmenter);
  const match = createEntryMatcher(query, measure);
  const signs = documentSigns(query, found, measure);
  const best = Math.max(0, ...found.map(({ score }) => score));
  const candidates = weighCandidates(query, found, measure).order.flatMap(({ entry }): ExplainedCandidate[] => {
    const at = found.findIndex((candidate) => candidate.entry === entry);
    const candidate = found[at];
    if (!candidate) return [];
    const features = entry.question ? { ...match(candidate, best) } : (signs.get(entry) ?? {});
    const question = entry.question ?? headline(entry);
    const kind = entry.question ? "entry" : "document";
    return [{ id: entry.id, version: entry.version, kind, question, score: candidate.score, features }];
  });
  return {
    answer: judge(options),
    asksSomething: asksSomething(query),
    threshold: candidates[0]?.kind === "document" ? DOCUMENT_ANSWER_FROM : ENTRY_ANSWER_FROM,
    candidates,
  };
}

/** What bare documents were ranked by, and the value that came of it. */
function documentSigns(
  query: string,
  found: readonly Candidate[],
  measure: Measure,
): Map<Entry, Record<string, number>> {
  const documents = found.filter(({ entry }) => !entry.question);
  const ranked = rankDocuments(readForRanking(query, measure), documents, { measure, learned: loadLearnedRanking() });
  return new Map(
    ranked.map(({ candidate, signs, value }) => {
      const named = Object.fromEntries(SIGNS.map((sign, i) => [sign, signs[i] as number]));
      return [candidate.entry, { value, ...named }] as const;
    }),
  );
}
