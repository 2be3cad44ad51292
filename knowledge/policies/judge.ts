import type { Answer, Source } from "../../bots/model/index.ts";
import type { Segmenter } from "../text/segment.ts";
import { asksSomething } from "./asks.ts";
import type { Entry } from "./entry.ts";
import type { EntryIndex } from "./entry-index.ts";
import { bestQuote } from "./quote.ts";
import { hasSource, sourceOf } from "./source.ts";
import { weighCandidates } from "./weigh.ts";

/** In UTF-16 units. A document's passage may be longer, for it is all that is shown of it. */
const ENTRY_QUOTE = 200;
const DOCUMENT_QUOTE = 400;
/** Up to this length the whole text of an entry is the answer; of anything longer its best passage. */
const WHOLE_TEXT = 800;
export const CANDIDATES = 8;
const NEAREST = 3;
/** What is offered as near must share this much of the telling words. */
const NEAR_FROM = 0.34;

/** Decides whether the base answers `query` on the strength of the entries that `accept` lets through. */
export function judge(options: {
  query: string;
  index: EntryIndex;
  segmenter: Segmenter;
  accept: (entry: Entry) => boolean;
}): Answer {
  const { query, index, segmenter } = options;
  const candidates = index.search(query, CANDIDATES, (entry) => hasSource(entry) && options.accept(entry));
  const measure = { segmenter, rarity: index.rarity, knows: index.knows, read: index.read };
  const { order, same, sufficient, ...weighing } = weighCandidates(query, candidates, measure);
  const answerable = same || asksSomething(query);
  const confidence = answerable ? weighing.confidence : 0;
  const best = order[0]?.entry;
  const source = best && cited(best, query, index, segmenter);
  if (source && answerable && sufficient) {
    const text = best.text.length <= WHOLE_TEXT ? best.text : source.quote;
    return { kind: "answered", text, sources: [source], confidence };
  }
  const near = order.filter(({ covered }) => covered >= NEAR_FROM).slice(0, NEAREST);
  const nearest = near.flatMap(({ entry }) => cited(entry, query, index, segmenter) ?? []);
  return { kind: "unsure", nearest, confidence };
}

function cited(entry: Entry, query: string, index: EntryIndex, segmenter: Segmenter): Source | undefined {
  const maxLength = entry.question ? ENTRY_QUOTE : DOCUMENT_QUOTE;
  return sourceOf(entry, bestQuote({ text: entry.text, query, maxLength, segmenter, rarity: index.rarity }));
}
