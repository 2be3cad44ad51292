import type { Answer, Misspelt } from "../../bots/model/index.ts";
import { type Asked, type Found, findAndWeigh } from "./candidates.ts";
import { DOCUMENT_ANSWER_FROM, ENTRY_ANSWER_FROM } from "./confidence.ts";
import type { Entry } from "./entry.ts";
import type { Candidate } from "./entry-index.ts";
import { headline } from "./headline.ts";
import { isAsking, judgeFound } from "./judge.ts";
import type { Measure } from "./measure.ts";
import { loadLearnedRanking } from "./ranking/learned.ts";
import { rankDocuments, readForRanking } from "./ranking/rank-documents.ts";
import { SIGNS } from "./ranking/signs.ts";
import { type ExplainedScope, explainScope } from "./scope/effect.ts";

/** An entry that was looked at, in the order in which they were weighed. `features`: what it was weighed by, each from 0 to 1. */
export interface ExplainedCandidate {
  id: string;
  version?: number;
  kind: "entry" | "document";
  question: string;
  /** Of the search; comparable within one question only. */
  score: number;
  features: Readonly<Record<string, number>>;
  /** Present where the entry is for some region or people only, or another one of its matter is. */
  scope?: ExplainedScope;
}

/** What a citizen would get, and why. */
export interface Explanation {
  answer: Answer;
  /** False where nothing can be answered with information: a greeting, a complaint, a matter of taste. */
  asksSomething: boolean;
  /** The confidence from which the first candidate is given as the answer. */
  threshold: number;
  /** The region that was asked about. */
  region?: string;
  /** Words that were taken for others of the same sound. */
  misspelt?: readonly Misspelt[];
  candidates: ExplainedCandidate[];
}

/** The one place that looks into retrieval and weighing for people. */
export function explain(asked: Asked): Explanation {
  const { query } = asked;
  const found = findAndWeigh(asked);
  const signs = documentSigns(query, found.candidates, found.measure);
  const candidates = [
    ...found.order.map(({ entry, match }) => explained(entry, match ? { ...match } : signs.get(entry), found)),
    ...(found.inScope?.excluded ?? []).map(({ entry }) => explained(entry, undefined, found)),
  ];
  const region = found.inScope?.scope.region?.name;
  return {
    answer: judgeFound(asked, found),
    asksSomething: isAsking(query, found),
    threshold: candidates[0]?.kind === "document" ? DOCUMENT_ANSWER_FROM : ENTRY_ANSWER_FROM,
    ...(region === undefined ? {} : { region }),
    candidates,
  };
}

function explained(entry: Entry, features: Record<string, number> | undefined, found: Found): ExplainedCandidate {
  const looked = [...found.candidates, ...(found.inScope?.excluded ?? [])];
  const scope = explainScope(entry, found.inScope);
  return {
    id: entry.id,
    version: entry.version,
    kind: entry.question ? "entry" : "document",
    question: entry.question ?? headline(entry),
    score: looked.find((candidate) => candidate.entry === entry)?.score ?? 0,
    features: features ?? {},
    ...(scope ? { scope } : {}),
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
