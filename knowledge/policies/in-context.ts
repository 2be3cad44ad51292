import type { Answer } from "../../bots/model/index.ts";
import type { Regions } from "../places/regions.ts";
import { normalize } from "../text/normalize.ts";
import type { Segmenter } from "../text/segment.ts";
import { conceptsOf } from "../text/synonyms.ts";
import type { Entry } from "./entry.ts";
import { type FollowUp, followUp } from "./follow-up.ts";

export interface AskedInContext {
  question: string;
  /** The question answered just before. */
  after: string;
  segmenter: Segmenter;
  regions?: () => Regions;
  judge(question: string): Answer;
  entry(id: string): Entry | undefined;
}

/**
 * The answer to a short further question, as it is understood; `undefined` where it stands on its own. What was exchanged has to
 * stand in the entry: what holds for somebody else is no answer.
 */
export function answerInContext(asked: AskedInContext): Answer | undefined {
  const further = followUp(asked.question, asked.after, asked.segmenter, asked.regions);
  if (!further) return undefined;
  const { question, shorter } = further;
  const answerTo = (words: string): Answer => {
    const answer = { ...asked.judge(words), understoodAs: words };
    if (answer.kind === "unsure") return answer;
    const entry = asked.entry(answer.sources[0].entryId);
    if (entry && isMeant(entry, further, asked.segmenter)) return answer;
    return { kind: "unsure", nearest: answer.sources, confidence: 0, understoodAs: words };
  };
  const whole = answerTo(question);
  if (further.regionAlone && !dependsOnRegion(whole)) return undefined;
  if (whole.kind === "answered" || shorter === undefined || shorter === question) return whole;
  const short = answerTo(shorter);
  return short.kind === "answered" ? short : whole;
}

const dependsOnRegion = (answer: Answer): boolean =>
  answer.kind === "answered"
    ? answer.sources[0].region !== undefined || answer.apart !== undefined
    : answer.missingFor !== undefined || answer.between?.respect === "region";

function isMeant(entry: Entry, { exchanged, thing }: FollowUp, segmenter: Segmenter): boolean {
  const asked = [entry.question ?? "", ...entry.similar].join("\n");
  // A document is not asked in words of its own.
  const all = `${asked}\n${entry.text}`;
  if (thing !== undefined && !speaksOf(entry.question ? asked : all, thing, segmenter)) return false;
  return exchanged === undefined || speaksOf(all, exchanged, segmenter);
}

/** Ways of naming who is not registered here, between which the synonyms do not go. */
const FROM_ELSEWHERE = /外地|外省|非京籍|非本市/;

function speaksOf(words: string, thing: string, segmenter: Segmenter): boolean {
  const text = normalize(words);
  if (text.includes(thing)) return true;
  if (FROM_ELSEWHERE.test(thing)) return FROM_ELSEWHERE.test(text);
  const concepts = new Set(conceptsOf(thing));
  return concepts.size > 0 && segmenter.segment(text).some((word) => conceptsOf(word).some((one) => concepts.has(one)));
}
