import type { CategoryGuess } from "./model/index.ts";

/** From here on the best leaf is taken without asking the citizen … */
export const SURE = 0.5;
/** … also when it is less sure but so many times likelier than the next. */
const LIKELY = 0.3;
const AHEAD = 2.5;

/** Whether the first of the guesses, best first, leaves no doubt. */
export function isSure([best, second]: readonly CategoryGuess[]): boolean {
  if (!best) return false;
  return best.confidence >= SURE || (best.confidence >= LIKELY && best.confidence >= AHEAD * (second?.confidence ?? 0));
}
