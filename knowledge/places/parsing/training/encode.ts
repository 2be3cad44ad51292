import { pushCharacterFeatures } from "../character-features.ts";
import { type Context, readContext } from "../context.ts";
import type { DivisionNames } from "../division-names.ts";
import { createFeatureTable, type FeatureTable } from "../feature-table.ts";
import type { Segment } from "../grammar.ts";
import { eachSegment } from "../segment-features.ts";

/** One text with its true segments. */
export interface Example {
  text: string;
  segments: Segment[];
}

/** Rows of a list of lists, laid end to end: those of item i are rows[offsets[i]] to rows[offsets[i + 1]]. */
export interface RowLists {
  rows: Int32Array;
  offsets: Int32Array;
}

export interface Encoded {
  length: number;
  gold: Segment[];
  /** One list for each character. */
  characters: RowLists;
  /** One list for each start × longest + size - 1. */
  segments: RowLists;
}

export interface Vocabulary {
  characterHashes: Int32Array;
  segmentHashes: Int32Array;
}

/** Features of characters that occur often enough, and features of segments that true segments have often enough. */
export function collectVocabulary(examples: readonly Example[], names: DivisionNames, least: number): Vocabulary {
  const characters = new Map<number, number>();
  const segments = new Map<number, number>();
  const count = (counts: Map<number, number>, hash: number) => counts.set(hash, (counts.get(hash) ?? 0) + 1);
  for (const example of examples) {
    const context = readContext(example.text, names);
    for (let at = 0; at < example.text.length; at++) {
      const features: number[] = [];
      pushCharacterFeatures(context, at, features);
      for (const hash of features) count(characters, hash);
    }
    for (const { start, end } of example.segments) {
      eachSegment(context, start, end - start, (length, features) => {
        if (length === end - start) for (const hash of features) count(segments, hash);
      });
    }
  }
  const frequent = (counts: Map<number, number>) =>
    Int32Array.from([...counts].filter(([, times]) => times >= least).map(([hash]) => hash)).sort();
  return { characterHashes: frequent(characters), segmentHashes: frequent(segments) };
}

export function createEncoder(
  vocabulary: Vocabulary,
  names: DivisionNames,
  longest: number,
): (example: Example) => Encoded {
  const characterTable = createFeatureTable(vocabulary.characterHashes);
  const segmentTable = createFeatureTable(vocabulary.segmentHashes);
  return ({ text, segments }) => {
    const context = readContext(text, names);
    return {
      length: text.length,
      gold: segments,
      characters: characterRows(context, characterTable),
      segments: segmentRows(context, segmentTable, longest),
    };
  };
}

function characterRows(context: Context, table: FeatureTable): RowLists {
  const rows: number[] = [];
  const { length } = context.signs;
  const offsets = new Int32Array(length + 1);
  for (let at = 0; at < length; at++) {
    const features: number[] = [];
    pushCharacterFeatures(context, at, features);
    pushKnown(features, table, rows);
    offsets[at + 1] = rows.length;
  }
  return { rows: Int32Array.from(rows), offsets };
}

function segmentRows(context: Context, table: FeatureTable, longest: number): RowLists {
  const rows: number[] = [];
  const { length } = context.signs;
  const offsets = new Int32Array(length * longest + 1);
  for (let start = 0; start < length; start++) {
    eachSegment(context, start, longest, (size, features) => {
      pushKnown(features, table, rows);
      offsets[start * longest + size] = rows.length;
    });
    for (let size = length - start + 1; size <= longest; size++) offsets[start * longest + size] = rows.length;
  }
  return { rows: Int32Array.from(rows), offsets };
}

function pushKnown(features: readonly number[], table: FeatureTable, rows: number[]): void {
  for (const hash of features) {
    const row = table.rowOf(hash);
    if (row >= 0) rows.push(row);
  }
}
