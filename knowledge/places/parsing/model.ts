import { createFeatureTable, type FeatureTable } from "./feature-table.ts";
import type { ChainWeights, Grammar } from "./grammar.ts";
import type { Network } from "./network/network.ts";

/** Rows of weights of which most are zero: those of a row are columns[i] and weights[i] for i from offsets[row] to offsets[row + 1]. */
export interface SparseRows {
  hashes: Int32Array;
  offsets: Int32Array;
  columns: Uint8Array;
  weights: Float32Array;
}

/** Weights only; no text of those that it was learned from. */
export interface PlacesModel {
  grammar: Grammar;
  /** The most units that one segment can have. */
  longest: number;
  /** Columns: label, for a segment's first unit; labels + label, within; 2 × labels + label, last. */
  characters: SparseRows;
  /** Columns: label. */
  segments: SparseRows;
  chain: ChainWeights;
  /** Judge the tags of characters; what they say is weighed beside what the weights above say. */
  networks: readonly Network[];
}

export interface Weighing {
  table: FeatureTable;
  rows: SparseRows;
}

export const weighing = (rows: SparseRows): Weighing => ({ table: createFeatureTable(rows.hashes), rows });

/** Adds the weights of all known features to `out`, column 0 at `to`. */
export function addFeatures(
  { table, rows }: Weighing,
  features: readonly number[],
  out: Float32Array,
  to: number,
): void {
  const { offsets, columns, weights } = rows;
  for (const hash of features) {
    const row = table.rowOf(hash);
    if (row < 0) continue;
    const stop = offsets[row + 1] as number;
    for (let at = offsets[row] as number; at < stop; at++) {
      const column = to + (columns[at] as number);
      out[column] = (out[column] as number) + (weights[at] as number);
    }
  }
}
