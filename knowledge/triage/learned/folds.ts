import { createRandom, shuffle } from "../../learning/random.ts";
import { groupNearDuplicates } from "./near-duplicates.ts";
import type { ReadMessage } from "./tokens.ts";

/**
 * Of each message the fold it is held out in, 0 to `count` - 1. Near-duplicates share a fold, or a message would be examined on what was
 * learned by heart; every label is spread evenly.
 */
export function assignFolds(options: {
  messages: readonly ReadMessage[];
  classes: ArrayLike<number>;
  count: number;
  seed: number;
}): Int32Array {
  const { messages, classes, count } = options;
  const members = Map.groupBy(messages.keys(), groupNumbers(messages));
  const groups = [...members.values()];
  const order = Int32Array.from(groups.keys());
  shuffle(order, createRandom(options.seed));
  const sizes = new Map<number, number[]>();
  const folds = new Int32Array(messages.length);
  for (const position of order) {
    const group = groups[position] as number[];
    const label = classes[group[0] as number] as number;
    const filled = sizes.get(label) ?? Array.from({ length: count }, () => 0);
    sizes.set(label, filled);
    const fold = filled.indexOf(Math.min(...filled));
    filled[fold] = (filled[fold] as number) + group.length;
    for (const i of group) folds[i] = fold;
  }
  return folds;
}

function groupNumbers(messages: readonly ReadMessage[]): (i: number) => number {
  const groups = groupNearDuplicates(messages);
  return (i) => groups[i] as number;
}
