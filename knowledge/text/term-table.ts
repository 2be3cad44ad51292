/** The terms of a run, numbered from 0, in arrays that can lie in a file as they are. */
export interface TermTable {
  /** The UTF-16 units of all terms, one after the other. */
  units: Uint16Array;
  /** Where each term begins among the units, and at last where the last one ends. */
  starts: Uint32Array;
  /** A hash table with open addresses; its length is a power of two. A term's number and one, 0 where it is free. */
  table: Uint32Array;
}

function hash(term: string): number {
  let mixed = 0x811c9dc5;
  for (let i = 0; i < term.length; i++) mixed = Math.imul(mixed ^ term.charCodeAt(i), 0x01000193);
  mixed ^= mixed >>> 15;
  return Math.imul(mixed, 0x2c1b3c6d) ^ (mixed >>> 12);
}

function isAt({ units, starts }: TermTable, number: number, term: string): boolean {
  const start = starts[number] as number;
  if ((starts[number + 1] as number) - start !== term.length) return false;
  for (let i = 0; i < term.length; i++) if (units[start + i] !== term.charCodeAt(i)) return false;
  return true;
}

/** Where the term stands in the table, or the free place that is its. */
function placeOf(terms: TermTable, term: string): number {
  const mask = terms.table.length - 1;
  for (let place = hash(term) & mask; ; place = (place + 1) & mask) {
    const found = terms.table[place] as number;
    if (found === 0 || isAt(terms, found - 1, term)) return place;
  }
}

/** The number of a term, -1 when it is not there. */
export const findTerm = (terms: TermTable, term: string): number => (terms.table[placeOf(terms, term)] as number) - 1;

/** A call takes no more arguments than this everywhere. */
const AT_ONCE = 1024;

export function termAt({ units, starts }: TermTable, number: number): string {
  const end = starts[number + 1] as number;
  let term = "";
  for (let start = starts[number] as number; start < end; start += AT_ONCE) {
    term += String.fromCharCode(...units.subarray(start, Math.min(end, start + AT_ONCE)));
  }
  return term;
}

/** At most two thirds of the places are taken. */
const tableFor = (terms: number): Uint32Array => new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(2, terms * 1.5))));

/** Terms being gathered, at most `room` of them. */
export interface TermGathering {
  /** The number of the term, a new one when it is new. */
  intern(term: string): number;
  size(): number;
  /** What has been gathered, in arrays of just the right size. Yields how many terms it has dealt with. */
  finish(): Generator<number, TermTable>;
}

const SLICE = 2048;

export function gatherTerms(room: number): TermGathering {
  const gathered: TermTable = {
    units: new Uint16Array(room * 4),
    starts: new Uint32Array(room + 1),
    table: tableFor(room),
  };
  let size = 0;
  let end = 0;

  function append(term: string): void {
    if (end + term.length > gathered.units.length) {
      const grown = new Uint16Array((end + term.length) * 2);
      grown.set(gathered.units);
      gathered.units = grown;
    }
    for (let i = 0; i < term.length; i++) gathered.units[end + i] = term.charCodeAt(i);
    end += term.length;
    size += 1;
    gathered.starts[size] = end;
  }

  return {
    size: () => size,
    intern(term) {
      const place = placeOf(gathered, term);
      const found = gathered.table[place] as number;
      if (found > 0) return found - 1;
      append(term);
      gathered.table[place] = size;
      return size - 1;
    },
    *finish() {
      const finished = {
        units: gathered.units.slice(0, end),
        starts: gathered.starts.slice(0, size + 1),
        table: tableFor(size),
      };
      for (let number = 0; number < size; number++) {
        finished.table[placeOf(finished, termAt(finished, number))] = number + 1;
        if (number % SLICE === 0) yield SLICE;
      }
      return finished;
    },
  };
}
