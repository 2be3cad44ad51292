import type { Answer } from "../../bots/model/index.ts";
import type { Segmenter } from "../text/segment.ts";
import { asksSomething } from "./asks.ts";
import { DOCUMENT_ANSWER_FROM, ENTRY_ANSWER_FROM } from "./confidence.ts";
import { matchDocument } from "./document-match.ts";
import type { Entry } from "./entry.ts";
import type { EntryIndex } from "./entry-index.ts";
import { createEntryMatcher } from "./entry-match.ts";
import { headline } from "./headline.ts";
import { CANDIDATES, judge } from "./judge.ts";
import { hasSource } from "./source.ts";
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
  const found = index.search(query, CANDIDATES, (entry) => hasSource(entry) && options.accept(entry));
  const measure = { segmenter, rarity: index.rarity, knows: index.knows, read: index.read };
  const match = createEntryMatcher(query, measure);
  const best = found[0]?.score ?? 0;
  const candidates = weighCandidates(query, found, measure).order.flatMap(({ entry }): ExplainedCandidate[] => {
    const at = found.findIndex((candidate) => candidate.entry === entry);
    const candidate = found[at];
    if (!candidate) return [];
    const features = entry.question
      ? { ...match(candidate, best) }
      : { ...matchDocument(query, [candidate, found[at + 1]], measure) };
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
