import type { Grammar, Segment, SegmentScores } from "../grammar.ts";
import { sumTags } from "../score.ts";
import type { Encoded, RowLists } from "./encode.ts";
import { createLearnedRows, type LearnedRows, type Rates } from "./weights.ts";

/** What speaks for a segment and its label: the features of its characters and its own. */
export interface LearnedEvidence {
  /** Laid out as PlacesModel.characters and .segments. */
  characters: LearnedRows;
  segments: LearnedRows;
  score(text: Encoded): SegmentScores;
  /** `probabilities` are those of all segments, laid out as SegmentScores.scores; the array is changed. */
  update(text: Encoded, probabilities: Float32Array, seen: number): void;
  settle(seen: number): void;
}

export interface EvidenceSize {
  grammar: Grammar;
  longest: number;
  characterFeatures: number;
  segmentFeatures: number;
}

/** Slopes below this change nothing that matters and are most of the work. */
const LEAST_SLOPE = 1e-3;

export function createLearnedEvidence(size: EvidenceSize, rates: Rates): LearnedEvidence {
  const { longest } = size;
  const labels = size.grammar.labels.length;
  const characters = createLearnedRows(size.characterFeatures, labels * 3, rates);
  const segments = createLearnedRows(size.segmentFeatures, labels, rates);
  return {
    characters,
    segments,
    score: (text) => {
      const tags = new Float32Array(text.length * labels * 3);
      for (let at = 0; at < text.length; at++) addRows(text.characters, at, characters, tags);
      const scores = sumTags(tags, text.length, longest, labels);
      for (let item = 0; item < text.length * longest; item++) addRows(text.segments, item, segments, scores);
      return { length: text.length, longest, labels, scores };
    },
    update: (text, probabilities, seen) => {
      const slopes = subtractFrom(text.gold, probabilities, longest, labels);
      updateRows(text.segments, slopes, segments, seen);
      updateRows(text.characters, tagSlopes(slopes, text.length, longest, labels), characters, seen);
    },
    settle: (seen) => {
      characters.settle(seen);
      segments.settle(seen);
    },
  };
}

function addRows({ rows, offsets }: RowLists, item: number, { weights, width }: LearnedRows, out: Float32Array): void {
  const to = item * width;
  const stop = offsets[item + 1] as number;
  for (let index = offsets[item] as number; index < stop; index++) {
    const from = (rows[index] as number) * width;
    for (let column = 0; column < width; column++) {
      out[to + column] = (out[to + column] as number) + (weights[from + column] as number);
    }
  }
}

/** Truth less expectation: the slope of the log-likelihood. */
function subtractFrom(gold: readonly Segment[], values: Float32Array, longest: number, labels: number): Float32Array {
  for (let at = 0; at < values.length; at++) values[at] = -(values[at] as number);
  for (const { start, end, label } of gold) {
    const at = (start * longest + end - start - 1) * labels + label;
    values[at] = (values[at] as number) + 1;
  }
  return values;
}

/** What the slopes of all segments mean for the first, inner and last tags of each character. */
function tagSlopes(slopes: Float32Array, length: number, longest: number, labels: number): Float32Array {
  const width = labels * 3;
  const tags = new Float32Array(length * width);
  const add = (at: number, slope: number) => {
    tags[at] = (tags[at] as number) + slope;
  };
  for (let start = 0; start < length; start++) {
    const room = Math.min(longest, length - start);
    for (let units = 1; units <= room; units++) {
      const last = start + units - 1;
      for (let label = 0; label < labels; label++) {
        const slope = slopes[(start * longest + units - 1) * labels + label] as number;
        if (slope === 0) continue;
        add(start * width + label, slope);
        add(last * width + 2 * labels + label, slope);
        for (let middle = start + 1; middle < last; middle++) add(middle * width + labels + label, slope);
      }
    }
  }
  return tags;
}

function updateRows({ rows, offsets }: RowLists, slopes: Float32Array, learned: LearnedRows, seen: number): void {
  const { width } = learned;
  for (let item = 0; item + 1 < offsets.length; item++) {
    const begin = offsets[item] as number;
    const stop = offsets[item + 1] as number;
    if (begin === stop || !isLarge(slopes, item * width, width)) continue;
    for (let index = begin; index < stop; index++) learned.update(rows[index] as number, slopes, item * width, seen);
  }
}

function isLarge(values: Float32Array, from: number, count: number): boolean {
  for (let at = from; at < from + count; at++) if (Math.abs(values[at] as number) > LEAST_SLOPE) return true;
  return false;
}
