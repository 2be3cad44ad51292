import { createRandom, shuffle } from "../../learning/random.ts";
import type { SparseMatrix } from "./matrix.ts";
import { score } from "./matrix.ts";

/** +1 for rows of the class, -1 for all others. */
export type Sides = Int8Array;

const MAX_ROUNDS = 20;
/** When no step of a round was larger than this, further ones change no answer. */
const SMALLEST_STEP = 0.05;

/**
 * The linear separation of two sides with squared hinge loss and L2 regularisation, by dual coordinate descent
 * (Hsieh, Chang, Lin, Keerthi, Sundararajan 2008). Weights of the columns, then the bias. With `balanced` an error costs the
 * more the rarer its side, so that both sides count alike.
 */
export function separate(options: {
  matrix: SparseMatrix;
  rows: Int32Array;
  sides: Sides;
  cost: number;
  balanced: boolean;
  seed: number;
}): Float32Array {
  const { matrix, rows, sides } = options;
  const weights = new Float32Array(matrix.width + 1);
  const duals = new Float64Array(rows.length);
  const ridges = ridgesOf(options);
  const curvatures = Float64Array.from(rows, (row, k) => 1 + (ridges[k] as number) + squaredLength(matrix, row));
  const order = Int32Array.from(rows.keys());
  const random = createRandom(options.seed);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    shuffle(order, random);
    let largest = 0;
    for (const k of order) {
      const side = sides[k] as number;
      const before = duals[k] as number;
      const gradient = score(matrix, rows[k] as number, weights) * side - 1 + before * (ridges[k] as number);
      const after = Math.max(before - gradient / (curvatures[k] as number), 0);
      if (after === before) continue;
      largest = Math.max(largest, Math.abs(gradient));
      duals[k] = after;
      addRow(matrix, rows[k] as number, (after - before) * side, weights);
    }
    if (largest < SMALLEST_STEP) break;
  }
  return weights;
}

/** Of each row, how much its dual is held back: the inverse of twice what its error costs. */
function ridgesOf({ sides, cost, balanced }: { sides: Sides; cost: number; balanced: boolean }): Float64Array {
  const inside = sides.reduce((count, side) => count + (side === 1 ? 1 : 0), 0);
  const share = { inside: (2 * inside) / sides.length, outside: (2 * (sides.length - inside)) / sides.length };
  return Float64Array.from(sides, (side) => {
    const rarity = balanced ? (side === 1 ? share.inside : share.outside) : 1;
    return rarity / (2 * cost);
  });
}

function squaredLength({ starts, values }: SparseMatrix, row: number): number {
  let sum = 0;
  for (let i = starts[row] as number; i < (starts[row + 1] as number); i++) sum += (values[i] as number) ** 2;
  return sum;
}

function addRow({ starts, columns, values, width }: SparseMatrix, row: number, by: number, weights: Float32Array) {
  const end = starts[row + 1] as number;
  for (let i = starts[row] as number; i < end; i++) {
    const column = columns[i] as number;
    weights[column] = (weights[column] as number) + by * (values[i] as number);
  }
  weights[width] = (weights[width] as number) + by;
}
