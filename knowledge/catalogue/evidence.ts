import type { Segmenter } from "../text/segment.ts";
import type { Leaf } from "./load.ts";
import { createMeasures, type Measures } from "./measures.ts";
import { TERM_KINDS } from "./terms.ts";

/** What speaks for one leaf, in the order of SIGNALS. */
export interface Candidate {
  leaf: Leaf;
  signals: readonly number[];
}

/** The leaves worth a closer look, and how little the text as a whole gives to go by, in the order of DOUBTS. */
export interface Evidence {
  candidates: readonly Candidate[];
  doubts: readonly number[];
}

/** `…Share` is relative to the best leaf of the text, `…Behind` how far behind it. */
export const SIGNALS: readonly string[] = [
  "score",
  "scoreShare",
  "nearestShare",
  "keywordShare",
  "leafFit",
  "leafFitBehind",
  "itemFitBehind",
  "classFitBehind",
  "itemAgreement",
  "classAgreement",
  "catchAll",
  ...TERM_KINDS,
  ...TERM_KINDS.map((kind) => `${kind}Share`),
];

export const DOUBTS: readonly string[] = [
  "always",
  "size",
  "score",
  "nearest",
  "leafFit",
  "keywords",
  "words",
  "everyday",
];

/** How many leaves are looked at closely. */
const CANDIDATES = 16;
/** How much the likelihoods of leaf and 项 count in choosing them. */
const LEAF_FIT = 0.3;
const ITEM_FIT = 0.1;
/** From this many matching characters of keywords on they count in full. */
const FULL_KEYWORDS = 2;
/** Makes the best scores stand out when they are shared out among 项 and 类. */
const SHARPNESS = 3;
/** So the leaf for what is left of a 类 is called. */
const CATCH_ALL = "其他";

/** Reads texts against a catalogue. */
export function createEvidence(catalogue: {
  leaves: readonly Leaf[];
  segmenter: Segmenter;
}): (text: string) => Evidence {
  const measure = createMeasures(catalogue);
  return (text) => evidenceIn(measure(text), catalogue.leaves);
}

function evidenceIn(measures: Measures, leaves: readonly Leaf[]): Evidence {
  const chosen = chooseCandidates(measures);
  if (chosen.length === 0) return { candidates: [], doubts: DOUBTS.map((name) => (name === "always" ? 1 : 0)) };
  const top = (of: Float64Array) => Math.max(...chosen.map((i) => of[i] as number));
  const share = (of: Float64Array) => {
    const highest = top(of) || 1;
    return (i: number) => (of[i] as number) / highest;
  };
  const root = Math.sqrt(measures.size);
  const plain = (of: Float64Array) => (i: number) => (of[i] as number) / root;
  const behind = (of: Float64Array) => {
    const highest = of.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY);
    return (i: number) => ((of[i] as number) - highest) / root;
  };
  const { score, nearest, keywords, fits, byKind } = measures;
  const manyKeywords = Math.min(1, top(keywords) / FULL_KEYWORDS);
  const keywordShare = share(keywords);
  const signals = [
    plain(score),
    share(score),
    share(nearest),
    (i: number) => keywordShare(i) * manyKeywords,
    (i: number) => (fits.leaf[i] as number) / (measures.size + 1),
    behind(fits.leaf),
    behind(fits.item),
    behind(fits.class),
    agreement(measures, leaves, chosen, 2),
    agreement(measures, leaves, chosen, 1),
    (i: number) => (leaves[i]?.path[2] === CATCH_ALL ? 1 : 0),
    ...byKind.map(plain),
    ...byKind.map(share),
  ];
  const none = new Float64Array(leaves.length);
  const [words = none, , everyday = none] = byKind;
  return {
    candidates: chosen.map((i) => ({ leaf: leaves[i] as Leaf, signals: signals.map((signal) => signal(i)) })),
    doubts: [
      1,
      Math.log(measures.size + 1),
      top(score) / root,
      top(nearest) / root,
      top(fits.leaf) / (measures.size + 1),
      Math.log1p(top(keywords)),
      top(words) / root,
      top(everyday) / root,
    ],
  };
}

function chooseCandidates({ score, fits }: Measures): number[] {
  const found: { leaf: number; promise: number }[] = [];
  for (const [leaf, one] of score.entries()) {
    if (one <= 0) continue;
    const promise = one + LEAF_FIT * (fits.leaf[leaf] as number) + ITEM_FIT * (fits.item[leaf] as number);
    // Only who comes before the last of the best so far, or finds room, has a place.
    if (found.length === CANDIDATES && promise <= (found.at(-1)?.promise as number)) continue;
    const before = found.findLastIndex((other) => other.promise >= promise);
    found.splice(before + 1, 0, { leaf, promise });
    found.length = Math.min(found.length, CANDIDATES);
  }
  return found.map(({ leaf }) => leaf);
}

/** How far the candidates agree on the upper `depth` levels of a leaf's path: their share of all scores. */
function agreement({ score }: Measures, leaves: readonly Leaf[], chosen: readonly number[], depth: number) {
  const groups = new Map(chosen.map((i) => [i, leaves[i]?.path.slice(0, depth).join("/") ?? ""]));
  const shares = new Map<string, number>();
  const weights = chosen.map((i) => (score[i] as number) ** SHARPNESS);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (const [k, group] of [...groups.values()].entries()) {
    shares.set(group, (shares.get(group) ?? 0) + (weights[k] as number) / total);
  }
  return (i: number) => shares.get(groups.get(i) ?? "") ?? 0;
}
