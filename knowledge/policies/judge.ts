import type { Answer, Source } from "../../bots/model/index.ts";
import type { Segmenter } from "../text/segment.ts";
import { asksSomething } from "./asks.ts";
import { confidenceOf } from "./confidence.ts";
import type { Entry } from "./entry.ts";
import type { Candidate, EntryIndex } from "./entry-index.ts";
import { type Match, measureMatch } from "./match.ts";
import { bestQuote } from "./quote.ts";
import { hasSource, sourceOf } from "./source.ts";

/** In UTF-16 units. A document's passage may be longer, for it is all that is shown of it. */
const ENTRY_QUOTE = 200;
const DOCUMENT_QUOTE = 400;
/** Up to this length the whole text of an entry is the answer; of anything longer its best passage. */
const WHOLE_TEXT = 800;
const CANDIDATES = 8;
const NEAREST = 3;
/** What is offered as near must share this much of the telling words. */
const NEAR_FROM = 0.34;

export interface Judgement {
  /** Absent when nothing is even near. */
  best?: { entry: Entry; match: Match; confidence: number };
  answer: Answer;
}

/** Decides whether the base answers `query` on the strength of the entries that `accept` lets through. */
export function judge(options: {
  query: string;
  index: EntryIndex;
  segmenter: Segmenter;
  accept: (entry: Entry) => boolean;
}): Judgement {
  const { query, index, segmenter } = options;
  const candidates = index.search(query, CANDIDATES, (entry) => hasSource(entry) && options.accept(entry));
  if (!isFilled(candidates)) return { answer: { kind: "unsure", nearest: [], confidence: 0 } };
  const measure = { segmenter, rarity: index.rarity, knows: index.knows };
  const match = measureMatch(query, candidates, measure);
  const { entry } = candidates[0];
  const { value, sufficient } = confidenceOf(match, entry.question ? "question" : "document");
  const answerable = match.same === 1 || asksSomething(query);
  const confidence = answerable ? value : 0;
  const best = { entry, match, confidence };
  const cite = (one: Entry) => cited(one, query, index, segmenter);
  const source = cite(entry);
  if (answerable && sufficient && source) {
    const text = entry.text.length <= WHOLE_TEXT ? entry.text : source.quote;
    return { best, answer: { kind: "answered", text, sources: [source], confidence } };
  }
  const near = candidates.filter((_, i) => {
    const rest = candidates.slice(i);
    return isFilled(rest) && measureMatch(query, rest, measure).covered >= NEAR_FROM;
  });
  const nearest = near.slice(0, NEAREST).flatMap((candidate) => cite(candidate.entry) ?? []);
  return { best, answer: { kind: "unsure", nearest, confidence } };
}

const isFilled = (candidates: readonly Candidate[]): candidates is [Candidate, ...Candidate[]] => candidates.length > 0;

function cited(entry: Entry, query: string, index: EntryIndex, segmenter: Segmenter): Source | undefined {
  const maxLength = entry.question ? ENTRY_QUOTE : DOCUMENT_QUOTE;
  return sourceOf(entry, bestQuote({ text: entry.text, query, maxLength, segmenter, rarity: index.rarity }));
}
