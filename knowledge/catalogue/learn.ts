import { type ChoiceLesson, learnChoice } from "../learning/choice.ts";
import { DOUBTS, type Evidence, SIGNALS } from "./evidence.ts";
import type { Ranking, Weighed } from "./ranking.ts";

/** A message's evidence, and which of its candidates people would accept; with no right one, "none of these" is right. */
export interface Lesson {
  evidence: Evidence;
  right: readonly boolean[];
}

/** Pulls every weight towards 0, so that a signal which hardly helps is hardly used. */
const RESTRAINT = 3;
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
  const weights = learnChoice(prepared, {
    size: SIGNALS.length + DOUBTS.length,
    restraint: RESTRAINT,
    // "always" is what speaks for none of the candidates before anything is known.
    free: SIGNALS.length + DOUBTS.indexOf("always"),
  });
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
function prepare({ evidence, right }: Lesson, signals: readonly Scale[], doubts: readonly Scale[]): ChoiceLesson {
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

function named(names: readonly string[], scales: readonly Scale[], weights: Float64Array): Record<string, Weighed> {
  const round = (figure: number) => Number(figure.toPrecision(DIGITS));
  return Object.fromEntries(
    names.map((name, i) => {
      const { mean, spread } = scales[i] as Scale;
      return [name, { mean: round(mean), spread: round(spread), weight: round(weights[i] as number) }];
    }),
  );
}
