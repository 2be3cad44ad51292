import type { WeightedTerms } from "../text/index.ts";
import { createLikelihood } from "./likelihood.ts";
import type { Leaf } from "./load.ts";

/** How well a text fits each leaf, its 项 and its 类, in the order of the leaves. */
export interface Fits {
  leaf: Float64Array;
  item: Float64Array;
  class: Float64Array;
}

/** The name of a leaf says more than one sentence about it. */
const NAME_COUNTS = 2;

/** Likelihoods on the three levels of the catalogue; the upper ones know words that a thin leaf was never seen with. */
export function createLevels(
  leaves: readonly Leaf[],
  termsIn: (texts: readonly string[]) => string[],
): (terms: WeightedTerms) => Fits {
  const words = leaves.map(({ keywords, examples, path }) => {
    const counts = new Map<string, number>();
    const name = Array.from({ length: NAME_COUNTS }, () => path[2]);
    for (const term of termsIn([...keywords, ...examples, path[1], ...name]))
      counts.set(term, (counts.get(term) ?? 0) + 1);
    return counts;
  });
  const level = (keys: readonly string[]) => {
    const names = [...new Set(keys)];
    const place = new Map(names.map((name, i) => [name, i]));
    const members = names.map(() => new Map<string, number>());
    for (const [i, key] of keys.entries())
      addCounts(members[place.get(key) as number] as Map<string, number>, words[i]);
    const fitOf = createLikelihood(members);
    const groupOf = Uint16Array.from(keys, (key) => place.get(key) as number);
    return (terms: WeightedTerms): Float64Array => {
      const fits = fitOf(terms);
      const ofLeaves = new Float64Array(groupOf.length);
      for (let i = 0; i < ofLeaves.length; i++) ofLeaves[i] = fits[groupOf[i] as number] as number;
      return ofLeaves;
    };
  };
  const [leaf, item, ofClass] = [
    level(leaves.map(({ code }) => code)),
    level(leaves.map(({ path }) => `${path[0]}/${path[1]}`)),
    level(leaves.map(({ path }) => path[0])),
  ];
  return (terms) => ({ leaf: leaf(terms), item: item(terms), class: ofClass(terms) });
}

function addCounts(to: Map<string, number>, counts: ReadonlyMap<string, number> = new Map()): void {
  for (const [term, count] of counts) to.set(term, (to.get(term) ?? 0) + count);
}
