import type { Averages } from "./averages.ts";
import { addCount, MAX_FIELDS } from "./counts.ts";
import type { Run } from "./run.ts";

/** The run that new documents come to, small enough to be searched from end to end. */
export interface OpenRun extends Run {
  kind: "open";
  /** The slot of the new document; `tokens` by field. */
  add(document: number, tokens: readonly (readonly string[])[]): number;
  /** Of all terms together. */
  postings(): number;
  norms(): Float32Array;
  /** [slot, counts, slot, counts, …] of a term; only the first `length` numbers mean something. */
  pairsOf(term: number): { pairs: Uint32Array; length: number };
}

/** Documents that an open run has room for. */
export const OPEN_ROOM = 1024;

interface Growing {
  pairs: Uint32Array;
  length: number;
  alive: number;
}

function push(postings: Growing, slot: number, counts: number): void {
  if (postings.length === postings.pairs.length) {
    const grown = new Uint32Array(postings.pairs.length * 2);
    grown.set(postings.pairs);
    postings.pairs = grown;
  }
  postings.pairs[postings.length] = slot;
  postings.pairs[postings.length + 1] = counts;
  postings.length += 2;
  postings.alive += 1;
}

export function createOpenRun(serial: number, averages: Averages): OpenRun {
  const documents = new Uint32Array(OPEN_ROOM);
  const lengths = new Uint32Array(OPEN_ROOM * MAX_FIELDS);
  const gone = new Uint8Array(OPEN_ROOM);
  const holes: number[] = [];
  const numberOf = new Map<string, number>();
  const terms: string[] = [];
  const lists: Growing[] = [];
  const termsOf: number[][] = [];
  let norms: Float32Array = new Float32Array(OPEN_ROOM * MAX_FIELDS);
  let version = averages.version();
  let postings = 0;

  function numberFor(term: string): number {
    const known = numberOf.get(term);
    if (known !== undefined) return known;
    numberOf.set(term, terms.length);
    lists.push({ pairs: new Uint32Array(4), length: 0, alive: 0 });
    return terms.push(term) - 1;
  }

  return {
    kind: "open",
    serial,
    documents,
    lengths,
    gone,
    holes,
    size: () => termsOf.length,
    postings: () => postings,
    add(document, tokens) {
      const slot = termsOf.length;
      documents[slot] = document;
      const counts = new Map<string, number>();
      for (const [field, words] of tokens.entries()) {
        lengths[slot * MAX_FIELDS + field] = words.length;
        for (const word of words) counts.set(word, addCount(counts.get(word) ?? 0, field));
      }
      const numbers: number[] = [];
      for (const [term, packed] of counts) {
        const number = numberFor(term);
        numbers.push(number);
        push(lists[number] as Growing, slot, packed);
      }
      termsOf.push(numbers);
      postings += numbers.length;
      averages.reckon(lengths, norms, slot);
      return slot;
    },
    remove(slot) {
      gone[slot] = 1;
      holes.push(slot);
      for (const term of termsOf[slot] as number[]) (lists[term] as Growing).alive -= 1;
    },
    norms() {
      if (version !== averages.version()) {
        norms = averages.normsOf(lengths);
        version = averages.version();
      }
      return norms;
    },
    find: (term) => numberOf.get(term) ?? -1,
    frequency: (term) => (lists[term] as Growing).alive,
    pairsOf: (term) => lists[term] as Growing,
    terms: () => terms.length,
    termAt: (term) => terms[term] as string,
    read(term, { slots, counts }) {
      const { pairs, length } = lists[term] as Growing;
      for (let i = 0; i < length; i += 2) {
        slots[i >> 1] = pairs[i] as number;
        counts[i >> 1] = pairs[i + 1] as number;
      }
      return length >> 1;
    },
  };
}
