import type { Hit, WeightedTerms } from "../../../knowledge/text/index.ts";

interface Options {
  weight: number;
  lengthNorm: number;
}

type Document = Partial<Record<string, readonly string[]>>;

const SATURATION = 1.2;

/** BM25F in the plainest words: every document is scored. `averages`: how long each field is taken to be on average. */
export function searchExhaustively(options: {
  documents: ReadonlyMap<string, Document>;
  fields: Record<string, Options>;
  averages: readonly number[];
  terms: WeightedTerms;
}): Hit[] {
  const { documents, fields, averages, terms } = options;
  const frequencies = new Map(
    [...terms.keys()].map((term) => [
      term,
      [...documents.values()].filter((document) => Object.values(document).some((words) => words?.includes(term)))
        .length,
    ]),
  );
  function scoreOf(document: Document): number {
    let score = 0;
    for (const [term, weight] of terms) {
      let count = 0;
      for (const [i, [field, { weight: counts, lengthNorm }]] of Object.entries(fields).entries()) {
        const words = document[field] ?? [];
        const occurrences = words.filter((word) => word === term).length;
        const relative = words.length / (averages[i] || 1);
        count += (occurrences * counts) / (1 - lengthNorm + lengthNorm * relative);
      }
      const frequency = frequencies.get(term) as number;
      const rarity = Math.log(1 + (documents.size - frequency + 0.5) / (frequency + 0.5));
      score += (weight * rarity * count) / (SATURATION + count);
    }
    return score;
  }
  return [...documents]
    .map(([id, document]) => ({ id, score: scoreOf(document) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
}
