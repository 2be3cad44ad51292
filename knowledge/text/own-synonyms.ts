import { normalize } from "./normalize.ts";

/** Words that editors say ask for the same thing, beside those that are shipped. */
export type SynonymGroup = readonly string[];

/** What is wrong with a list of groups. `at`: the group, from 0. */
export type SynonymFault =
  | { kind: "too-few"; at: number }
  | { kind: "length"; at: number; word: string }
  | { kind: "blank"; at: number; word: string }
  | { kind: "twice"; at: number; word: string };

const SHORTEST = 2;
const LONGEST = 20;

/** The first thing wrong; `undefined` for a sound list. A word may stand in one group only, and once in it. */
export function faultIn(groups: readonly SynonymGroup[]): SynonymFault | undefined {
  const seen = new Set<string>();
  for (const [at, group] of groups.entries()) {
    if (group.length < 2) return { kind: "too-few", at };
    for (const word of group) {
      const length = [...word].length;
      const plain = normalize(word);
      if (/[\s\p{Cc}\p{Default_Ignorable_Code_Point}]/u.test(word)) return { kind: "blank", at, word };
      if (length < SHORTEST || length > LONGEST || plain === "") return { kind: "length", at, word };
      if (seen.has(plain)) return { kind: "twice", at, word };
      seen.add(plain);
    }
  }
  return undefined;
}

/** More than this many ways of asking cost time and find nothing new. */
const MOST_WAYS = 6;

/** The question with each word of a group in the place of the one that stands there; none where no word of a group does. */
export function rewordings(question: string, groups: readonly SynonymGroup[]): string[] {
  if (groups.length === 0) return [];
  const text = normalize(question);
  const all = groups.flatMap((group) => {
    const words = group.map(normalize).toSorted((a, b) => b.length - a.length);
    const there = words.find((word) => text.includes(word));
    // A word that holds the other ("五险" in "五险一金") would be put into itself.
    const others = there === undefined ? [] : words.filter((word) => word !== there && !text.includes(word));
    return others.map((other) => text.replaceAll(there ?? "", other));
  });
  return all.slice(0, MOST_WAYS);
}

/** The groups that are in one list and not in the other. */
export function changedGroups(before: readonly SynonymGroup[], after: readonly SynonymGroup[]): SynonymGroup[] {
  const keyOf = (group: SynonymGroup) => group.map(normalize).toSorted().join("\n");
  const [old, now] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))];
  return [...before.filter((group) => !now.has(keyOf(group))), ...after.filter((group) => !old.has(keyOf(group)))];
}
