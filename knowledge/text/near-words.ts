import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What kind of company words keep, learned from public letters to a city and from policy papers: words that stand in the same texts lie
 * close together, and so do, in another space, a title and its text. Read from data/near-words.bin (see docs/model-cards/ranking.md).
 */
export interface NearWords {
  /** The number of a word; `undefined` for one that was not seen often enough. */
  numberOf(word: string): number | undefined;
  /** Likeness of two words by number, from -1 to 1. */
  likeness(one: number, other: number): number;
  /** The direction of a text: the sum of its words, each with its weight and the more the more it tells. All zeros for none. */
  direction(words: Iterable<readonly [number: number, weight: number]>): Int8Array;
  /** Cosine of two directions, from -1 to 1; 0 where one is all zeros. */
  agreement(one: Int8Array, other: Int8Array): number;
}

const MAGIC = "NEARWORD2\n";
/** The length that every stored direction has, so that a product of two is their cosine. */
const UNIT = 127;

const FILE = join(import.meta.dirname, "data/near-words.bin");

/**
 * One line of JSON {dimensions, words: "one two …"}, then a row for each word, in signed bytes: its direction among words, its direction
 * among texts, and how much it tells.
 */
export function readNearWords(bytes: Buffer): NearWords {
  const start = bytes.indexOf("\n", MAGIC.length);
  if (bytes.toString("latin1", 0, MAGIC.length) !== MAGIC || start < 0) throw new Error("not a file of near words");
  const head: { dimensions: number; words: string } = JSON.parse(bytes.toString("utf8", MAGIC.length, start));
  const { dimensions } = head;
  const numbers = new Map(head.words.split(" ").map((word, number) => [word, number]));
  const width = 2 * dimensions + 1;
  const rows = new Int8Array(bytes.buffer, bytes.byteOffset + start + 1, numbers.size * width);

  function product(a: Int8Array, atA: number, b: Int8Array, atB: number): number {
    let sum = 0;
    for (let i = 0; i < dimensions; i++) sum += (a[atA + i] as number) * (b[atB + i] as number);
    return sum / (UNIT * UNIT);
  }

  return {
    numberOf: (word) => numbers.get(word),
    likeness: (one, other) => product(rows, one * width, rows, other * width),
    agreement: (one, other) => product(one, 0, other, 0),
    direction(words) {
      const sum = new Float64Array(dimensions);
      for (const [number, weight] of words) {
        const at = number * width + dimensions;
        const share = weight * (rows[at + dimensions] as number);
        for (let i = 0; i < dimensions; i++) sum[i] = (sum[i] as number) + share * (rows[at + i] as number);
      }
      return unit(sum);
    },
  };
}

/** A direction of length UNIT, rounded to signed bytes. */
function unit(direction: Float64Array): Int8Array {
  const length = Math.hypot(...direction) || 1;
  return Int8Array.from(direction, (value) => Math.round((UNIT * value) / length));
}

export interface LearnedWord {
  word: string;
  amongWords: Float64Array;
  amongTexts: Float64Array;
  /** How much it tells; above 0, only the proportions matter. */
  telling: number;
}

/** The file as `readNearWords` reads it. */
export function writeNearWords(dimensions: number, learned: readonly LearnedWord[]): Buffer {
  const head = { dimensions, words: learned.map(({ word }) => word).join(" ") };
  const most = learned.reduce((found, { telling }) => Math.max(found, telling), 0);
  const rows = learned.map(({ amongWords, amongTexts, telling }) => [
    ...unit(amongWords),
    ...unit(amongTexts),
    Math.round((UNIT * telling) / most),
  ]);
  return Buffer.concat([
    Buffer.from(`${MAGIC}${JSON.stringify(head)}\n`),
    Buffer.from(Int8Array.from(rows.flat()).buffer),
  ]);
}

let shipped: NearWords | undefined;

/** The shipped words, read once a process. */
export function loadNearWords(): NearWords {
  shipped ??= readNearWords(readFileSync(FILE));
  return shipped;
}
