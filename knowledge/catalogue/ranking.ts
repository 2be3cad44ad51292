import { softmax } from "../learning/choice.ts";
import { DOUBTS, type Evidence, SIGNALS } from "./evidence.ts";

/** How one figure counts: what it is usually, how far it spreads, and how much one spread is worth. */
export interface Weighed {
  mean: number;
  spread: number;
  weight: number;
}

/**
 * A conditional logit (McFadden 1974) over the candidates of a text and, as one choice more, "none of these". So the probabilities of the leaves
 * sum to less than 1, and to little when the text gives little to go by.
 */
export interface Ranking {
  signals: Readonly<Record<string, Weighed>>;
  doubts: Readonly<Record<string, Weighed>>;
}

/**
 * The probability of every candidate, in their order, and behind them that of none. `boosts` are added to the candidates' utilities; the best of
 * them is also given to "none", so that they move leaves against each other and not against doubt.
 */
export function probabilities(
  ranking: Ranking,
  { candidates, doubts }: Evidence,
  boosts: readonly number[] = [],
): number[] {
  const signals = SIGNALS.map((name) => ranking.signals[name]);
  const utilities = candidates.map((candidate, i) => weigh(signals, candidate.signals) + (boosts[i] ?? 0));
  const none = weigh(
    DOUBTS.map((name) => ranking.doubts[name]),
    doubts,
  );
  return softmax([...utilities, none + (boosts.length > 0 ? Math.max(...boosts) : 0)]);
}

function weigh(weights: readonly (Weighed | undefined)[], figures: readonly number[]): number {
  let sum = 0;
  for (const [i, figure] of figures.entries()) {
    const one = weights[i];
    if (one) sum += (one.weight * (figure - one.mean)) / one.spread;
  }
  return sum;
}
