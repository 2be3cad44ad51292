import { isInformative } from "../text/informative.ts";
import { conceptsOf, isConcept } from "../text/synonyms.ts";
import { characterPairs, isPair } from "../text/tokens.ts";
import type { Entry } from "./entry.ts";
import type { Candidate } from "./entry-index.ts";
import { headline } from "./headline.ts";
import type { Measure } from "./measure.ts";

/** How well a query and a document fit, each number from 0 to 1. */
export interface DocumentMatch {
  /** Likeness of the query and the document's title. */
  likeness: number;
  /** Telling words of the query that stand in the document. */
  covered: number;
  /** Telling words of the query that nothing in the base knows. */
  unknown: number;
  /** How far the document is ahead of the next candidate. */
  margin: number;
}

/** Pairs of characters and concepts repeat what the word says in other ways. */
const HINT_SHARE = 0.5;
const isWord = (term: string): boolean => !isPair(term) && !isConcept(term);

type Terms = ReadonlyMap<string, number>;

function tellingTerms(text: string, { segmenter, rarity }: Measure): Terms {
  const telling = segmenter.segment(text).filter(isInformative);
  const hints = [...telling.flatMap(conceptsOf), ...telling.flatMap(characterPairs)];
  return new Map([...telling, ...hints].map((term) => [term, rarity(term) * (isWord(term) ? 1 : HINT_SHARE)]));
}

const weigh = (terms: Terms, keep: (term: string) => boolean): number => {
  let sum = 0;
  for (const [term, weight] of terms) if (keep(term)) sum += weight;
  return sum;
};

function likeness(a: Terms, b: Terms): number {
  const both = weigh(a, (term) => b.has(term));
  const total = weigh(a, () => true) + weigh(b, () => true);
  return total === 0 ? 0 : (2 * both) / total;
}

const titlesOf = (document: Entry): string[] => [headline(document), ...document.similar];

/** Measures the first candidate against the query; `second` is the next best. */
export function matchDocument(
  query: string,
  [first, second]: readonly [Candidate, Candidate?],
  measure: Measure,
): DocumentMatch {
  const wanted = tellingTerms(query, measure);
  const titles = titlesOf(first.entry).map((title) => tellingTerms(title, measure));
  const text = tellingTerms(first.entry.text, measure);
  const all = weigh(wanted, () => true) || 1;
  return {
    likeness: Math.max(...titles.map((title) => likeness(wanted, title))),
    covered: weigh(wanted, (term) => text.has(term) || titles.some((title) => title.has(term))) / all,
    unknown: weigh(wanted, (term) => !measure.knows(term)) / all,
    margin: second ? 1 - second.score / first.score : 1,
  };
}
