import { isInformative } from "../text/informative.ts";
import type { Segmenter } from "../text/segment.ts";
import { conceptsOf } from "../text/synonyms.ts";
import { characterPairs, isPair, pairOf } from "../text/tokens.ts";

/** What a telling is about besides its place: informative words, what they stand for, and pairs of characters; each once. */
export type WordSet = ReadonlySet<string>;

/** A citizen may paste a page; the beginning tells what it is about. */
const READ_LENGTH = 400;

export function wordsOf(text: string, segmenter: Segmenter): WordSet {
  const read = text.slice(0, READ_LENGTH);
  const words = segmenter.segment(read).filter(isInformative);
  const pairs = characterPairs(read).filter((pair) => isInformative(pairOf(pair)));
  return new Set([...words, ...words.flatMap(conceptsOf), ...pairs]);
}

/** How rare words are in the city's requests. */
export interface Rarity {
  of(word: string): number;
}

/** Counts in how many of the texts each word stands. */
export function rarityIn(texts: readonly string[], segmenter: Segmenter): Rarity {
  const counts = new Map<string, number>();
  for (const text of texts) for (const word of wordsOf(text, segmenter)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return { of: (word) => Math.log(1 + texts.length / (1 + (counts.get(word) ?? 0))) };
}

/** Cosine of the two sets, each word weighed by its rarity; words of the addresses tell nothing of the matter. 0 to 1. */
export function likeness(a: WordSet, b: WordSet, addresses: string, rarity: Rarity): number {
  const weight = (word: string): number => {
    const plain = isPair(word) ? pairOf(word) : word;
    return addresses.includes(plain) ? 0 : rarity.of(word) ** 2;
  };
  const sum = (words: Iterable<string>) => [...words].reduce((total, word) => total + weight(word), 0);
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  const shared = sum([...small].filter((word) => large.has(word)));
  const both = Math.sqrt(sum(a) * sum(b));
  return both === 0 ? 0 : shared / both;
}
