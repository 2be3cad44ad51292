import { normalize } from "./normalize.ts";
import type { Segmenter } from "./segment.ts";
import { conceptsOf } from "./synonyms.ts";

const RUN = /[\p{Script=Han}a-z0-9]+/gu;

/** Marks a pair of characters, so that 住房 the pair and 住房 the word are counted apart. */
const PAIR = "\u0001";

export const isPair = (token: string): boolean => token.startsWith(PAIR);

/** The characters of a pair token. */
export const pairOf = (token: string): string => token.slice(PAIR.length);

/** Pairs of neighbouring characters, letters and digits (A2区 is cut into a2 and 2区); a lone one stands for itself. */
export const characterPairs = (text: string): string[] => pairsIn(normalize(text));

/** The same of a text that is normalised, such as a word of the segmenter's: normalising takes longer than everything else here. */
export function pairsIn(normalized: string): string[] {
  const pairs: string[] = [];
  for (const [run] of normalized.matchAll(RUN)) {
    const characters = [...run];
    if (characters.length === 1) pairs.push(PAIR + run);
    for (let i = 1; i < characters.length; i++) pairs.push(`${PAIR}${characters[i - 1]}${characters[i]}`);
  }
  return pairs;
}

/** What the index counts: the words, what they stand for, and the pairs of characters, which forgive the segmenter's errors and words it does not know. */
export function indexTokens(text: string, segmenter: Segmenter): string[] {
  const words = segmenter.segment(text);
  return [...words, ...words.flatMap(conceptsOf), ...characterPairs(text)];
}
