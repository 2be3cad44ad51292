import type { Averages } from "./averages.ts";
import type { Run } from "./run.ts";
import { findTerm, type TermTable, termAt } from "./term-table.ts";

/** The numbers of a sealed run, in arrays that can lie in a file as they are. */
export interface SealedArrays extends TermTable {
  lengths: Uint32Array;
  /** Where the postings of each term begin, and at last where those of the last one end. */
  from: Uint32Array;
  /** The slot of each posting, ascending within a term. */
  slots: Uint16Array;
  /** The number of its packed counts in `counts`: there are far fewer different ones than postings. */
  codes: Uint8Array | Uint16Array | Uint32Array;
  counts: Uint32Array;
  /** The most that the weighed count of each term came to in any of its documents when the run was sealed. */
  most: Float32Array;
  gone: Uint8Array;
}

/** A run that takes no further documents, in three to four bytes a posting. */
export interface SealedRun extends Run {
  kind: "sealed";
  arrays: SealedArrays;
  norms(): Float32Array;
  /** No weighed count of the term is higher than this. */
  mostOf(term: number): number;
  /** The growth of the norms (see `Averages`) when the run was sealed. */
  sealedAt: number;
}

/** Single precision rounds, and a bound must not be rounded down. */
const ROUNDED_UP = 1 + 1e-5;

/** Which posting is the one of `term` in `slot`, by halving; -1 when there is none. */
export function lookUp({ from, slots }: SealedArrays, term: number, slot: number): number {
  let low = from[term] as number;
  const end = from[term + 1] as number;
  for (let high = end; low < high; ) {
    const middle = (low + high) >> 1;
    if ((slots[middle] as number) < slot) low = middle + 1;
    else high = middle;
  }
  return low < end && slots[low] === slot ? low : -1;
}

export function createSealedRun(options: {
  serial: number;
  documents: Uint32Array;
  arrays: SealedArrays;
  averages: Averages;
  sealedAt: number;
}): SealedRun {
  const { arrays, averages, documents } = options;
  const { lengths, from, slots, codes, counts, gone } = arrays;
  const holes: number[] = [];
  for (const [slot, isGone] of gone.entries()) if (isGone) holes.push(slot);
  // How many of a term's documents are holes, and how many of the holes were looked at for that. Made with the first hole.
  let lost = new Uint32Array(0);
  let looked = new Uint32Array(0);
  let norms: Float32Array = new Float32Array(0);
  let version = -1;

  function lostOf(term: number): number {
    if (holes.length === 0) return 0;
    if (lost.length === 0) {
      lost = new Uint32Array(from.length);
      looked = new Uint32Array(from.length);
    }
    for (let i = looked[term] as number; i < holes.length; i++) {
      if (lookUp(arrays, term, holes[i] as number) >= 0) lost[term] = (lost[term] as number) + 1;
    }
    looked[term] = holes.length;
    return lost[term] as number;
  }

  return {
    ...options,
    kind: "sealed",
    lengths,
    gone,
    holes,
    size: () => documents.length,
    remove(slot) {
      gone[slot] = 1;
      holes.push(slot);
    },
    norms() {
      if (version !== averages.version()) {
        norms = averages.normsOf(lengths);
        version = averages.version();
      }
      return norms;
    },
    mostOf: (term) => ((arrays.most[term] as number) * ROUNDED_UP * averages.growth()) / options.sealedAt,
    find: (term) => findTerm(arrays, term),
    frequency: (term) => (from[term + 1] as number) - (from[term] as number) - lostOf(term),
    terms: () => from.length - 1,
    termAt: (term) => termAt(arrays, term),
    read(term, into) {
      const start = from[term] as number;
      const end = from[term + 1] as number;
      for (let i = start; i < end; i++) {
        into.slots[i - start] = slots[i] as number;
        into.counts[i - start] = counts[codes[i] as number] as number;
      }
      return end - start;
    },
  };
}
