import type { RequestKind } from "../../bots/model/index.ts";
import type { LearnedClassifier } from "./learned/classifier.ts";

/** What citizens call a letter, as the kinds of requests. */
const KINDS: Readonly<Record<string, RequestKind>> = {
  咨询: "consultation",
  建议: "suggestion",
  投诉: "complaint",
  举报: "report",
  求助: "help",
};
/** Shorter texts are chat: one word of theirs tells more than the manner of a whole letter. */
const LETTER_FROM = 80;
/** A less likely kind is no better than what the rules say. */
const LIKELY = 0.5;

/** The kind of a long text by its manner, or undefined for a short one and where no kind is likely. */
export type LetterKind = (text: string) => RequestKind | undefined;

export function createLetterKind(classifier: LearnedClassifier): LetterKind {
  return (text) => {
    if (text.length < LETTER_FROM) return undefined;
    const [title = "", ...rest] = text.split("\n");
    const letter = rest.length > 0 ? { title, text: rest.join("\n") } : { text };
    const { label, scores } = classifier.predict(letter);
    return (scores[label] ?? 0) >= LIKELY ? KINDS[label] : undefined;
  };
}
