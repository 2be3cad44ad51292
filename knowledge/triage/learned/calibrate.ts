/** Scores of every class → probabilities that sum to 1. `sharpness`: how much a difference of scores says. */
export function probabilities(scores: ArrayLike<number>, sharpness: number): number[] {
  const all = Array.from(scores);
  const highest = Math.max(...all);
  const shares = all.map((score) => Math.exp((score - highest) * sharpness));
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map((share) => share / sum);
}

const LEAST = 0.1;
const MOST = 100;
const STEPS = 40;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * The sharpness under which held-out messages were least surprising (temperature scaling; Guo, Pleiss, Sun, Weinberger 2017), found by
 * golden section on its logarithm.
 */
export function fitSharpness(held: readonly { scores: ArrayLike<number>; wanted: number }[]): number {
  const surprise = (exponent: number): number =>
    held.reduce((sum, { scores, wanted }) => {
      const p = probabilities(scores, Math.exp(exponent))[wanted] ?? 0;
      return sum - Math.log(Math.max(p, 1e-12));
    }, 0);
  let [low, high] = [Math.log(LEAST), Math.log(MOST)];
  for (let step = 0; step < STEPS; step++) {
    const left = high - GOLDEN * (high - low);
    const right = low + GOLDEN * (high - low);
    if (surprise(left) <= surprise(right)) high = right;
    else low = left;
  }
  return Math.exp((low + high) / 2);
}
