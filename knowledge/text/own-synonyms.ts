import { normalize } from "./normalize.ts";
import { shippedGroups } from "./synonyms.ts";

/** Words that editors say ask for the same thing, beside those that are shipped. */
export type SynonymGroup = readonly string[];

/** What editors keep of synonyms. `off`: the first words of shipped groups that are not to be used. */
export interface OwnSynonyms {
  groups: readonly SynonymGroup[];
  off: readonly string[];
}

export const noSynonyms: OwnSynonyms = { groups: [], off: [] };

/** What is wrong with a list of groups. `at`: the group, from 0. */
export type SynonymFault =
  | { kind: "too-few"; at: number }
  | { kind: "length"; at: number; word: string }
  | { kind: "blank"; at: number; word: string }
  | { kind: "twice"; at: number; word: string }
  | { kind: "not-shipped"; word: string };

const SHORTEST = 2;
const LONGEST = 20;

const shippedBy: ReadonlyMap<string, SynonymGroup> = new Map(shippedGroups.map((group) => [group[0] ?? "", group]));

/** The first thing wrong; `undefined` for a sound list. A word may stand in one group only, and once in it. */
export function faultIn({ groups, off }: OwnSynonyms): SynonymFault | undefined {
  const unknown = off.find((word) => !shippedBy.has(word));
  return unknown === undefined ? faultAmong(groups) : { kind: "not-shipped", word: unknown };
}

function faultAmong(groups: readonly SynonymGroup[]): SynonymFault | undefined {
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
export function changedGroups(one: OwnSynonyms, other: OwnSynonyms): SynonymGroup[] {
  const [before, after] = [inForce(one), inForce(other)];
  const keyOf = (group: SynonymGroup) => group.map(normalize).toSorted().join("\n");
  const [old, now] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))];
  return [...before.filter((group) => !now.has(keyOf(group))), ...after.filter((group) => !old.has(keyOf(group)))];
}

/** The editors' groups, and the shipped ones that they have switched off: whether one is switched on or off changes as much. */
const inForce = ({ groups, off }: OwnSynonyms): SynonymGroup[] => [
  ...groups,
  ...off.flatMap((word) => {
    const shipped = shippedBy.get(word);
    return shipped ? [shipped] : [];
  }),
];
