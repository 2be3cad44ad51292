/** How well labels were guessed. Shares from 0 to 1. */
export interface Measures {
  n: number;
  macroF1: number;
  accuracy: number;
  /** F1 of each label that was wanted. */
  f1: Record<string, number>;
}

/** Labels that nobody wanted count only through the errors they are. */
export function measureLabels(pairs: readonly { wanted: string; guessed: string }[]): Measures {
  const labels = [...new Set(pairs.map(({ wanted }) => wanted))].sort();
  const f1 = Object.fromEntries(
    labels.map((label) => {
      const wanted = pairs.filter((pair) => pair.wanted === label).length;
      const guessed = pairs.filter((pair) => pair.guessed === label).length;
      const right = pairs.filter((pair) => pair.wanted === label && pair.guessed === label).length;
      return [label, (2 * right) / (wanted + guessed)];
    }),
  );
  const right = pairs.filter(({ wanted, guessed }) => wanted === guessed).length;
  const sum = Object.values(f1).reduce((total, each) => total + each, 0);
  return {
    n: pairs.length,
    macroF1: sum / Math.max(1, labels.length),
    accuracy: right / Math.max(1, pairs.length),
    f1,
  };
}

const BINS = 10;

/** Expected calibration error: how far, on average over ten bins, the best label's p lies from the share that was right. */
export function calibrationError(guesses: readonly { p: number; right: boolean }[]): number {
  const bins = Map.groupBy(guesses, ({ p }) => Math.min(BINS - 1, Math.floor(p * BINS)));
  let error = 0;
  for (const bin of bins.values()) {
    error += Math.abs(bin.reduce((sum, { p, right }) => sum + p - Number(right), 0));
  }
  return error / Math.max(1, guesses.length);
}
