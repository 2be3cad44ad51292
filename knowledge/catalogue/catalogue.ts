import type { CategoryGuess } from "../../bots/model/index.ts";
import type { Catalogue } from "../../bots/ports.ts";
import { createTextIndex } from "../text/index.ts";
import { queryTerms } from "../text/query.ts";
import type { Segmenter } from "../text/segment.ts";
import { indexTokens } from "../text/tokens.ts";
import type { Leaf } from "./load.ts";

/** How many leaves take part in sharing out the confidence. */
const RIVALS = 12;
/** Differences of score are taken relative to the best; the smaller this number, the more of the confidence the best keeps. */
const TEMPERATURE = 0.12;
/** A best score of this size counts as half evidence: one rare word scores about 8, a whole matching sentence 30 and more. */
const HALF_SCORE = 12;

/**
 * The catalogue as the dialogue uses it. A leaf's confidence is its share among the leaves that compete for the text, lowered when
 * the evidence is thin; so several near leaves, or hardly any matching word, both give low numbers.
 */
export function createCatalogue({ leaves, segmenter }: { leaves: readonly Leaf[]; segmenter: Segmenter }): Catalogue {
  const byCode = new Map(leaves.map((leaf) => [leaf.code, leaf]));
  const tokens = (texts: readonly string[]) => texts.flatMap((text) => indexTokens(text, segmenter));
  const index = createTextIndex({
    fields: {
      keywords: { weight: 2, lengthNorm: 0.4 },
      examples: { weight: 1, lengthNorm: 0.5 },
      path: { weight: 1.5, lengthNorm: 0.2 },
    },
  });
  for (const { code, keywords, examples, path } of leaves) {
    index.add(code, { keywords: tokens(keywords), examples: tokens(examples), path: tokens(path) });
  }

  function rank(text: string, limit: number): CategoryGuess[] {
    const hits = index.search(queryTerms(text, segmenter), Math.max(limit, RIVALS));
    const [best] = hits;
    if (!best) return [];
    const shares = hits.map(({ score }) => Math.exp((score / best.score - 1) / TEMPERATURE));
    const total = shares.reduce((sum, share) => sum + share, 0);
    const evidence = best.score / (best.score + HALF_SCORE);
    return hits.slice(0, limit).flatMap(({ id }, i) => {
      const leaf = byCode.get(id);
      return leaf ? [{ code: id, path: leaf.path, confidence: (evidence * (shares[i] as number)) / total }] : [];
    });
  }

  return {
    leaf(code) {
      const leaf = byCode.get(code);
      return leaf && { code, path: leaf.path };
    },
    rank,
  };
}
