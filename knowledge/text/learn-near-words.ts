import { createRandom } from "../learning/random.ts";
import { contrast, type Directions, type Parted } from "./contrast.ts";
import { isInformative } from "./informative.ts";
import { type LearnedWord, writeNearWords } from "./near-words.ts";
import { type PartedWords, partsOf, type TitledText } from "./parted-texts.ts";
import type { Segmenter } from "./segment.ts";
import type { TitleWords } from "./title-words.ts";

export interface LearnOptions {
  /** Letters with their titles; texts without one are papers and replies. */
  texts: readonly TitledText[];
  segmenter: Segmenter;
  /** How much a word of a head counts. */
  titleWords: TitleWords;
  dimensions?: number;
  report?: (line: string) => void;
}

/** Long papers are learned from in pieces, so that words of one page count as neighbours and not those of one volume. */
const PIECE = 500;
/** A word must stand in so many texts, and in no more than that share of them. */
const LEAST_TEXTS = 8;
const MOST_SHARE = 0.2;
const PASSES = 5;
/** Directions beyond the wanted ones make the wanted ones settle sooner. */
const SPARE = 10;
/** A head or a rest of fewer words tells nothing. */
const LEAST_HEAD = 2;
const LEAST_REST = 5;
const WORD = /^\p{Script=Han}{2,6}$/u;

type Row = readonly (readonly [word: number, weight: number])[];

/**
 * Latent semantic analysis (Deerwester et al. 1990) by randomised subspace iteration (Halko, Martinsson, Tropp 2011): the strongest common
 * directions of texts and words, each word's share of them scaled by the root of its strength. From there words are turned until heads find
 * their texts (`contrast.ts`). Deterministic. Returns the file's bytes.
 */
export function learnNearWords({ texts, segmenter, titleWords, dimensions = 64, report }: LearnOptions): Buffer {
  const { words, rarities, rows } = tableOf(texts.flatMap(neighbourhoods), segmenter);
  report?.(`${rows.length} texts, ${words.length} words`);
  const amongWords = { rows: strongest(rows, words.length, dimensions), width: dimensions };
  const amongTexts = { ...amongWords, rows: amongWords.rows.slice() };
  const numbers = new Map(words.map((word, i) => [word, i]));
  const parted = texts
    .flatMap((text) => partsOf(text, segmenter))
    .map((parts) => weigh(parts, { numbers, rarities, titleWords }))
    .filter(({ head, rest }) => head.length >= LEAST_HEAD && rest.length >= LEAST_REST);
  contrast(amongTexts, parted);
  report?.(`${parted.length} heads and their texts`);
  const rowOf = ({ rows, width }: Directions, word: number) => rows.slice(word * width, (word + 1) * width);
  const learned = words.map((word, i): LearnedWord => {
    const turned = rowOf(amongTexts, i);
    // What a word has grown or shrunk to says, beside its rarity, how much of a text's direction is its own.
    const telling = (rarities[i] as number) * Math.hypot(...turned);
    return { word, amongWords: rowOf(amongWords, i), amongTexts: turned, telling };
  });
  return writeNearWords(dimensions, learned);
}

/** The title stands for all of the letter, so it counts once more than its length would let it. */
function neighbourhoods({ title, text }: TitledText): string[] {
  if (title !== undefined) return [`${title}。${title}。${text}`];
  return Array.from({ length: Math.ceil(text.length / PIECE) }, (_, i) => text.slice(i * PIECE, (i + 1) * PIECE));
}

/** A row of length 1 for each word. */
function strongest(rows: readonly Row[], words: number, dimensions: number): Float64Array {
  const width = dimensions + SPARE;
  const random = createRandom(1);
  let basis: Float32Array = Float32Array.from({ length: words * width }, () => random() - 0.5);
  for (let pass = 1; pass <= PASSES; pass++) {
    const ofTexts = spread(rows, basis, width);
    orthogonalise(ofTexts, rows.length, width);
    basis = gather(rows, ofTexts, words, width);
    if (pass < PASSES) orthogonalise(basis, words, width);
  }
  const strength = Array.from({ length: dimensions }, (_, k) => columnLength(basis, words, width, k) || 1);
  const directions = new Float64Array(words * dimensions);
  for (let word = 0; word < words; word++) {
    const row = strength.map((s, k) => (basis[word * width + k] as number) / Math.sqrt(s));
    const length = Math.hypot(...row) || 1;
    for (let k = 0; k < dimensions; k++) directions[word * dimensions + k] = (row[k] as number) / length;
  }
  return directions;
}

interface Weighing {
  numbers: ReadonlyMap<string, number>;
  rarities: readonly number[];
  titleWords: TitleWords;
}

/** As `direction` weighs the words of a question and of a document. */
function weigh({ head, rest }: PartedWords, { numbers, rarities, titleWords }: Weighing): Parted {
  const counts = new Map<string, number>();
  for (const word of rest) counts.set(word, (counts.get(word) ?? 0) + 1);
  const known = (word: string, weight: number) => {
    const number = numbers.get(word);
    return number === undefined ? [] : [[number, weight * (rarities[number] as number)] as const];
  };
  return {
    head: [...new Set(head)].flatMap((word) => known(word, titleWords(word))),
    rest: [...counts].flatMap(([word, count]) => known(word, 1 + Math.log(count))),
  };
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
