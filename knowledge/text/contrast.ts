import { dot } from "../learning/choice.ts";
import { createRandom, shuffle } from "../learning/random.ts";

/** Words of a text by number, each with how much it counts. */
export type WeighedWords = readonly (readonly [word: number, weight: number])[];

/** A text in two parts that belong together: what heads it, or a line out of it, and the rest. */
export interface Parted {
  head: WeighedWords;
  rest: WeighedWords;
}

/** A row for each word, one after the other. */
export interface Directions {
  rows: Float64Array;
  width: number;
}

const PASSES = 5;
/** Parts are told apart from those of so many texts at once. */
const TOGETHER = 64;
/** Sharper ones learn the texts by heart: with .04 the heads of other texts are found less often than with .1. */
const TEMPERATURE = 0.1;
const STEP = 0.03;

interface Sum {
  words: WeighedWords;
  unit: Float64Array;
  length: number;
  /** Where the loss rises. */
  slope: Float64Array;
}

/**
 * Turns words, in place, so that a head comes to lie nearer to its own rest than to the rests of other texts, and a rest to its own head: contrastive
 * learning with the other texts of a batch as the wrong answers (van den Oord, Li, Vinyals 2018), steps by Adagrad (Duchi, Hazan, Singer 2011).
 * The same texts give the same directions.
 */
export function contrast(directions: Directions, parted: readonly Parted[]): void {
  const steepness = new Float64Array(directions.rows.length / directions.width);
  const random = createRandom(1);
  const order = Int32Array.from(parted.keys());
  for (let pass = 0; pass < PASSES; pass++) {
    shuffle(order, random);
    for (let at = 0; at + 1 < order.length; at += TOGETHER) {
      const batch = Array.from(order.subarray(at, at + TOGETHER), (number) => parted[number] as Parted);
      const heads = batch.map(({ head }) => sumOf(head, directions));
      const rests = batch.map(({ rest }) => sumOf(rest, directions));
      addSlopes(heads, rests);
      addSlopes(rests, heads);
      turn(directions, [...heads, ...rests], steepness);
    }
  }
}

function sumOf(words: WeighedWords, { rows, width }: Directions): Sum {
  const unit = new Float64Array(width);
  for (const [word, weight] of words) {
    for (let k = 0; k < width; k++) unit[k] = (unit[k] as number) + weight * (rows[word * width + k] as number);
  }
  const length = Math.hypot(...unit) || 1;
  for (let k = 0; k < width; k++) unit[k] = (unit[k] as number) / length;
  return { words, unit, length, slope: new Float64Array(width) };
}

/** Each of `some` has to choose its own among `others`. */
function addSlopes(some: readonly Sum[], others: readonly Sum[]): void {
  for (const [own, one] of some.entries()) {
    const powers = others.map((other) => Math.exp((dot(one.unit, other.unit) - 1) / TEMPERATURE));
    const total = powers.reduce((sum, power) => sum + power, 0);
    for (const [i, other] of others.entries()) {
      const pull = ((powers[i] as number) / total - (i === own ? 1 : 0)) / (2 * TEMPERATURE);
      add(one.slope, other.unit, pull);
      add(other.slope, one.unit, pull);
    }
  }
}

function turn({ rows, width }: Directions, sums: readonly Sum[], steepness: Float64Array): void {
  const slopes = new Map<number, Float64Array>();
  for (const { words, unit, length, slope } of sums) {
    // Only what turns a sum changes anything, not what lengthens it.
    add(slope, unit, -dot(slope, unit));
    for (const [word, weight] of words) {
      const known = slopes.get(word) ?? new Float64Array(width);
      slopes.set(word, known);
      add(known, slope, weight / length);
    }
  }
  for (const [word, slope] of slopes) {
    const steep = (steepness[word] as number) + dot(slope, slope) / width;
    steepness[word] = steep;
    const row = rows.subarray(word * width, (word + 1) * width);
    add(row, slope, -STEP / Math.sqrt(steep + 1e-6));
  }
}

function add(to: Float64Array, from: Float64Array, times: number): void {
  for (let k = 0; k < to.length; k++) to[k] = (to[k] as number) + times * (from[k] as number);
}
