import { MAX_FIELDS, SATURATION, weighedCount } from "./counts.ts";
import { MAX_SLOTS } from "./document-table.ts";
import type { OpenRun } from "./open-run.ts";
import { lookUp, type SealedRun } from "./sealed-run.ts";
import type { Top } from "./top.ts";

/** A term of the query as one run knows it: its number there and how much a saturated count of it is worth. */
export interface RunTerm {
  number: number;
  worth: number;
}

/** Room to add up the scores of one run in; all zero between two searches. */
export interface Sums {
  sums: Float64Array;
  /** The slots whose sum is not zero. */
  touched: Uint16Array;
}

export const roomForSums = (): Sums => ({
  sums: new Float64Array(MAX_SLOTS),
  touched: new Uint16Array(MAX_SLOTS),
});

/** Scores are compared in single precision; what is less than this share below the threshold is reckoned to the end. */
const SURELY = 1 - 1e-6;

/** Offers every document of an open run that has one of the terms. `base` is added to its slot to make its place. */
export function searchOpen(run: OpenRun, terms: readonly RunTerm[], { sums, touched }: Sums, top: Top, base: number) {
  const norms = run.norms();
  let found = 0;
  for (const { number, worth } of terms) {
    const { pairs, length } = run.pairsOf(number);
    for (let i = 0; i < length; i += 2) {
      const slot = pairs[i] as number;
      const weighed = weighedCount(pairs[i + 1] as number, norms, slot * MAX_FIELDS);
      if (sums[slot] === 0) touched[found++] = slot;
      sums[slot] = (sums[slot] as number) + (worth * weighed) / (SATURATION + weighed);
    }
  }
  offerAll(run.gone, touched.subarray(0, found), sums, top, base);
}

function offerAll(gone: Uint8Array, slots: Uint16Array, sums: Float64Array, top: Top, base: number): void {
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i] as number;
    if (!gone[slot]) top.offer(Math.fround(sums[slot] as number), base + slot);
    sums[slot] = 0;
  }
}

/**
 * Offers those documents of a sealed run that can be among the best, by MaxScore (Turtle and Flood 1995), a term at a time, the one that can
 * bring most first. As soon as all terms that are left cannot lift a new document over the threshold together, only those documents are
 * looked up in them that were found already and can still reach it. What comes out is exactly what scoring every document would bring.
 */
export function searchSealed(run: SealedRun, terms: readonly RunTerm[], room: Sums, top: Top, base: number): void {
  const bounded = terms.map((term) => ({ ...term, bound: boundOf(run, term) })).sort((a, b) => b.bound - a.bound);
  /** The most that the terms from each one on can bring together. */
  const rest = new Float64Array(bounded.length + 1);
  for (let i = bounded.length - 1; i >= 0; i--) {
    rest[i] = (rest[i + 1] as number) + (bounded[i] as { bound: number }).bound;
  }
  const scorer = createScorer(run, room);
  let threshold = top.threshold();
  let at = 0;
  for (; at < bounded.length && (rest[at] as number) >= threshold * SURELY; at++) {
    scorer.addAll(bounded[at] as RunTerm);
    const left = rest[at + 1] as number;
    // Only worth the look when what has been added up can outweigh what is left.
    if (left >= threshold && (rest[0] as number) - left > left) {
      threshold = top.thresholdWith(scorer.present(), room.sums, threshold);
    }
  }
  for (; at < bounded.length; at++) {
    scorer.keep(threshold * SURELY - (rest[at] as number));
    threshold = top.thresholdWith(scorer.present(), room.sums, threshold);
    scorer.keep(threshold * SURELY - (rest[at] as number));
    scorer.addToFound(bounded[at] as RunTerm);
  }
  offerAll(run.gone, scorer.found(), room.sums, top, base);
}

function boundOf(run: SealedRun, { number, worth }: RunTerm): number {
  const most = run.mostOf(number);
  return (worth * most) / (SATURATION + most);
}

/** Looking one document up by halving costs as much as going through so many postings, for each halving. */
const LOOK_UP = 4;

function createScorer(run: SealedRun, { sums, touched }: Sums) {
  const { from, slots, codes, counts } = run.arrays;
  const { gone } = run;
  const norms = run.norms();
  let found = 0;

  function add(posting: number, slot: number, worth: number): void {
    const weighed = weighedCount(counts[codes[posting] as number] as number, norms, slot * MAX_FIELDS);
    sums[slot] = (sums[slot] as number) + (worth * weighed) / (SATURATION + weighed);
  }

  function keep(least: number): void {
    let kept = 0;
    for (let i = 0; i < found; i++) {
      const slot = touched[i] as number;
      if ((sums[slot] as number) < least || gone[slot]) sums[slot] = 0;
      else touched[kept++] = slot;
    }
    found = kept;
  }

  return {
    keep,
    found: () => touched.subarray(0, found),
    /** Those found that are still there. */
    present(): Uint16Array {
      if (run.holes.length > 0) keep(0);
      return touched.subarray(0, found);
    },
    addAll({ number, worth }: RunTerm): void {
      const end = from[number + 1] as number;
      for (let posting = from[number] as number; posting < end; posting++) {
        const slot = slots[posting] as number;
        if (sums[slot] === 0) touched[found++] = slot;
        add(posting, slot, worth);
      }
    },
    addToFound({ number, worth }: RunTerm): void {
      const start = from[number] as number;
      const end = from[number + 1] as number;
      if (found * LOOK_UP * Math.log2(end - start + 1) > end - start) {
        for (let posting = start; posting < end; posting++) {
          const slot = slots[posting] as number;
          if ((sums[slot] as number) > 0) add(posting, slot, worth);
        }
        return;
      }
      for (let i = 0; i < found; i++) {
        const slot = touched[i] as number;
        const posting = lookUp(run.arrays, number, slot);
        if (posting >= 0) add(posting, slot, worth);
      }
    },
  };
}
