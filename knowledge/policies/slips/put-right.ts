import type { Answer } from "../../../bots/model/index.ts";
import type { Segmenter } from "../../text/segment.ts";
import type { EntryIndex } from "../entry-index.ts";
import { rank } from "../reworded.ts";
import { meantBy } from "./meant.ts";

export interface Judged {
  wording: string;
  answer: Answer;
}

/** Slips put right must be worth this much more than the words as they were typed. */
const MARGIN = 0.1;

type Base = { index: EntryIndex; segmenter: Segmenter };

/** The answer to the question as it was typed, or, where it has none, to what it may have been meant to be. */
export function withSlipsPutRight(
  question: string,
  { index, segmenter }: Base,
  judge: (question: string) => Judged,
): Judged {
  const typed = judge(question);
  if (typed.answer.kind === "answered") return typed;
  let best = { judged: typed, worth: rank(typed.answer) + MARGIN };
  for (const misspelt of meantBy(question, index, segmenter)) {
    const { wording, answer } = judge(misspelt.question);
    const judged = { wording, answer: { ...answer, misspelt } };
    if (rank(answer) > best.worth) best = { judged, worth: rank(answer) };
  }
  return best.judged;
}

/** The same for a short question, which is put right before it is completed: "那驾使证呢" exchanges 身份证 for 驾驶证. */
export function inContextPutRight(
  question: string,
  { index, segmenter }: Base,
  answerTo: (question: string) => Answer | undefined,
): Answer | undefined {
  const typed = answerTo(question);
  if (typed?.kind !== "unsure") return typed;
  for (const { question: meant, words } of meantBy(question, index, segmenter)) {
    const answer = answerTo(meant);
    if (answer?.kind !== "answered" || answer.understoodAs === undefined) continue;
    return { ...answer, misspelt: { question: answer.understoodAs, words } };
  }
  return typed;
}
