import { dict } from "@node-rs/jieba/dict.js";

/** How many different words there are; the n-th is 1/n as frequent as the first (Zipf). */
const VOCABULARY = 60_000;
const WORD = /^\p{Script=Han}{2}$/u;
/** About 66 characters a document. */
const WORDS_IN_DOCUMENT = 33;
const WORDS_IN_QUERY = 6;

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The most frequent words of two characters of the dictionary: an engine that splits words by their letters finds as many first ones as in Chinese. */
function frequentWords(): string[] {
  const counted = Buffer.from(dict)
    .toString()
    .split("\n")
    .map((line) => line.split(" "))
    .flatMap(([word = "", count]) => (WORD.test(word) ? [{ word, count: Number(count) }] : []));
  return counted
    .sort((a, b) => b.count - a.count)
    .slice(0, VOCABULARY)
    .map(({ word }) => word);
}

/** Where the share of all occurrences up to each rank ends. */
function cumulated(): Float64Array {
  const ends = new Float64Array(VOCABULARY);
  let sum = 0;
  for (let rank = 0; rank < VOCABULARY; rank++) {
    sum += 1 / (rank + 1);
    ends[rank] = sum;
  }
  return ends.map((end) => end / sum);
}

const ends = cumulated();
const words = frequentWords();

function draw(random: () => number): string {
  const wanted = random();
  let low = 0;
  for (let high = VOCABULARY - 1; low < high; ) {
    const middle = (low + high) >> 1;
    if ((ends[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return words[low] as string;
}

/** The words of a document, the same for the same number. */
export function documentWords(number: number): string[] {
  const random = createRandom(number + 1);
  return Array.from({ length: WORDS_IN_DOCUMENT }, () => draw(random));
}

/** A question: six different words of one of the first `documents` documents. */
export function queryWords(number: number, documents: number): string[] {
  const random = createRandom(0x5eed0000 + number);
  const different = [...new Set(documentWords(Math.floor(random() * documents)))];
  const query: string[] = [];
  while (query.length < WORDS_IN_QUERY) {
    query.push(...different.splice(Math.floor(random() * different.length), 1));
  }
  return query;
}
