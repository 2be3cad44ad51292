import { readFileSync } from "node:fs";
import { join } from "node:path";

const FILE = join(import.meta.dirname, "data", "everyday-words.txt");
/** Marks a group, so that it is counted apart from the words in it. */
const MARK = "\u0003";

/** Names the groups that a normalised text speaks of, each once, as terms of an index. Everywhere the longest word counts. */
export type EverydayConcepts = (normalized: string) => string[];

/**
 * What people call the things they complain of: one group a line, named by its first word. Unlike the synonyms of the text index these need not
 * stand for each other in a question; a mastiff and a poodle are one to whoever files a complaint of a dog.
 */
export function loadEverydayWords(file: string = FILE): EverydayConcepts {
  return everydayWords(readFileSync(file, "utf8").trim().split("\n"));
}

function everydayWords(groups: readonly string[]): EverydayConcepts {
  const conceptsOf = new Map<string, string[]>();
  for (const group of groups) {
    const words = group.trim().split(/\s+/);
    for (const word of words) conceptsOf.set(word, [...(conceptsOf.get(word) ?? []), `${MARK}${words[0]}`]);
  }
  const byFirst = Map.groupBy(
    [...conceptsOf].sort(([a], [b]) => b.length - a.length),
    ([word]) => word.charAt(0),
  );
  return (normalized) => {
    const found = new Set<string>();
    for (let at = 0; at < normalized.length; ) {
      const hit = byFirst.get(normalized.charAt(at))?.find(([word]) => normalized.startsWith(word, at));
      for (const concept of hit?.[1] ?? []) found.add(concept);
      at += hit?.[0].length ?? 1;
    }
    return [...found];
  };
}
