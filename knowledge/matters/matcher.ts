import type { Likeness, Matter } from "../../bots/model/index.ts";
import type { Catalogue, MatterMatcher } from "../../bots/ports.ts";
import type { Leaf } from "../catalogue/load.ts";
import type { Segmenter } from "../text/segment.ts";
import { circumstances, type TakenApart, takeApart, wordsAlike } from "./evidence.ts";
import { ceilingOf, scoreOf } from "./score.ts";
import { type SharedRow, sharedTest } from "./shared.ts";
import { type Rarity, rarityIn } from "./words.ts";

/** Leaves that a telling may be filed under by somebody else. */
const RIVALS = 12;
const THRESHOLD = { own: 0.35, neighbours: 0.45 };

/** Compares by words, leaf, place and time. How rare a word is, is learned from the catalogue's own examples at the first use. */
export function createMatterMatcher(parts: {
  catalogue: Pick<Catalogue, "rank">;
  leaves: readonly Leaf[];
  segmenter: Segmenter;
  shared: readonly SharedRow[];
}): MatterMatcher {
  const { catalogue, leaves, segmenter } = parts;
  let known: Rarity | undefined;
  const rarity = (): Rarity => {
    known ??= rarityIn(
      leaves.flatMap(({ examples, keywords }) => [...examples, keywords.join(" ")]),
      segmenter,
    );
    return known;
  };

  /** Where place or time alone rule it out, no word is read: that keeps a comparison with many short. */
  function compareTwo(a: TakenApart, b: TakenApart, leafFit: (category: string) => number): Likeness {
    const where = circumstances(a, b);
    const { category } = b.matter;
    const leaf = category === undefined ? 0 : category === a.matter.category ? 1 : leafFit(category);
    if (ceilingOf(where) < THRESHOLD.own) return scoreOf({ ...where, words: 0, leaf });
    return scoreOf({ ...where, words: wordsAlike(a, b, rarity()), leaf });
  }

  function fitOf({ description }: Matter): (category: string) => number {
    const guesses = catalogue.rank(description, RIVALS);
    const best = guesses[0]?.confidence ?? 1;
    const fits = new Map(guesses.map(({ code, confidence }) => [code, Math.sqrt(confidence / best)]));
    return (category) => fits.get(category) ?? 0;
  }

  return {
    compare(one, others) {
      if (others.length === 0) return [];
      const mine = takeApart(one, segmenter);
      const leafFit = fitOf(one);
      return others.map((other) => compareTwo(mine, takeApart(other, segmenter), leafFit));
    },
    threshold: THRESHOLD,
    isShared: sharedTest(parts.shared),
  };
}
