import type { Averages } from "./averages.ts";
import { MAX_FIELDS, weighedCount } from "./counts.ts";
import type { Postings, Run } from "./run.ts";
import { createSealedRun, type SealedArrays, type SealedRun } from "./sealed-run.ts";
import { gatherTerms, type TermGathering } from "./term-table.ts";

/** Work between two stops, in postings or the like: a fraction of a millisecond. */
const SLICE = 4096;
/** What a term costs beside its postings. */
const PER_TERM = 8;

/**
 * Writes runs that follow one another into one sealed run without their holes, slice by slice: yields how many postings or the like each slice
 * has dealt with. The runs stay as they are; holes that come to be in them meanwhile are holes of the new run in the end.
 */
export function* seal(
  sources: readonly Run[],
  { serial, averages }: { serial: number; averages: Averages },
): Generator<number, SealedRun> {
  const sealedAt = averages.growth();
  const moves = sources.map(({ gone, size }) => gone.slice(0, size()));
  const moveTo = numberSlots(moves);
  const lengths = copyLengths(sources, moveTo);
  const norms = averages.normsOf(lengths);
  yield SLICE;
  const counted = yield* countTerms(sources, moves);
  const { terms, frequencies, termTo } = counted;
  const written = yield* writePostings({ sources, moveTo, termTo, frequencies, norms });
  const coded = yield* encode(written.packed);
  const table = yield* terms.finish();
  const arrays: SealedArrays = {
    ...table,
    ...coded,
    lengths,
    from: written.from,
    slots: written.slots,
    most: written.most,
    gone: new Uint8Array(lengths.length / MAX_FIELDS),
  };
  const documents = new Uint32Array(arrays.gone.length);
  for (const [i, { documents: numbers, gone }] of sources.entries()) {
    for (const [slot, to] of (moveTo[i] as Int32Array).entries()) {
      if (to < 0) continue;
      documents[to] = numbers[slot] as number;
      arrays.gone[to] = gone[slot] as number;
    }
  }
  return createSealedRun({ serial, averages, documents, arrays, sealedAt });
}

/** The new slot of each old one, -1 for a hole. */
function numberSlots(gone: readonly Uint8Array[]): Int32Array[] {
  let next = 0;
  return gone.map((holes) => Int32Array.from(holes, (isGone) => (isGone ? -1 : next++)));
}

function copyLengths(sources: readonly Run[], moveTo: readonly Int32Array[]): Uint32Array {
  const kept = moveTo.reduce((sum, slots) => sum + slots.reduce((all, to) => all + (to < 0 ? 0 : 1), 0), 0);
  const copied = new Uint32Array(kept * MAX_FIELDS);
  for (const [i, { lengths }] of sources.entries()) {
    for (const [slot, to] of (moveTo[i] as Int32Array).entries()) {
      if (to < 0) continue;
      copied.set(lengths.subarray(slot * MAX_FIELDS, (slot + 1) * MAX_FIELDS), to * MAX_FIELDS);
    }
  }
  return copied;
}

function roomFor(sources: readonly Run[]): Postings {
  const most = Math.max(...sources.map((source) => source.size()));
  return { slots: new Uint16Array(most), counts: new Uint32Array(most) };
}

interface Counted {
  terms: TermGathering;
  frequencies: Uint32Array;
  /** The new number of each source's terms, -1 for one that is in holes only. */
  termTo: Int32Array[];
}

function* countTerms(sources: readonly Run[], gone: readonly Uint8Array[]): Generator<number, Counted> {
  const all = sources.reduce((sum, source) => sum + source.terms(), 0);
  const terms = gatherTerms(all);
  const frequencies = new Uint32Array(all);
  const termTo = sources.map((source) => new Int32Array(source.terms()).fill(-1));
  const postings = roomFor(sources);
  let done = 0;
  for (const [i, source] of sources.entries()) {
    const holes = gone[i] as Uint8Array;
    for (let term = 0; term < (termTo[i] as Int32Array).length; term++) {
      const length = source.read(term, postings);
      let alive = 0;
      for (let p = 0; p < length; p++) alive += 1 - (holes[postings.slots[p] as number] as number);
      if (alive > 0) {
        const to = terms.intern(source.termAt(term));
        (termTo[i] as Int32Array)[term] = to;
        frequencies[to] = (frequencies[to] as number) + alive;
      }
      done += length + PER_TERM;
      if (done >= SLICE) {
        yield done;
        done = 0;
      }
    }
  }
  return { terms, frequencies: frequencies.subarray(0, terms.size()), termTo };
}

interface Written {
  from: Uint32Array;
  slots: Uint16Array;
  packed: Uint32Array;
  most: Float32Array;
}

function* writePostings(work: {
  sources: readonly Run[];
  moveTo: readonly Int32Array[];
  termTo: readonly Int32Array[];
  frequencies: Uint32Array;
  norms: Float32Array;
}): Generator<number, Written> {
  const { sources, frequencies, norms } = work;
  const from = new Uint32Array(frequencies.length + 1);
  for (const [term, frequency] of frequencies.entries()) from[term + 1] = (from[term] as number) + frequency;
  const next = from.slice();
  const all = from[frequencies.length] as number;
  const slots = new Uint16Array(all);
  const packed = new Uint32Array(all);
  const most = new Float32Array(frequencies.length);
  const postings = roomFor(sources);

  function copy(length: number, moveTo: Int32Array, to: number): void {
    let at = next[to] as number;
    for (let p = 0; p < length; p++) {
      const slot = moveTo[postings.slots[p] as number] as number;
      if (slot < 0) continue;
      const counts = postings.counts[p] as number;
      slots[at] = slot;
      packed[at++] = counts;
      const weighed = weighedCount(counts, norms, slot * MAX_FIELDS);
      if (weighed > (most[to] as number)) most[to] = weighed;
    }
    next[to] = at;
  }

  let done = 0;
  for (const [i, source] of sources.entries()) {
    for (const [term, to] of (work.termTo[i] as Int32Array).entries()) {
      if (to < 0) continue;
      const length = source.read(term, postings);
      copy(length, work.moveTo[i] as Int32Array, to);
      done += length + PER_TERM;
      if (done >= SLICE) {
        yield done;
        done = 0;
      }
    }
  }
  return { from, slots, packed, most };
}

/** Numbers the different packed counts. */
function* encode(packed: Uint32Array): Generator<number, Pick<SealedArrays, "codes" | "counts">> {
  const codeOf = new Map<number, number>();
  for (let i = 0; i < packed.length; i++) {
    const counts = packed[i] as number;
    let code = codeOf.get(counts);
    if (code === undefined) {
      code = codeOf.size;
      codeOf.set(counts, code);
    }
    packed[i] = code;
    if (i % SLICE === SLICE - 1) yield SLICE;
  }
  const codes = narrowest(codeOf.size, packed.length);
  for (let start = 0; start < packed.length; start += SLICE * 16) {
    codes.set(packed.subarray(start, start + SLICE * 16), start);
    yield SLICE;
  }
  return { codes, counts: Uint32Array.from(codeOf.keys()) };
}

function narrowest(different: number, length: number): SealedArrays["codes"] {
  if (different <= 2 ** 8) return new Uint8Array(length);
  return different <= 2 ** 16 ? new Uint16Array(length) : new Uint32Array(length);
}
