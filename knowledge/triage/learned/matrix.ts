import { countFeatures, dampen, rarity, scale } from "./counts.ts";
import type { Family } from "./profile.ts";
import type { ReadMessage } from "./tokens.ts";

/** Rows of sparse numbers: row i has `columns` and `values` from `starts[i]` to `starts[i + 1]`. */
export interface SparseMatrix {
  starts: Int32Array;
  columns: Int32Array;
  values: Float32Array;
  width: number;
}

/** Counted features of messages, before it is known which of them train and how rare each feature is among those. */
export interface CountMatrix extends SparseMatrix {
  /** Of each column, its feature. */
  features: Uint32Array;
  families: readonly Family[];
  /** Where the families of row i begin: from `i * families.length` on. */
  familyStarts: Int32Array;
}

/** A feature that stands in one message only tells nothing of others, and might tell of that one. */
const MIN_MESSAGES = 2;

/** One row a message. `values` are dampened counts. */
export function countMatrix(messages: readonly ReadMessage[], families: readonly Family[]): CountMatrix {
  const columnOf = new Map<number, number>();
  const columns: number[] = [];
  const values: number[] = [];
  const starts = [0];
  const familyStarts: number[] = [];
  for (const message of messages) {
    for (const counts of countFeatures(message, families)) {
      familyStarts.push(columns.length);
      for (const [feature, count] of counts) {
        const column = columnOf.get(feature) ?? columnOf.size;
        columnOf.set(feature, column);
        columns.push(column);
        values.push(dampen(count));
      }
    }
    starts.push(columns.length);
  }
  return {
    starts: Int32Array.from(starts),
    columns: Int32Array.from(columns),
    values: Float32Array.from(values),
    width: columnOf.size,
    features: Uint32Array.from(columnOf.keys()),
    families,
    familyStarts: Int32Array.from([...familyStarts, columns.length]),
  };
}

/** How much each column counts, going by the rows `among`; 0 where it is too rare to be learned from. */
export function raritiesOf(matrix: CountMatrix, among: Int32Array): Float32Array {
  const frequencies = new Int32Array(matrix.width);
  for (const row of among) {
    for (let i = matrix.starts[row] as number; i < (matrix.starts[row + 1] as number); i++) {
      frequencies[matrix.columns[i] as number] = (frequencies[matrix.columns[i] as number] as number) + 1;
    }
  }
  return Float32Array.from(frequencies, (frequency) =>
    frequency < MIN_MESSAGES ? 0 : rarity(frequency, among.length),
  );
}

/** The rows as vectors of length 1, features weighed by their rarity and left out where it is 0. */
export function weigh(matrix: CountMatrix, rarities: Float32Array): SparseMatrix {
  const { families, familyStarts } = matrix;
  const kept = matrix.columns.reduce((sum, column) => sum + (rarities[column] ? 1 : 0), 0);
  const columns = new Int32Array(kept);
  const values = new Float32Array(kept);
  const blocks = new Int32Array(familyStarts.length);
  let next = 0;
  for (let block = 0; block + 1 < familyStarts.length; block++) {
    blocks[block] = next;
    for (let i = familyStarts[block] as number; i < (familyStarts[block + 1] as number); i++) {
      const weight = rarities[matrix.columns[i] as number] as number;
      if (weight === 0) continue;
      columns[next] = matrix.columns[i] as number;
      values[next++] = (matrix.values[i] as number) * weight;
    }
  }
  blocks[familyStarts.length - 1] = next;
  const starts = matrix.starts.map((_, row) => blocks[row * families.length] as number);
  for (let row = 0; row + 1 < starts.length; row++) {
    const first = row * families.length;
    scale(values, blocks.subarray(first, first + families.length + 1), families);
  }
  return { starts, columns, values, width: matrix.width };
}

/** The sum of a row's values, each times the weight of its column; the bias is the weight after the last column. */
export function score(matrix: SparseMatrix, row: number, weights: Float32Array): number {
  let sum = weights[matrix.width] as number;
  const end = matrix.starts[row + 1] as number;
  for (let i = matrix.starts[row] as number; i < end; i++) {
    sum += (weights[matrix.columns[i] as number] as number) * (matrix.values[i] as number);
  }
  return sum;
}
