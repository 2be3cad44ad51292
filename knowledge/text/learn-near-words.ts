import { isInformative } from "./informative.ts";
import { writeNearWords } from "./near-words.ts";
import type { Segmenter } from "./segment.ts";

export interface LearnOptions {
  /** One text each; a title may be repeated at the head of its text to count more. */
  texts: readonly string[];
  segmenter: Segmenter;
  dimensions?: number;
  report?: (line: string) => void;
}

/** A word must stand in so many texts, and in no more than that share of them. */
const LEAST_TEXTS = 8;
const MOST_SHARE = 0.2;
const PASSES = 5;
/** Directions beyond the wanted ones make the wanted ones settle sooner. */
const SPARE = 10;
const WORD = /^\p{Script=Han}{2,6}$/u;

type Row = readonly (readonly [word: number, weight: number])[];

/**
 * Latent semantic analysis (Deerwester et al. 1990) by randomised subspace iteration (Halko, Martinsson, Tropp 2011): the strongest common
 * directions of texts and words, each word's share of them scaled by the root of its strength. Deterministic. Returns the file's bytes.
 */
export function learnNearWords({ texts, segmenter, dimensions = 64, report = () => undefined }: LearnOptions): Buffer {
  const { words, rarities, rows } = tableOf(texts, segmenter);
  report(`${texts.length} texts, ${words.length} words`);
  const width = dimensions + SPARE;
  let basis = noise(words.length * width);
  for (let pass = 1; pass <= PASSES; pass++) {
    const ofTexts = spread(rows, basis, width);
    orthogonalise(ofTexts, rows.length, width);
    basis = gather(rows, ofTexts, words.length, width);
    if (pass < PASSES) orthogonalise(basis, words.length, width);
  }
  const strength = Array.from({ length: dimensions }, (_, k) => columnLength(basis, words.length, width, k) || 1);
  const directionOf = (word: number) =>
    Float64Array.from(strength, (s, k) => (basis[word * width + k] as number) / Math.sqrt(s));
  return writeNearWords(
    dimensions,
    words.map((word, i) => ({ word, direction: directionOf(i), rarity: rarities[i] as number })),
  );
}

/** Words and, for each text, the weights of its words: rarer ones weigh more, repeated ones a little more, each text one in all. */
function tableOf(texts: readonly string[], segmenter: Segmenter): { words: string[]; rarities: number[]; rows: Row[] } {
  const cut = texts.map((text) => segmenter.segment(text).filter((word) => WORD.test(word) && isInformative(word)));
  const spreadOf = new Map<string, number>();
  for (const one of cut) for (const word of new Set(one)) spreadOf.set(word, (spreadOf.get(word) ?? 0) + 1);
  const words = [...spreadOf.keys()]
    .filter((word) => isUseful(spreadOf.get(word) ?? 0, texts.length))
    .sort((a, b) => (a < b ? -1 : 1));
  const rarities = words.map((word) => Math.log(texts.length / (spreadOf.get(word) ?? 1)));
  const numbers = new Map(words.map((word, i) => [word, i]));
  const rows = cut.map((one): Row => {
    const counts = new Map<number, number>();
    for (const word of one) {
      const number = numbers.get(word);
      if (number !== undefined) counts.set(number, (counts.get(number) ?? 0) + 1);
    }
    const weighed = [...counts].map(
      ([number, count]) => [number, (1 + Math.log(count)) * (rarities[number] as number)] as const,
    );
    const length = Math.hypot(...weighed.map(([, weight]) => weight)) || 1;
    return weighed.map(([number, weight]) => [number, weight / length] as const);
  });
  return { words, rarities, rows };
}

const isUseful = (inTexts: number, texts: number) => inTexts >= LEAST_TEXTS && inTexts < texts * MOST_SHARE;

/** The same numbers every time, between -0.5 and 0.5. */
function noise(length: number): Float32Array {
  let state = 1;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  });
}

/** Texts × words times words × width. */
function spread(rows: readonly Row[], ofWords: Float32Array, width: number): Float32Array {
  const result = new Float32Array(rows.length * width);
  for (const [at, row] of rows.entries()) {
    for (const [word, weight] of row) addRow(result, at * width, ofWords, word * width, weight, width);
  }
  return result;
}

/** Words × texts times texts × width. */
function gather(rows: readonly Row[], ofTexts: Float32Array, words: number, width: number): Float32Array {
  const result = new Float32Array(words * width);
  for (const [at, row] of rows.entries()) {
    for (const [word, weight] of row) addRow(result, word * width, ofTexts, at * width, weight, width);
  }
  return result;
}

function addRow(
  to: Float32Array,
  atTo: number,
  from: Float32Array,
  atFrom: number,
  weight: number,
  width: number,
): void {
  for (let k = 0; k < width; k++) to[atTo + k] = (to[atTo + k] as number) + weight * (from[atFrom + k] as number);
}

/** Gram-Schmidt over the columns, in place. */
function orthogonalise(matrix: Float32Array, height: number, width: number): void {
  for (let k = 0; k < width; k++) {
    for (let j = 0; j < k; j++) {
      let product = 0;
      for (let i = 0; i < height; i++) product += (matrix[i * width + k] as number) * (matrix[i * width + j] as number);
      for (let i = 0; i < height; i++) {
        matrix[i * width + k] = (matrix[i * width + k] as number) - product * (matrix[i * width + j] as number);
      }
    }
    const length = columnLength(matrix, height, width, k) || 1;
    for (let i = 0; i < height; i++) matrix[i * width + k] = (matrix[i * width + k] as number) / length;
  }
}

function columnLength(matrix: Float32Array, height: number, width: number, column: number): number {
  let sum = 0;
  for (let i = 0; i < height; i++) sum += (matrix[i * width + column] as number) ** 2;
  return Math.sqrt(sum);
}
