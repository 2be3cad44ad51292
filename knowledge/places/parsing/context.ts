import { Division, type DivisionNames } from "./division-names.ts";
import { mix } from "./hashing.ts";
import { Piece, readSigns, type Signs } from "./signs.ts";

const LONGEST_NAME = 11;
/** Repetitions longer than this are all alike. */
const LONGEST_REPEAT = 4;

/** Everything about one text that features of characters and of segments share. */
export interface Context {
  text: string;
  signs: Signs;
  /** Division bits of the name that stands exactly at [start, start + length); 0 when none does. */
  divisionAt(start: number, length: number): number;
  /** Per unit: what the longest division name over it is, and where in that name the unit stands (1 first, 2 inside, 3 last). */
  cover: Int32Array;
  /** Longest stretch starting at a unit that also starts at an earlier (or later) unit, at most 4. */
  repeatsEarlier: Uint8Array;
  repeatsLater: Uint8Array;
  /** How many pieces with digits begin before each piece. */
  numbersBefore: Uint8Array;
  numbers: number;
}

export function readContext(text: string, names: DivisionNames): Context {
  const signs = readSigns(text);
  const divisions = findDivisions(text, names);
  const { earlier, later } = findRepeats(signs);
  const { numbersBefore, numbers } = countNumbers(signs);
  return {
    text,
    signs,
    divisionAt: (start, length) => divisions.get(start * (LONGEST_NAME + 1) + length) ?? 0,
    cover: coverOf(text.length, divisions),
    repeatsEarlier: earlier,
    repeatsLater: later,
    numbersBefore,
    numbers,
  };
}

function findDivisions(text: string, names: DivisionNames): Map<number, number> {
  const found = new Map<number, number>();
  for (let start = 0; start < text.length - 1; start++) {
    const room = Math.min(LONGEST_NAME, text.length - start);
    for (let length = 2; length <= room; length++) {
      const named = names.find(text.slice(start, start + length));
      if (!named) continue;
      const parentBefore = start > 0 && named.parents.some((parent) => text.lastIndexOf(parent, start - 1) >= 0);
      found.set(start * (LONGEST_NAME + 1) + length, named.bits | (parentBefore ? Division.parentBefore : 0));
    }
  }
  return found;
}

function coverOf(length: number, divisions: ReadonlyMap<number, number>): Int32Array {
  const cover = new Int32Array(length);
  const size = new Uint8Array(length);
  for (const [key, bits] of divisions) {
    const start = Math.floor(key / (LONGEST_NAME + 1));
    const long = key % (LONGEST_NAME + 1);
    for (let at = start; at < start + long; at++) {
      if ((size[at] as number) >= long) continue;
      size[at] = long;
      const place = at === start ? 1 : at === start + long - 1 ? 3 : 2;
      cover[at] = bits * 4 + place;
    }
  }
  return cover;
}

function findRepeats({ folded, length }: Signs): { earlier: Uint8Array; later: Uint8Array } {
  const earlier = new Uint8Array(length);
  const later = new Uint8Array(length);
  const lastAt = new Map<number, number[]>();
  for (let at = 0; at + 1 < length; at++) {
    const key = mix(folded[at] as number, folded[at + 1] as number);
    const others = lastAt.get(key);
    if (!others) {
      lastAt.set(key, [at]);
      continue;
    }
    for (const other of others.slice(-LONGEST_REPEAT)) {
      let same = 0;
      while (same < LONGEST_REPEAT && at + same < length && folded[at + same] === folded[other + same]) same++;
      earlier[at] = Math.max(earlier[at] as number, same);
      later[other] = Math.max(later[other] as number, same);
    }
    others.push(at);
  }
  return { earlier, later };
}

function countNumbers({ pieces }: Signs): { numbersBefore: Uint8Array; numbers: number } {
  const numbersBefore = new Uint8Array(pieces.length);
  let numbers = 0;
  pieces.forEach((piece, index) => {
    numbersBefore[index] = Math.min(numbers, 255);
    if (piece === Piece.number || piece === Piece.mixed) numbers++;
  });
  return { numbersBefore, numbers };
}
