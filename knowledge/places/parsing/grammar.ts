/**
 * Which labels may follow which. A state of the chain is a pair (label before, label); `from` is the number of labels where none
 * is before. Pairs are sorted by `to`, so that those that end in one label are neighbours: [startOf[label], startOf[label + 1]).
 */
export interface Grammar {
  labels: readonly string[];
  from: Uint8Array;
  to: Uint8Array;
  startOf: Int32Array;
  /** For each pair the index of its first transition: one for each pair that ends where this one begins, in their order. */
  transitionOf: Int32Array;
  transitions: number;
}

/** `pairs` are written as from × (labels + 1) + to; repetitions and order do not matter. */
export function createGrammar(labels: readonly string[], pairs: Iterable<number>): Grammar {
  const width = labels.length + 1;
  const known = [...new Set(pairs)].sort((a, b) => (a % width) - (b % width) || a - b);
  const from = Uint8Array.from(known, (pair) => Math.floor(pair / width));
  const to = Uint8Array.from(known, (pair) => pair % width);
  const startOf = Int32Array.from({ length: width + 1 }, (_, label) => to.filter((one) => one < label).length);
  const transitionOf = new Int32Array(known.length);
  let transitions = 0;
  from.forEach((label, pair) => {
    transitionOf[pair] = transitions;
    if (label < labels.length) transitions += (startOf[label + 1] as number) - (startOf[label] as number);
  });
  return { labels, from, to, startOf, transitionOf, transitions };
}

/** Index of the pair, or undefined when it is not allowed. */
export function pairOf(grammar: Grammar, from: number, to: number): number | undefined {
  for (let pair = grammar.startOf[to] as number; pair < (grammar.startOf[to + 1] as number); pair++) {
    if (grammar.from[pair] === from) return pair;
  }
  return undefined;
}

/** Weights of what follows what: `step` per transition, `first` per pair (used where it begins a text), `last` per pair at the end. */
export interface ChainWeights {
  step: Float32Array;
  first: Float32Array;
  last: Float32Array;
}

/** Scores of all segments of one text: `scores[(start * longest + length - 1) * labels + label]`. */
export interface SegmentScores {
  length: number;
  longest: number;
  labels: number;
  scores: Float32Array;
}

export interface Segment {
  start: number;
  end: number;
  label: number;
}
