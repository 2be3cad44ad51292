import { normalize } from "../text/normalize.ts";

/**
 * Finds the keywords of leaves that stand in a normalised text word for word: for each leaf, how many characters of keywords it has there. A keyword
 * that several leaves share counts less for each.
 */
export function createKeywordsIn(
  keywordsOfLeaves: readonly (readonly string[])[],
): (normalized: string) => Float64Array {
  const holders = new Map<string, number[]>();
  for (const [leaf, keywords] of keywordsOfLeaves.entries()) {
    for (const keyword of new Set(keywords.map(normalize)))
      holders.set(keyword, [...(holders.get(keyword) ?? []), leaf]);
  }
  const byFirst = Map.groupBy(holders, ([keyword]) => keyword.charAt(0));
  return (normalized) => {
    const found = new Float64Array(keywordsOfLeaves.length);
    const seen = new Set<string>();
    for (let at = 0; at < normalized.length; at++) {
      for (const [keyword, leaves] of byFirst.get(normalized.charAt(at)) ?? []) {
        if (seen.has(keyword) || !normalized.startsWith(keyword, at)) continue;
        seen.add(keyword);
        for (const leaf of leaves) found[leaf] = (found[leaf] as number) + keyword.length / Math.sqrt(leaves.length);
      }
    }
    return found;
  };
}
