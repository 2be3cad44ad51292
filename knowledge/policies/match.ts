import { isInformative } from "../text/informative.ts";
import { normalize } from "../text/normalize.ts";
import type { Segmenter } from "../text/segment.ts";
import { conceptsOf, isConcept } from "../text/synonyms.ts";
import { characterPairs, isPair } from "../text/tokens.ts";
import type { Entry } from "./entry.ts";
import type { Candidate } from "./entry-index.ts";
import { headline } from "./headline.ts";

/** How well a query and the best entry fit, each number from 0 to 1. */
export interface Match {
  /** Likeness of the query and the nearest way of asking the entry's question, weighed by how telling each term is. */
  likeness: number;
  /** Telling words of the query that stand in a way of asking. */
  asked: number;
  /** Telling words of the query that stand anywhere in the entry. */
  covered: number;
  /** Telling words of the query that no entry knows. */
  unknown: number;
  /** How far the entry is ahead of the next one. */
  margin: number;
  /** Some way of asking is the same but for empty words. */
  same: number;
}

export interface Measure {
  segmenter: Segmenter;
  rarity: (term: string) => number;
  knows: (term: string) => boolean;
}

/** Pairs of characters and concepts repeat what the word says in other ways. */
const HINT_SHARE = 0.5;
const isWord = (term: string): boolean => !isPair(term) && !isConcept(term);

type Terms = ReadonlyMap<string, number>;

function tellingTerms(text: string, { segmenter, rarity }: Measure): Terms {
  const words = segmenter.segment(text);
  const telling = words.filter(isInformative);
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

const waysOfAsking = (entry: Entry): string[] =>
  entry.question ? [entry.question, ...entry.similar] : [headline(entry), ...entry.similar];

/** Measures the first of `candidates` (best first, not empty) against the query. */
export function measureMatch(query: string, candidates: readonly [Candidate, ...Candidate[]], measure: Measure): Match {
  const [first, second] = candidates;
  const wanted = tellingTerms(query, measure);
  const ways = waysOfAsking(first.entry).map((way) => tellingTerms(way, measure));
  const anyWay = new Set(ways.flatMap((way) => [...way.keys()]));
  const text = tellingTerms(first.entry.text, measure);
  const all = weigh(wanted, () => true) || 1;
  const plain = bare(query, measure);
  return {
    likeness: Math.max(...ways.map((way) => likeness(wanted, way))),
    asked: weigh(wanted, (term) => anyWay.has(term)) / all,
    covered: weigh(wanted, (term) => anyWay.has(term) || text.has(term)) / all,
    unknown: weigh(wanted, (term) => !measure.knows(term)) / all,
    margin: second ? 1 - second.score / first.score : 1,
    same: plain !== "" && waysOfAsking(first.entry).some((way) => bare(way, measure) === plain) ? 1 : 0,
  };
}

function bare(text: string, { segmenter }: Measure): string {
  return segmenter.segment(normalize(text)).filter(isInformative).join("");
}
