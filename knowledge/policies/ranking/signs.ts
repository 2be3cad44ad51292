import type { NearWords } from "../../text/near-words.ts";
import { pairKey, type RankedDocument, type RankedQuestion, type WantedWord } from "./read.ts";

/** What the search already found of a candidate. */
export interface Found {
  score: number;
  /** Of its best passage. */
  passage: number;
}

/** By what a document is ranked, in this order. Those of the first row are shares of the best candidate's. */
export const SIGNS = [
  ...["found", "passage", "pairs", "triples", "words"],
  ...["covered", "within40", "within80", "within160", "within400", "inLead"],
  ...["titleCovered", "titleReturned", "run", "wordsCovered", "wordsInTitle"],
  ...["near", "direction", "figures", "length"],
  ...["places", "placesInLead", "sameProvince", "provinceShare", "leadProvince", "otherProvince", "elsewhere"],
] as const;
export type Sign = (typeof SIGNS)[number];

const RELATIVE: readonly Sign[] = ["found", "passage", "pairs", "triples", "words"];

const WINDOWS = [40, 80, 160, 400] as const;
const LEAD = 300;
const SATURATION = 0.8;
const LENGTH_NORM = 0.5;
const LONGEST_RUN = 12;

/** One row of signs for each document, in their order. */
export function signsOf(
  question: RankedQuestion,
  documents: readonly { document: RankedDocument; found: Found }[],
  near: NearWords,
): Float64Array[] {
  const average = documents.reduce((sum, { document }) => sum + document.text.length, 0) / (documents.length || 1);
  const rows = documents.map(({ document, found }) => {
    const signs = {
      found: found.score,
      passage: found.passage,
      ...pairSigns(question, document, average),
      ...wordSigns(question, document, near, average),
      ...placeSigns(question, document),
      figures: shareOf(question.figures, (figure) => document.text.includes(figure)),
      length: Math.log(document.text.length + 1) / 10,
    };
    return Float64Array.from(SIGNS, (sign) => signs[sign]);
  });
  for (const sign of RELATIVE) divideByBest(rows, SIGNS.indexOf(sign));
  return rows;
}

function divideByBest(rows: readonly Float64Array[], at: number): void {
  const best = Math.max(1e-9, ...rows.map((row) => row[at] as number));
  for (const row of rows) row[at] = (row[at] as number) / best;
}

const shareOf = <T>(all: readonly T[], holds: (one: T) => boolean): number =>
  all.length === 0 ? 0 : all.filter(holds).length / all.length;

const saturated = (count: number, length: number, average: number): number =>
  count === 0 ? 0 : count / (count + SATURATION * (1 - LENGTH_NORM + (LENGTH_NORM * length) / average));

/** Where the question's pairs of characters stand in a text: positions, and the number of the pair at each. */
function occurrences(text: string, { pairs }: RankedQuestion): { at: number[]; pair: number[] } {
  const at: number[] = [];
  const pair: number[] = [];
  let before = text.charCodeAt(0);
  for (let i = 1; i < text.length; i++) {
    const here = text.charCodeAt(i);
    const number = pairs.get(pairKey(before, here));
    if (number !== undefined) {
      at.push(i - 1);
      pair.push(number);
    }
    before = here;
  }
  return { at, pair };
}

function pairSigns(question: RankedQuestion, { text, title }: RankedDocument, average: number) {
  const { pairWeights, pairTotal } = question;
  const { at, pair } = occurrences(text, question);
  const counts = new Float64Array(pairWeights.length);
  for (const number of pair) counts[number] = (counts[number] as number) + 1;
  let pairs = 0;
  let covered = 0;
  for (const [number, count] of counts.entries()) {
    const weight = pairWeights[number] as number;
    pairs += weight * saturated(count, text.length, average);
    if (count > 0) covered += weight;
  }
  const windows = WINDOWS.map((width) => bestWindow(at, pair, pairWeights, width) / pairTotal);
  const inTitle = occurrences(title, question);
  return {
    pairs,
    covered: covered / pairTotal,
    within40: windows[0] as number,
    within80: windows[1] as number,
    within160: windows[2] as number,
    within400: windows[3] as number,
    inLead: distinct(at, pair, pairWeights, LEAD) / pairTotal,
    titleCovered: distinct(inTitle.at, inTitle.pair, pairWeights, title.length) / pairTotal,
    titleReturned: title.length < 2 ? 0 : inTitle.at.length / (title.length - 1),
    ...runSigns(at, pair, question, text.length, average),
  };
}

