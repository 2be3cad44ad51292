/** Weights that are learned by Adam (Kingma and Ba 2015), and their running mean, which errs less than they do. */
export interface Adam {
  mean: Float64Array;
  /** Moves weight `at` against `slope`; `keep` is the share that the mean keeps of itself. */
  move(at: number, slope: number, rate: number, keep: number): void;
}

const FIRST_KEEPS = 0.9;
const SECOND_KEEPS = 0.999;

/** What corrects the rate for estimates that begin at zero. */
export const warmUp = (steps: number): number => Math.sqrt(1 - SECOND_KEEPS ** steps) / (1 - FIRST_KEEPS ** steps);

export function createAdam(weights: Float64Array): Adam {
  const first = new Float64Array(weights.length);
  const second = new Float64Array(weights.length);
  const mean = weights.slice();
  return {
    mean,
    move: (at, slope, rate, keep) => {
      const one = FIRST_KEEPS * (first[at] as number) + 0.1 * slope;
      const two = SECOND_KEEPS * (second[at] as number) + 0.001 * slope * slope;
      first[at] = one;
      second[at] = two;
      const weight = (weights[at] as number) - (rate * one) / (Math.sqrt(two) + 1e-6);
      weights[at] = weight;
      mean[at] = keep * (mean[at] as number) + (1 - keep) * weight;
    },
  };
}
