/**
 * Where a term occurs: pairs of document slot and packed field counts in one growing typed array, in the order of indexing.
 * A packed count holds four fields of eight bits, each counting up to 255.
 */
export interface Postings {
  /** [slot, counts, slot, counts, …]; only the first `length` numbers mean something. */
  pairs: Int32Array;
  length: number;
  /** Documents that are still there. */
  alive: number;
}

export const MAX_FIELDS = 4;
const MAX_COUNT = 255;

export const emptyPostings = (): Postings => ({ pairs: new Int32Array(4), length: 0, alive: 0 });

export function push(postings: Postings, slot: number, counts: number): void {
  if (postings.length === postings.pairs.length) {
    const grown = new Int32Array(postings.pairs.length * 2);
    grown.set(postings.pairs);
    postings.pairs = grown;
  }
  postings.pairs[postings.length] = slot;
  postings.pairs[postings.length + 1] = counts;
  postings.length += 2;
  postings.alive += 1;
}

/** Keeps the documents that `moveTo` gives a new slot (-1: gone), in place. */
export function compact(postings: Postings, moveTo: Int32Array): void {
  const { pairs } = postings;
  let kept = 0;
  for (let i = 0; i < postings.length; i += 2) {
    const slot = moveTo[pairs[i] as number] as number;
    if (slot < 0) continue;
    pairs[kept] = slot;
    pairs[kept + 1] = pairs[i + 1] as number;
    kept += 2;
  }
  postings.length = kept;
}

export function addCount(packed: number, field: number): number {
  const shift = field * 8;
  return ((packed >>> shift) & 0xff) === MAX_COUNT ? packed : packed + (1 << shift);
}
