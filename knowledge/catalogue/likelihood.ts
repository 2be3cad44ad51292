import type { WeightedTerms } from "../text/index.ts";

/** How many words of the language at large are mixed into a group's own words; the fewer a group has, the more they tell. */
const MIXED_IN = 30;

/**
 * Log-likelihood of a text in the words of each group against the language at large, as in a language model with Dirichlet smoothing
 * (Zhai, Lafferty 2004). `groups[i]` has the words of group i and how often each stands there; the result has the same order.
 */
export function createLikelihood(
  groups: readonly ReadonlyMap<string, number>[],
): (terms: WeightedTerms) => Float64Array {
  const totals = groups.map((words) => sum(words.values()));
  const overall = new Map<string, number>();
  for (const words of groups) for (const [word, count] of words) overall.set(word, (overall.get(word) ?? 0) + count);
  const all = sum(totals);
  /** By word: groups that have it and what it gains each, in turn. */
  const gains = new Map<string, number[]>();
  for (const [group, words] of groups.entries()) {
    for (const [word, count] of words) {
      const gain = Math.log(1 + (count * all) / (MIXED_IN * (overall.get(word) as number)));
      const known = gains.get(word);
      if (known) known.push(group, gain);
      else gains.set(word, [group, gain]);
    }
  }
  const losses = totals.map((total) => Math.log(MIXED_IN / (total + MIXED_IN)));
  return (terms) => {
    const fits = new Float64Array(groups.length);
    let known = 0;
    for (const [term, weight] of terms) {
      const found = gains.get(term);
      if (!found) continue;
      known += weight;
      for (let i = 0; i < found.length; i += 2) {
        const group = found[i] as number;
        fits[group] = (fits[group] as number) + weight * (found[i + 1] as number);
      }
    }
    for (let group = 0; group < fits.length; group++) {
      fits[group] = (fits[group] as number) + known * (losses[group] as number);
    }
    return fits;
  };
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const one of numbers) total += one;
  return total;
}
