import type { Segmenter } from "../text/segment.ts";
import { createEvidence, type Evidence } from "./evidence.ts";
import type { Lesson } from "./learn.ts";
import type { Leaf } from "./load.ts";
import type { LabelledLeaves } from "./measure.ts";

/** Every which example is left out of the catalogue and learned from. */
const EVERY = 5;

/** What labelled messages teach: their evidence, and which candidates people would accept. */
export function lessonsFrom(messages: readonly LabelledLeaves[], evidenceIn: (text: string) => Evidence): Lesson[] {
  return messages.map(({ text, leaves }) => {
    const evidence = evidenceIn(text);
    return { evidence, right: evidence.candidates.map(({ leaf }) => leaves.includes(leaf.code)) };
  });
}

/**
 * What the catalogue teaches by itself: a fifth of its examples, read against a catalogue that does not have them. Whoever writes a catalogue's
 * words and labels messages too puts some of the one into the other, and so learns to be too sure; sentences left out keep that in bounds.
 */
export function lessonsFromExamples(leaves: readonly Leaf[], segmenter: Segmenter): Lesson[] {
  const isLeftOut = (leaf: Leaf, example: number) => (Number(leaf.code) + example) % EVERY === 0;
  const poorer = leaves.map((leaf) => ({ ...leaf, examples: leaf.examples.filter((_, i) => !isLeftOut(leaf, i)) }));
  const leftOut = leaves.flatMap((leaf) =>
    leaf.examples.filter((_, i) => isLeftOut(leaf, i)).map((text) => ({ text, leaves: [leaf.code] })),
  );
  return lessonsFrom(leftOut, createEvidence({ leaves: poorer, segmenter }));
}
