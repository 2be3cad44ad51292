import type { SparseMatrix } from "./matrix.ts";
import type { LearnerOptions } from "./profile.ts";
import { type Sides, separate } from "./support-vector.ts";

/**
 * One linear separator a class against all others, on features scaled by how strongly they speak for or against it
 * (after Wang and Manning 2012, "NB-SVM"); the scaling is folded into the weights, so that using them costs nothing more.
 */
export function trainSeparators(options: {
  matrix: SparseMatrix;
  rows: Int32Array;
  /** Of each of `rows`, the number of its class. */
  classes: Int32Array;
  classCount: number;
  learner: LearnerOptions;
  seed: number;
}): Float32Array[] {
  const { matrix, rows, classes, classCount, learner } = options;
  return Array.from({ length: classCount }, (_, wanted) => {
    const sides = Int8Array.from(classes, (each) => (each === wanted ? 1 : -1));
    const strengths = strengthsOf({ matrix, rows, sides, learner });
    const values = matrix.values.map((value, i) => value * (strengths[matrix.columns[i] as number] as number));
    const { cost, balanced } = learner;
    const weights = separate({ matrix: { ...matrix, values }, rows, sides, cost, balanced, seed: options.seed });
    return weights.map((weight, column) => weight * (strengths[column] ?? 1));
  });
}

/** Around 1: how far the share of a column among the class and among the rest lie apart, mixed with 1 by `bayesShare`. */
function strengthsOf(options: {
  matrix: SparseMatrix;
  rows: Int32Array;
  sides: Sides;
  learner: LearnerOptions;
}): Float32Array {
  const { matrix, rows, sides, learner } = options;
  const inside = new Float64Array(matrix.width).fill(learner.smoothing);
  const outside = new Float64Array(matrix.width).fill(learner.smoothing);
  for (const [k, row] of rows.entries()) {
    const mass = sides[k] === 1 ? inside : outside;
    for (let i = matrix.starts[row] as number; i < (matrix.starts[row + 1] as number); i++) {
      const column = matrix.columns[i] as number;
      mass[column] = (mass[column] as number) + (matrix.values[i] as number);
    }
  }
  // Columns that no row has would only blur how much mass lies on either side.
  const isSeen = (column: number): boolean =>
    (inside[column] as number) + (outside[column] as number) > 2 * learner.smoothing;
  const ofSeen = (numbers: Float64Array): Float64Array => numbers.filter((_, column) => isSeen(column));
  const balance = Math.log(total(ofSeen(inside)) / total(ofSeen(outside))) || 0;
  const ratios = inside.map((mass, column) => Math.abs(Math.log(mass / (outside[column] as number)) - balance));
  const seen = ofSeen(ratios);
  const mean = total(seen) / Math.max(1, seen.length) || 1;
  return Float32Array.from(ratios, (ratio) => 1 - learner.bayesShare + (learner.bayesShare * ratio) / mean);
}

const total = (numbers: Float64Array): number => numbers.reduce((sum, number) => sum + number, 0);
