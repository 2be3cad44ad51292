import { isSure } from "../../bots/certainty.ts";
import type { CategoryGuess } from "../../bots/model/index.ts";

/** What becomes of the guesses at a matter's category. */
export type CategoryChoice =
  | { kind: "taken"; guess: CategoryGuess }
  | { kind: "offered"; guesses: CategoryGuess[] }
  | { kind: "open" };

/** Leaves are offered when they hold the right one this likely together; confidences are calibrated, and most offers are likelier. */
const OFFER_FROM = 0.75;
/** A guess less likely than this only makes the list longer. */
const WORTH_OFFERING = 0.02;
const MAX_OFFERED = 3;
const MIN_OFFERED = 2;

/**
 * Take the best guess, let the citizen pick from two or three, or leave it open for people at the centre. `guesses` are best first, with calibrated
 * confidences. Meant so that what is taken is right in at least 95 of 100 messages, and the right leaf stands among the offered in at least 90;
 * `evaluate leaves` measures both.
 */
export function chooseCategory(guesses: readonly CategoryGuess[]): CategoryChoice {
  const [best] = guesses;
  if (best && isSure(guesses)) return { kind: "taken", guess: best };
  const offered = guesses
    .slice(0, MAX_OFFERED)
    .filter((guess, i) => i < MIN_OFFERED || guess.confidence >= WORTH_OFFERING);
  const covered = offered.reduce((sum, { confidence }) => sum + confidence, 0);
  return offered.length >= MIN_OFFERED && covered >= OFFER_FROM
    ? { kind: "offered", guesses: offered }
    : { kind: "open" };
}
