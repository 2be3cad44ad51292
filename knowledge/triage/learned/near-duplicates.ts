import { hashOf, stir } from "./hash.ts";
import type { ReadMessage } from "./tokens.ts";

/** Two messages are the same one sent twice when they share this part of their shingles (Jaccard), or have the same title. */
const SAME = 0.5;
const SHINGLE = 4;
const BANDS = 16;
/** Of messages with the same key so many are compared with a new one; without a limit a common greeting would cost the square. */
const MAX_COMPARED = 8;

/**
 * Of each message, the number of its group; near-duplicates are in one group. Candidates are found by the least of
 * salted hashes (Broder 1997) in bands of two, then compared.
 */
export function groupNearDuplicates(messages: readonly ReadMessage[]): number[] {
  const parents = messages.map((_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parents[at] !== at) at = parents[at] as number;
    parents[i] = at;
    return at;
  };
  const shingles = messages.map(shinglesOf);
  const withKey = new Map<string, number[]>();
  for (const [i, message] of messages.entries()) {
    for (const key of keysOf(message, shingles[i] as Set<number>)) {
      const earlier = withKey.get(key) ?? [];
      for (const other of earlier.slice(0, MAX_COMPARED)) {
        const same = key.startsWith(TITLE) || overlap(shingles[i], shingles[other]) >= SAME;
        if (same) parents[root(i)] = root(other);
      }
      withKey.set(key, [...earlier.slice(0, MAX_COMPARED - 1), i]);
    }
  }
  return messages.map((_, i) => root(i));
}

function shinglesOf({ title, text }: ReadMessage): Set<number> {
  const letters = (part: string): string => part.replace(/[^\p{L}\p{N}]/gu, "");
  const content = letters(text).length >= 3 * SHINGLE ? letters(text) : letters(title);
  const shingles = new Set<number>();
  for (let i = 0; i + SHINGLE <= content.length; i++) shingles.add(hashOf(content.slice(i, i + SHINGLE)));
  return shingles;
}

const TITLE = "title ";

function keysOf({ title }: ReadMessage, shingles: ReadonlySet<number>): string[] {
  const least = new Uint32Array(2 * BANDS).fill(2 ** 32 - 1);
  for (const shingle of shingles) {
    for (let salt = 0; salt < least.length; salt++) {
      const value = stir(shingle, salt + 1);
      if (value < (least[salt] as number)) least[salt] = value;
    }
  }
  const bands = Array.from({ length: BANDS }, (_, band) => `${band} ${least[2 * band]} ${least[2 * band + 1]}`);
  return [...(title === "" ? [] : [TITLE + title]), ...(shingles.size === 0 ? [] : bands)];
}

function overlap(one: ReadonlySet<number> = new Set(), other: ReadonlySet<number> = new Set()): number {
  let common = 0;
  for (const shingle of one) if (other.has(shingle)) common += 1;
  return common / Math.max(1, one.size + other.size - common);
}
