import type { Answer } from "../../bots/model/index.ts";
import { rewordings, type SynonymGroup } from "../text/own-synonyms.ts";

/**
 * The way of asking that the base answers best: the question itself, or one with another word of an editors' group in it. The index
 * knows nothing of the groups, so that a change of them needs no entry to be read again.
 */
export function bestWording(
  question: string,
  groups: readonly SynonymGroup[],
  judge: (wording: string) => Answer,
): { wording: string; answer: Answer } {
  let best = { wording: question, answer: judge(question) };
  for (const wording of rewordings(question, groups)) {
    const answer = judge(wording);
    if (rank(answer) > rank(best.answer)) best = { wording, answer };
  }
  return best;
}

/** Any answer comes before none. */
export const rank = ({ kind, confidence }: Answer): number => (kind === "answered" ? 1 : 0) + confidence;
