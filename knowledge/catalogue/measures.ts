import { createTextIndex, type WeightedTerms } from "../text/index.ts";
import { normalize } from "../text/normalize.ts";
import type { Segmenter } from "../text/segment.ts";
import { type EverydayConcepts, loadEverydayWords } from "./everyday-words.ts";
import { createKeywordsIn } from "./keywords-in.ts";
import { createLevels, type Fits } from "./levels.ts";
import type { Leaf } from "./load.ts";
import { KIND_WEIGHT, leafTerms, TERM_KINDS, termsOf, together } from "./terms.ts";

/** What was measured of a text; every list is in the order of the leaves. */
export interface Measures {
  /** How many terms the text has, weighed. */
  size: number;
  /** BM25 of keywords, examples and names for each of TERM_KINDS. */
  byKind: readonly Float64Array[];
  /** The kinds together, weighed. */
  score: Float64Array;
  /** BM25 of the one sentence or keyword of the leaf that is nearest. */
  nearest: Float64Array;
  fits: Fits;
  /** Characters of keywords that stand in the text word for word. */
  keywords: Float64Array;
}

/** The nearest sentences of leaves that are looked at. */
const NEAREST = 120;

/** Measures texts against a catalogue that is kept in memory; 450 leaves take 0.5 s to index. */
export function createMeasures({ leaves, segmenter }: { leaves: readonly Leaf[]; segmenter: Segmenter }) {
  const everyday = loadEverydayWords();
  const termsIn = remembered((text) => leafTerms(text, segmenter, everyday));
  const scoresBy = createScores(leaves, termsIn);
  const nearest = createNearest(leaves, termsIn);
  const fits = createLevels(leaves, termsIn);
  const keywordsIn = createKeywordsIn(leaves.map((leaf) => leaf.keywords));
  return (text: string): Measures => measure(text, { segmenter, everyday, scoresBy, nearest, fits, keywordsIn });
}

/** The same sentences are indexed several times. */
function remembered(read: (text: string) => string[]): TermsIn {
  const known = new Map<string, string[]>();
  return (texts) =>
    texts.flatMap((text) => {
      const terms = known.get(text) ?? read(text);
      known.set(text, terms);
      return terms;
    });
}

type Scores = (terms: WeightedTerms) => Float64Array;

interface Instruments {
  segmenter: Segmenter;
  everyday: EverydayConcepts;
  scoresBy: Scores;
  nearest: Scores;
  fits: (terms: WeightedTerms) => Fits;
  keywordsIn: (normalized: string) => Float64Array;
}

function measure(text: string, { segmenter, everyday, ...by }: Instruments): Measures {
  const kinds = termsOf(text, segmenter, everyday);
  const terms = together(kinds);
  const byKind = TERM_KINDS.map((kind) => by.scoresBy(kinds[kind]));
  const score = new Float64Array(byKind[0]?.length ?? 0);
  for (const [k, kind] of TERM_KINDS.entries()) {
    const [weight, scores] = [KIND_WEIGHT[kind], byKind[k] as Float64Array];
    for (let leaf = 0; leaf < score.length; leaf++) {
      score[leaf] = (score[leaf] as number) + weight * (scores[leaf] as number);
    }
  }
  return {
    size: [...terms.values()].reduce((sum, weight) => sum + weight, 0),
    byKind,
    score,
    nearest: by.nearest(terms),
    fits: by.fits(terms),
    keywords: by.keywordsIn(normalize(text)),
  };
}

type TermsIn = (texts: readonly string[]) => string[];

function createScores(leaves: readonly Leaf[], termsIn: TermsIn): Scores {
  const index = createTextIndex({
    fields: {
      keywords: { weight: 2, lengthNorm: 0.4 },
      examples: { weight: 1, lengthNorm: 0.5 },
      path: { weight: 1.5, lengthNorm: 0.2 },
    },
  });
  for (const [i, { keywords, examples, path }] of leaves.entries()) {
    index.add(String(i), { keywords: termsIn(keywords), examples: termsIn(examples), path: termsIn(path) });
  }
  return (terms) => {
    const scores = new Float64Array(leaves.length);
    for (const { id, score } of index.scores(terms)) scores[Number(id)] = score;
    return scores;
  };
}

function createNearest(leaves: readonly Leaf[], termsIn: TermsIn): Scores {
  const index = createTextIndex({ fields: { text: { weight: 1, lengthNorm: 0.5 } } });
  const leafOf: number[] = [];
  for (const [i, { keywords, examples }] of leaves.entries()) {
    for (const text of [...examples, ...keywords]) {
      index.add(String(leafOf.length), { text: termsIn([text]) });
      leafOf.push(i);
    }
  }
  return (terms) => {
    const scores = new Float64Array(leaves.length);
    for (const { id, score } of index.search(terms, NEAREST)) {
      const leaf = leafOf[Number(id)] as number;
      scores[leaf] = Math.max(scores[leaf] as number, score);
    }
    return scores;
  };
}
