import type { LearnedClassifier } from "../triage/learned/classifier.ts";
import type { Prior } from "./catalogue.ts";
import type { Leaf } from "./load.ts";

/** Shorter texts are chat, and unlike the letters that the classifier has learned from: there the catalogue knows better by itself. */
const LETTER_FROM = 80;

/**
 * What a classifier of letters makes of a long text, leaf by leaf: each leaf is as likely as the label it is filed under. Says nothing of short
 * texts. `labelOf` gives the label of a leaf's code.
 */
export function createLetterPrior(parts: {
  classifier: LearnedClassifier;
  leaves: readonly Leaf[];
  labelOf(code: string): string | undefined;
}): Prior {
  const labels = parts.leaves.map(({ code }) => [code, parts.labelOf(code)] as const);
  return (text) => {
    if (text.length < LETTER_FROM) return undefined;
    const { scores } = parts.classifier.predict({ text });
    return new Map(labels.flatMap(([code, label]) => (label ? [[code, scores[label] ?? 0] as const] : [])));
  };
}
