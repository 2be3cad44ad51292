import { closeness, documentConfidence, entryConfidence } from "./confidence.ts";
import { matchDocument } from "./document-match.ts";
import { otherPlacesIn } from "./elsewhere.ts";
import type { Entry } from "./entry.ts";
import type { Candidate } from "./entry-index.ts";
import { createEntryMatcher } from "./entry-match.ts";
import type { Measure } from "./measure.ts";

/** A candidate in the order of how well it fits, best first. */
export interface Weighed {
  entry: Entry;
  /** Share of the query's telling words that stand in it. */
  covered: number;
}

export interface Weighing {
  order: Weighed[];
  /** How likely the first answers the query, and whether that is enough. */
  confidence: number;
  sufficient: boolean;
  /** The query is one of the first entry's ways of asking, letter for letter. */
  same: boolean;
}

/** Weighs the candidates of a search (best first) against the query. Editors' entries and bare documents are weighed apart; the better kind leads. */
export function weighCandidates(query: string, candidates: readonly Candidate[], measure: Measure): Weighing {
  const bestScore = candidates[0]?.score ?? 0;
  const match = createEntryMatcher(query, measure);
  const entries = candidates
    .filter(({ entry }) => entry.question)
    .map((candidate) => ({ entry: candidate.entry, match: match(candidate, bestScore) }))
    .toSorted((a, b) => b.match.same - a.match.same || closeness(b.match) - closeness(a.match));
  const documents = candidates.flatMap((candidate, i) => {
    if (candidate.entry.question) return [];
    return [{ entry: candidate.entry, match: matchDocument(query, [candidate, candidates[i + 1]], measure) }];
  });
  const covered = (one: { entry: Entry; match: { covered: number } }): Weighed => ({
    entry: one.entry,
    covered: one.match.covered,
  });
  const [best, next] = entries;
  const [document] = documents;
  if (best && (best.match.same === 1 || !document || candidates[0]?.entry.question)) {
    const siblings = next !== undefined && next.entry.category === best.entry.category;
    const { value, sufficient } = entryConfidence({ best: best.match, next: next?.match, siblings });
    const elsewhere = isAboutElsewhere(query, best.entry);
    return {
      order: [...entries, ...documents].map(covered),
      confidence: elsewhere ? 0 : value,
      sufficient: sufficient && !elsewhere,
      same: best.match.same === 1,
    };
  }
  const { value, sufficient } = document ? documentConfidence(document.match) : { value: 0, sufficient: false };
  return { order: [...documents, ...entries].map(covered), confidence: value, sufficient, same: false };
}

/** Another city's or country's rules are asked for, of which the entry does not speak. */
function isAboutElsewhere(query: string, { question = "", similar, text }: Entry): boolean {
  const places = otherPlacesIn(query);
  if (places.length === 0) return false;
  const words = [question, ...similar, text].join("\n");
  return places.some((place) => !words.includes(place));
}
