import { isSure } from "../../../bots/certainty.ts";
import type { CategoryGuess, Reading } from "../../../bots/model/index.ts";

/** Letters a request must have before a model can find more in it than the rules do. */
const TELLS_FROM = 6;
/** A text that asks for nothing may be an answer to a question of ours; one of this length tells something. */
const UNCLEAR_TELLS_FROM = 12;
/** Where the leaf is sure only time, wish and unit may be missing, and short texts have none. */
const SURE_TELLS_FROM = 20;
/** A mere place: "朝阳区望京街道花家地北里3号楼". */
const PLACE_ONLY =
  /^[^，。！？；,!?;\n]*(?:号|楼|室|户|院|单元|小区|门|口|层|路|街|村|里|旁|旁边|附近|对面|家园|大厦)$/u;
const PLACEHOLDER = /〔[^〕]{1,6}〕/gu;

/**
 * Whether a model can make more of a message than the rules did. Never in danger and never for a statutory matter: there the rules decide, at once.
 * Not for questions, commands and small talk, nor for short answers, names and numbers. `masked`: the text as it would be sent.
 */
export function isWorthAsking(masked: string, reading: Reading, candidates: readonly CategoryGuess[]): boolean {
  if (reading.danger || reading.statutory || candidates.length === 0) return false;
  const letters = masked.replace(PLACEHOLDER, "").match(/\p{L}/gu)?.length ?? 0;
  switch (reading.intent) {
    case "request":
      return letters >= (isSure(candidates) ? SURE_TELLS_FROM : TELLS_FROM);
    case "unclear":
      return letters >= UNCLEAR_TELLS_FROM && !PLACE_ONLY.test(masked.trim());
    case "question":
    case "progress":
    case "help":
    case "human":
    case "small-talk":
      return false;
    default:
      throw reading.intent satisfies never;
  }
}
