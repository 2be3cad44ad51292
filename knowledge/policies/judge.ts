import type { Answer, Source } from "../../bots/model/index.ts";
import type { Segmenter } from "../text/segment.ts";
import { asksSomething } from "./asks.ts";
import { between } from "./between.ts";
import type { Entry } from "./entry.ts";
import type { Candidate, EntryIndex } from "./entry-index.ts";
import { type Measure, measureOf } from "./measure.ts";
import { bestQuote } from "./quote.ts";
import { quoteOf } from "./quoting/quote-of.ts";
import { loadLearnedRanking } from "./ranking/learned.ts";
import { readForRanking } from "./ranking/rank-documents.ts";
import { hasSource, sourceOf } from "./source.ts";
import { DOCUMENT_QUOTE, ENTRY_CANDIDATES, type Weighed, weighCandidates } from "./weigh.ts";

/** In UTF-16 units. */
const ENTRY_QUOTE = 200;
/** Up to this length the whole text of an entry is the answer; of anything longer its best passage. */
const WHOLE_TEXT = 800;
/** Of bare documents the right one may be far down the search's own order. */
export const CANDIDATES = 40;
const NEAREST = 3;
/** What is offered as near must share this much of the telling words. */
const NEAR_FROM = 0.34;

/** What is weighed: where the search's first are all editors' entries, no more of them; of a base with documents far more. */
export function candidatesOf(
  options: Pick<JudgeOptions, "query" | "accept"> & { index: Pick<EntryIndex, "search"> },
): Candidate[] {
  const { query, index, accept } = options;
  const mayAnswer = (entry: Entry) => hasSource(entry) && accept(entry);
  const first = index.search(query, ENTRY_CANDIDATES, mayAnswer);
  return first.every(({ entry }) => entry.question) ? first : index.search(query, CANDIDATES, mayAnswer);
}

interface JudgeOptions {
  query: string;
  index: EntryIndex;
  segmenter: Segmenter;
  accept: (entry: Entry) => boolean;
}

/** Decides whether the base answers `query` on the strength of the entries that `accept` lets through. */
export function judge(options: JudgeOptions): Answer {
  const { query, index, segmenter } = options;
  const candidates = candidatesOf(options);
  const measure = measureOf(index, segmenter);
  const { order, same, sufficient, ...weighing } = weighCandidates(query, candidates, measure);
  const answerable = same || asksSomething(query);
  const confidence = answerable ? weighing.confidence : 0;
  const best = order[0]?.entry;
  const cite = (weighed: Weighed) => cited(weighed, query, measure);
  const source = order[0] && cite(order[0]);
  if (best && source && answerable && sufficient) {
    const text = best.text.length <= WHOLE_TEXT ? best.text : source.quote;
    return { kind: "answered", text, sources: [source], confidence };
  }
  const near = order.filter(({ covered }) => covered >= NEAR_FROM).slice(0, NEAREST);
  const nearest = near.flatMap((weighed) => cite(weighed) ?? []);
  const which = between(query, order, confidence);
  return { kind: "unsure", nearest, confidence, ...(which ? { between: which } : {}) };
}

function cited({ entry, quote }: Weighed, query: string, measure: Measure): Source | undefined {
  if (quote !== undefined) return sourceOf(entry, quote);
  if (entry.question)
    return sourceOf(entry, bestQuote({ ...measure, text: entry.text, query, maxLength: ENTRY_QUOTE }));
  const question = readForRanking(query, measure);
  return sourceOf(entry, quoteOf(entry.text, question, DOCUMENT_QUOTE, loadLearnedRanking().windows).quote);
}
