/** How well "the same matter" is told: of the pairs called the same how many are, of those that are how many were called so. */
export interface PairMeasure {
  pairs: number;
  precision: number;
  recall: number;
  f1: number;
  threshold: number;
}

export function measurePairs(pairs: readonly { same: boolean; score: number }[], threshold: number): PairMeasure {
  const called = pairs.filter(({ score }) => score >= threshold);
  const right = called.filter(({ same }) => same).length;
  const wanted = pairs.filter(({ same }) => same).length;
  const precision = called.length === 0 ? 1 : right / called.length;
  const recall = wanted === 0 ? 1 : right / wanted;
  const f1 = right === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { pairs: pairs.length, precision, recall, f1, threshold };
}
