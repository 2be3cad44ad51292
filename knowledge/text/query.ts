import type { WeightedTerms } from "./index.ts";
import { wordWeight } from "./informative.ts";
import type { Segmenter } from "./segment.ts";
import { conceptsOf } from "./synonyms.ts";
import { characterPairs, pairOf } from "./tokens.ts";

/** Tuned on questions about policy documents and on paraphrases of the starter entries: pairs and words together find more than either alone. */
const PAIR_WEIGHT = 0.9;
const CONCEPT_WEIGHT = 1.2;
/** A citizen may paste a page; what is beyond this many terms adds time and nothing else. */
const MAX_TERMS = 256;

/** The terms of a question as the index wants them. `concepts`: what a word stands for, where not every shipped group is in use. */
export function queryTerms(text: string, segmenter: Segmenter, concepts = conceptsOf): WeightedTerms {
  const terms = new Map<string, number>();
  const put = (term: string, weight: number) => {
    if (terms.size < MAX_TERMS) terms.set(term, weight);
  };
  for (const word of segmenter.segment(text)) {
    put(word, wordWeight(word));
    for (const concept of concepts(word)) put(concept, CONCEPT_WEIGHT);
  }
  for (const pair of characterPairs(text)) put(pair, PAIR_WEIGHT * wordWeight(pairOf(pair)));
  return terms;
}
