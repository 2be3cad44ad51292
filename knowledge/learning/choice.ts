/** One choice: what is known of each thing that could be chosen, and which of them would have been right. */
export interface ChoiceLesson {
  rows: readonly Float64Array[];
  right: readonly boolean[];
}

export interface ChoiceOptions {
  /** How many figures a row has. */
  size: number;
  /** Pulls every weight towards what is expected of it, so that a figure which hardly helps is hardly used. */
  restraint: number;
  /** What is expected of each weight before anything is learned; 0 where it is absent. */
  expected?: Float64Array;
  /** A weight that nothing pulls. */
  free?: number;
  rounds?: number;
  step?: number;
}

const ROUNDS = 400;
const STEP = 0.05;
/** Of Adam (Kingma, Ba 2015). */
const [MEMORY, SQUARE_MEMORY] = [0.9, 0.999];

/**
 * The weights of a conditional logit (McFadden 1974) by which the right choices are likeliest: gradient descent on the negative
 * log-likelihood. The same lessons give the same weights.
 */
export function learnChoice(lessons: readonly ChoiceLesson[], options: ChoiceOptions): Float64Array {
  const { size, restraint, expected, free, rounds = ROUNDS, step = STEP } = options;
  const start = expected ?? new Float64Array(size);
  const weights = Float64Array.from(start);
  const mean = new Float64Array(size);
  const square = new Float64Array(size);
  for (let round = 1; round <= rounds; round++) {
    const slope = weights.map((weight, i) => (i === free ? 0 : restraint * (weight - (start[i] as number))));
    for (const lesson of lessons) addSlope(slope, lesson, weights);
    for (let i = 0; i < size; i++) {
      const grade = slope[i] as number;
      mean[i] = MEMORY * (mean[i] as number) + (1 - MEMORY) * grade;
      square[i] = SQUARE_MEMORY * (square[i] as number) + (1 - SQUARE_MEMORY) * grade ** 2;
      const [m, s] = [
        (mean[i] as number) / (1 - MEMORY ** round),
        (square[i] as number) / (1 - SQUARE_MEMORY ** round),
      ];
      weights[i] = (weights[i] as number) - (step * m) / (Math.sqrt(s) + Number.EPSILON);
    }
  }
  return weights;
}

function addSlope(slope: Float64Array, { rows, right }: ChoiceLesson, weights: Float64Array): void {
  const chances = softmax(rows.map((row) => dot(row, weights)));
  const rightly = chances.reduce((sum, chance, i) => (right[i] ? sum + chance : sum), 0) || Number.MIN_VALUE;
  for (const [i, row] of rows.entries()) {
    const chance = chances[i] as number;
    const pull = chance - (right[i] ? chance / rightly : 0);
    for (let k = 0; k < row.length; k++) slope[k] = (slope[k] as number) + pull * (row[k] as number);
  }
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

export function softmax(utilities: readonly number[]): number[] {
  const highest = Math.max(...utilities);
  const powers = utilities.map((utility) => Math.exp(utility - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
