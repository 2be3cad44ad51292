import type { CategoryGuess } from "../../bots/model/index.ts";
import type { Catalogue } from "../../bots/ports.ts";
import type { Segmenter } from "../text/segment.ts";
import { createEvidence } from "./evidence.ts";
import type { Leaf } from "./load.ts";
import { probabilities, type Ranking } from "./ranking.ts";
import { loadRanking } from "./ranking-file.ts";

/**
 * What another classifier makes of a text, or undefined where it has nothing to say: how likely a leaf is, by its code, or else its 类, by the name of the first level. What it does not
 * name it holds impossible as far as it can tell.
 */
export type Prior = (text: string) => ReadonlyMap<string, number> | undefined;

/** How much the opinion of another classifier counts, from 0 to 1. */
const PRIOR_TRUST = 0.5;
/** The least that a prior can say of a leaf, so that none is ever ruled out. */
const LEAST = 0.02;

/** A citizen may paste a page; its first part tells what it is about. */
const READ_LENGTH = 2000;
/** Form, triage and the look for the same matter ask for the same text one after the other, with a few other citizens' between. */
const REMEMBERED = 16;

/**
 * The catalogue as the dialogue uses it. A leaf's confidence is the learned probability that it is right, so that of all guesses with
 * confidence 0.8 about four in five are; those of one text sum to less than 1, and to little when the text gives little to go by.
 */
export function createCatalogue({
  leaves,
  segmenter,
  ranking = loadRanking(),
  prior,
}: {
  leaves: readonly Leaf[];
  segmenter: Segmenter;
  ranking?: Ranking;
  prior?: Prior;
}): Catalogue {
  const byCode = new Map(leaves.map((leaf) => [leaf.code, leaf]));
  const evidenceIn = createEvidence({ leaves, segmenter });

  function ranked(text: string): CategoryGuess[] {
    const evidence = evidenceIn(text);
    const said = prior?.(text);
    const boost = (leaf: Leaf) =>
      said ? PRIOR_TRUST * Math.log(Math.max(LEAST, said.get(leaf.code) ?? said.get(leaf.path[0]) ?? 0)) : 0;
    const boosts = evidence.candidates.map(({ leaf }) => boost(leaf));
    const chances = probabilities(ranking, evidence, boosts);
    return evidence.candidates
      .map(({ leaf: { code, path } }, i) => ({ code, path, confidence: chances[i] as number }))
      .sort((a, b) => b.confidence - a.confidence);
  }

  const remembered = new Map<string, CategoryGuess[]>();

  function rank(message: string, limit: number): CategoryGuess[] {
    const text = message.slice(0, READ_LENGTH);
    const guesses = remembered.get(text) ?? ranked(text);
    remembered.set(text, guesses);
    const [oldest] = remembered.keys();
    if (oldest !== undefined && remembered.size > REMEMBERED) remembered.delete(oldest);
    return guesses.slice(0, limit).map((guess) => ({ ...guess }));
  }

  return {
    leaf(code) {
      const leaf = byCode.get(code);
      return leaf && { code, path: leaf.path };
    },
    rank,
  };
}
