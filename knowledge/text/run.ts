/** A term's postings, copied out: in which slots it stands, ascending, and its packed counts there. */
export interface Postings {
  slots: Uint16Array;
  counts: Uint32Array;
}

/**
 * Documents that were added one after the other, in numbered slots, with where each term stands among them. A removed document leaves a
 * hole, which lasts as long as the run. A slot's lengths and norms lie at `slot * MAX_FIELDS + field`.
 */
export interface Run {
  kind: "open" | "sealed";
  serial: number;
  /** Slots, with holes. */
  size(): number;
  /** The number of the document in each slot. */
  documents: Uint32Array;
  lengths: Uint32Array;
  /** 1: a hole. */
  gone: Uint8Array;
  /** The holes in the order in which they came to be. */
  holes: readonly number[];
  remove(slot: number): void;
  /** The number of a term within the run, -1 when it does not stand here. */
  find(term: string): number;
  /** In how many documents that are still there it stands. */
  frequency(term: number): number;
  terms(): number;
  termAt(term: number): string;
  /** Copies out the postings of a term, holes included; how many. */
  read(term: number, into: Postings): number;
}
