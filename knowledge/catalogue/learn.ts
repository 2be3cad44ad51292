import { DOUBTS, type Evidence, SIGNALS } from "./evidence.ts";
import { type Ranking, softmax, type Weighed } from "./ranking.ts";

/** A message's evidence, and which of its candidates people would accept; with no right one, "none of these" is right. */
export interface Lesson {
  evidence: Evidence;
  right: readonly boolean[];
}

/** Pulls every weight towards 0, so that a signal which hardly helps is hardly used. */
const RESTRAINT = 3;
const ROUNDS = 400;
const STEP = 0.05;
/** Of Adam (Kingma, Ba 2015). */
const [MEMORY, SQUARE_MEMORY] = [0.9, 0.999];
const DIGITS = 5;

/** Learns the weights by which the right leaves are likeliest. The same lessons give the same weights. */
export function learnRanking(lessons: readonly Lesson[]): Ranking {
  const signals = scalesOf(
    SIGNALS,
    lessons.flatMap(({ evidence }) => evidence.candidates.map((candidate) => candidate.signals)),
  );
  const doubts = scalesOf(
    DOUBTS,
    lessons.map(({ evidence }) => evidence.doubts),
  );
  const prepared = lessons.map((lesson) => prepare(lesson, signals, doubts));
  const weights = descend(prepared, SIGNALS.length + DOUBTS.length);
  return {
    signals: named(SIGNALS, signals, weights.slice(0, SIGNALS.length)),
    doubts: named(DOUBTS, doubts, weights.slice(SIGNALS.length)),
  };
}

type Scale = Pick<Weighed, "mean" | "spread">;

function scalesOf(names: readonly string[], rows: readonly (readonly number[])[]): Scale[] {
  return names.map((name, column) => {
    if (name === "always") return { mean: 0, spread: 1 };
    const mean = rows.reduce((sum, row) => sum + (row[column] as number), 0) / Math.max(1, rows.length);
    const variance =
      rows.reduce((sum, row) => sum + ((row[column] as number) - mean) ** 2, 0) / Math.max(1, rows.length);
    return { mean, spread: Math.sqrt(variance) || 1 };
  });
}

/** The choices of a lesson as rows over all weights, the last of them "none of these". */
interface Prepared {
  rows: Float64Array[];
  right: boolean[];
}

function prepare({ evidence, right }: Lesson, signals: readonly Scale[], doubts: readonly Scale[]): Prepared {
  const row = (figures: readonly number[], scales: readonly Scale[], from: number) => {
    const filled = new Float64Array(signals.length + doubts.length);
    for (const [i, { mean, spread }] of scales.entries()) filled[from + i] = ((figures[i] as number) - mean) / spread;
    return filled;
  };
  return {
    rows: [
      ...evidence.candidates.map((candidate) => row(candidate.signals, signals, 0)),
      row(evidence.doubts, doubts, signals.length),
    ],
    right: [...right, !right.some(Boolean)],
  };
}

/** Gradient descent on the negative log-likelihood; the weight of "always" is free of restraint. */
function descend(lessons: readonly Prepared[], size: number): Float64Array {
  const weights = new Float64Array(size);
  const mean = new Float64Array(size);
  const square = new Float64Array(size);
  const free = SIGNALS.length + DOUBTS.indexOf("always");
  for (let round = 1; round <= ROUNDS; round++) {
    const slope = weights.map((weight, i) => (i === free ? 0 : RESTRAINT * weight));
    for (const lesson of lessons) addSlope(slope, lesson, weights);
    for (let i = 0; i < size; i++) {
      const grade = slope[i] as number;
      mean[i] = MEMORY * (mean[i] as number) + (1 - MEMORY) * grade;
      square[i] = SQUARE_MEMORY * (square[i] as number) + (1 - SQUARE_MEMORY) * grade ** 2;
      const [m, s] = [
        (mean[i] as number) / (1 - MEMORY ** round),
        (square[i] as number) / (1 - SQUARE_MEMORY ** round),
      ];
      weights[i] = (weights[i] as number) - (STEP * m) / (Math.sqrt(s) + Number.EPSILON);
    }
  }
  return weights;
}

function addSlope(slope: Float64Array, { rows, right }: Prepared, weights: Float64Array): void {
  const chances = softmax(rows.map((row) => dot(row, weights)));
  const rightly = chances.reduce((sum, chance, i) => (right[i] ? sum + chance : sum), 0) || Number.MIN_VALUE;
  for (const [i, row] of rows.entries()) {
    const chance = chances[i] as number;
    const pull = chance - (right[i] ? chance / rightly : 0);
    for (let k = 0; k < row.length; k++) slope[k] = (slope[k] as number) + pull * (row[k] as number);
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function named(names: readonly string[], scales: readonly Scale[], weights: Float64Array): Record<string, Weighed> {
  const round = (figure: number) => Number(figure.toPrecision(DIGITS));
  return Object.fromEntries(
    names.map((name, i) => {
      const { mean, spread } = scales[i] as Scale;
      return [name, { mean: round(mean), spread: round(spread), weight: round(weights[i] as number) }];
    }),
  );
}