/** Weight of the different pairs that begin before `end`. */
function distinct(at: readonly number[], pair: readonly number[], weights: Float64Array, end: number): number {
  const seen = new Set<number>();
  let sum = 0;
  for (let i = 0; i < at.length && (at[i] as number) < end; i++) {
    const number = pair[i] as number;
    if (seen.has(number)) continue;
    seen.add(number);
    sum += weights[number] as number;
  }
  return sum;
}

/** The greatest weight of different pairs within `width` characters of each other. */
function bestWindow(at: readonly number[], pair: readonly number[], weights: Float64Array, width: number): number {
  const counts = new Int32Array(weights.length);
  let sum = 0;
  let best = 0;
  let from = 0;
  for (let i = 0; i < at.length; i++) {
    const number = pair[i] as number;
    if (counts[number] === 0) sum += weights[number] as number;
    counts[number] = (counts[number] as number) + 1;
    while ((at[i] as number) - (at[from] as number) > width) {
      const left = pair[from] as number;
      counts[left] = (counts[left] as number) - 1;
      if (counts[left] === 0) sum -= weights[left] as number;
      from++;
    }
    if (sum > best) best = sum;
  }
  return best;
}

/** Pairs that follow each other in the document as in the question: three characters in a row, and the longest such run. */
function runSigns(
  at: readonly number[],
  pair: readonly number[],
  { pairWeights }: RankedQuestion,
  length: number,
  average: number,
) {
  const counts = new Map<number, number>();
  let run = 0;
  let longest = 0;
  for (let i = 0; i < at.length; i++) {
    const follows = i > 0 && at[i] === (at[i - 1] as number) + 1 && pair[i] === (pair[i - 1] as number) + 1;
    run = follows ? run + 1 : 2;
    if (run > longest) longest = run;
    if (follows) counts.set(pair[i] as number, (counts.get(pair[i] as number) ?? 0) + 1);
  }
  let triples = 0;
  for (const [number, count] of counts) {
    const weight = (pairWeights[number] as number) + (pairWeights[number - 1] as number);
    triples += weight * saturated(count, length, average);
  }
  return { triples, run: Math.min(longest, LONGEST_RUN) / LONGEST_RUN };
}

function wordSigns(question: RankedQuestion, document: RankedDocument, near: NearWords, average: number) {
  const { text, title } = document;
  let words = 0;
  let covered = 0;
  let inTitle = 0;
  let close = 0;
  for (const wanted of question.words) {
    const { word, weight } = wanted;
    const count = countOf(word, text);
    words += weight * saturated(count, text.length, average);
    if (count > 0) covered += weight;
    if (title.includes(word)) inTitle += weight;
    close += weight * (count > 0 ? 1 : nearest(wanted, document, near));
  }
  const { wordTotal, direction } = question;
  return {
    words,
    wordsCovered: covered / wordTotal,
    wordsInTitle: inTitle / wordTotal,
    near: close / wordTotal,
    direction: near.agreement(direction, document.direction),
  };
}

function countOf(word: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) count++;
  return count;
}

/** Likeness of the document's word that comes nearest to a wanted word which it has not. */
function nearest(wanted: WantedWord, { nearWords }: RankedDocument, near: NearWords): number {
  if (wanted.near === undefined) return 0;
  let best = 0;
  for (const number of nearWords) best = Math.max(best, near.likeness(wanted.near, number));
  return best;
}

function placeSigns(question: RankedQuestion, { text, provinces, leadProvinces }: RankedDocument) {
  const asked = [...question.provinces.keys()];
  const lead = text.slice(0, LEAD);
  const all = [...provinces.values()].reduce((sum, count) => sum + count, 0);
  const mine = asked.reduce((sum, province) => sum + (provinces.get(province) ?? 0), 0);
  const inLead = asked.some((province) => leadProvinces.has(province));
  return {
    places: shareOf(question.places, (place) => text.includes(place)),
    placesInLead: shareOf(question.places, (place) => lead.includes(place)),
    sameProvince: asked.length === 0 ? 0 : Math.log(1 + mine) / 4,
    provinceShare: asked.length === 0 || all === 0 ? 0 : mine / all,
    leadProvince: inLead ? 1 : 0,
    otherProvince: asked.length > 0 && !inLead && leadProvinces.size > 0 ? 1 : 0,
    elsewhere: asked.length === 0 && leadProvinces.size > 0 ? 1 : 0,
  };
}
