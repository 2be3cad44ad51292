import type { WeightedTerms } from "../text/index.ts";
import { wordWeight } from "../text/informative.ts";
import { normalize } from "../text/normalize.ts";
import type { Segmenter } from "../text/segment.ts";
import { conceptsOf } from "../text/synonyms.ts";
import { characterPairs, indexTokens, pairOf } from "../text/tokens.ts";
import type { EverydayConcepts } from "./everyday-words.ts";

/**
 * The kinds of terms a text is compared by. They are counted apart, because they are not equally good witnesses: a pair of characters that
 * straddles two words often agrees by chance, the name of a thing hardly ever.
 */
export const TERM_KINDS = ["words", "synonyms", "everyday", "pairs", "straddling", "characters"] as const;
export type TermKind = (typeof TERM_KINDS)[number];
export type TextTerms = Readonly<Record<TermKind, WeightedTerms>>;

/** How much each kind counts where they are thrown together: for choosing candidates and for likelihoods. */
export const KIND_WEIGHT: Readonly<Record<TermKind, number>> = {
  words: 1,
  synonyms: 1.2,
  everyday: 1.5,
  pairs: 0.9,
  straddling: 0.5,
  characters: 0.25,
};

/** A citizen may paste a page; what is beyond this many words, pairs or characters adds time and nothing else. */
const MAX_TERMS = 256;
const CHARACTER = "\u0004";
const HAN = /\p{Script=Han}/u;

/** Terms of a citizen's words, each with how much it tells. */
export function termsOf(text: string, segmenter: Segmenter, everyday: EverydayConcepts): TextTerms {
  const normalized = normalize(text);
  const words = segmenter.segment(normalized).slice(0, MAX_TERMS);
  const within = new Set(words.flatMap(characterPairs));
  const pairs = characterPairs(normalized).slice(0, MAX_TERMS);
  const weighPair = (pair: string): [string, number] => [pair, wordWeight(pairOf(pair))];
  return {
    words: new Map(words.map((word) => [word, wordWeight(word)])),
    synonyms: new Map(words.flatMap(conceptsOf).map((concept) => [concept, 1])),
    everyday: new Map(everyday(normalized).map((concept) => [concept, 1])),
    pairs: new Map(pairs.filter((pair) => within.has(pair)).map(weighPair)),
    straddling: new Map(pairs.filter((pair) => !within.has(pair)).map(weighPair)),
    characters: new Map(characters(normalized).map((one) => [CHARACTER + one, wordWeight(one)])),
  };
}

/** All terms of a text of the catalogue, as an index counts them. */
export function leafTerms(text: string, segmenter: Segmenter, everyday: EverydayConcepts): string[] {
  const normalized = normalize(text);
  return [
    ...indexTokens(normalized, segmenter),
    ...everyday(normalized),
    ...characters(normalized).map((one) => CHARACTER + one),
  ];
}

const characters = (normalized: string): string[] => [...normalized].filter((one) => HAN.test(one)).slice(0, MAX_TERMS);

/** All kinds together, weighed. */
export function together(terms: TextTerms): WeightedTerms {
  return new Map(
    TERM_KINDS.flatMap((kind) => [...terms[kind]].map(([term, weight]) => [term, weight * KIND_WEIGHT[kind]])),
  );
}
