import type { RankedQuestion } from "./read.ts";
import { SIGNS, type Sign } from "./signs.ts";

/** By what the first document is trusted to answer the question, in this order. */
export const GROUNDS = [
  ...["always", "covered", "within40", "within80", "within160", "wordsCovered", "near", "direction"],
  ...["titleCovered", "titleReturned", "run", "inLead", "quoted", "placesMissing", "otherProvince"],
  ...["ahead", "foundAhead", "known"],
] as const;

/** The first document's signs, those of the second where there is one, and their values by the learned weights. */
export interface Standing {
  question: RankedQuestion;
  first: { signs: Float64Array; value: number };
  second?: { signs: Float64Array; value: number } | undefined;
  /** Share of the question's weight that stands in what would be quoted. */
  quoted: number;
  /** Share of the question's words, by weight, that some entry knows. */
  known: number;
}

/** From this lead on the next document does not matter any more. */
const FAR_AHEAD = 5;

const at = (signs: Float64Array, sign: Sign): number => signs[SIGNS.indexOf(sign)] as number;

export function groundsOf({ question, first, second, quoted, known }: Standing): Float64Array {
  const sign = (name: Sign) => at(first.signs, name);
  const grounds: Record<(typeof GROUNDS)[number], number> = {
    always: 1,
    covered: sign("covered"),
    within40: sign("within40"),
    within80: sign("within80"),
    within160: sign("within160"),
    wordsCovered: sign("wordsCovered"),
    near: sign("near"),
    direction: sign("direction"),
    titleCovered: sign("titleCovered"),
    titleReturned: sign("titleReturned"),
    run: sign("run"),
    inLead: sign("inLead"),
    quoted,
    placesMissing: question.places.length === 0 ? 0 : 1 - sign("places"),
    otherProvince: sign("otherProvince"),
    ahead: second ? Math.min(FAR_AHEAD, first.value - second.value) / FAR_AHEAD : 1,
    foundAhead: second ? at(first.signs, "found") - at(second.signs, "found") : 1,
    known,
  };
  return Float64Array.from(GROUNDS, (name) => grounds[name]);
}
