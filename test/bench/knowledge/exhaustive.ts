import type { Found, Subject } from "./subject.ts";

const SATURATION = 1.2;
const LENGTH_NORM = 0.75;
const TOP = 10;

/** The plainest BM25F there is, with one field: every document that has a word is scored. What the others find is held against it. */
export function createExhaustive(): Subject {
  const postings = new Map<string, Map<number, number>>();
  const lengths = new Map<number, number>();
  let total = 0;

  function addOne(id: number, words: string[]): void {
    lengths.set(id, words.length);
    total += words.length;
    for (const word of words) {
      const counts = postings.get(word) ?? new Map<number, number>();
      counts.set(id, (counts.get(id) ?? 0) + 1);
      postings.set(word, counts);
    }
  }

  function search(words: string[]): Found[] {
    const average = total / lengths.size;
    const scores = new Map<number, number>();
    for (const word of words) {
      const counts = postings.get(word) ?? new Map<number, number>();
      const rarity = Math.log(1 + (lengths.size - counts.size + 0.5) / (counts.size + 0.5));
      for (const [id, count] of counts) {
        const weighed = count / (1 - LENGTH_NORM + (LENGTH_NORM * (lengths.get(id) as number)) / average);
        scores.set(id, (scores.get(id) ?? 0) + (rarity * weighed) / (SATURATION + weighed));
      }
    }
    const ranked = [...scores].map(([id, score]) => ({ id, score })).sort((a, b) => b.score - a.score || a.id - b.id);
    const last = ranked[TOP - 1]?.score ?? 0;
    // Those that tie with the tenth are as good as it.
    return ranked.filter(({ score }, rank) => rank < TOP || score >= last * (1 - TOLERANCE));
  }

  return {
    addOne,
    addAll(documents) {
      for (const { id, words } of documents) addOne(id, words);
    },
    search,
    fileBytes: () => 0,
    close: () => undefined,
  };
}

/** Scores are kept in single precision by some. */
const TOLERANCE = 1e-5;
