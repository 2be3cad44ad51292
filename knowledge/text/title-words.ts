import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Segmenter } from "./segment.ts";
import { characterPairs } from "./tokens.ts";

/**
 * How telling a word or pair of characters is by how often citizens put it over their letters: 1 for one that is seldom there, towards 0 for
 * those that head letters of every kind (咨询, 问题, 请求). Learned from titles of public letters (docs/model-cards/ranking.md).
 */
export type TitleWords = (term: string) => number;

/** Terms that stand in fewer titles are all the same. */
const LEAST_TITLES = 15;
const FILE = join(import.meta.dirname, "data/title-words.txt");

/** The file: the number of titles, then lines `term count`, the most frequent first. Pairs bear their mark. */
export function learnTitleWords(titles: readonly string[], segmenter: Segmenter): string {
  const counts = new Map<string, number>();
  for (const title of titles) {
    for (const term of new Set([...segmenter.segment(title), ...characterPairs(title)])) {
      counts.set(term, (counts.get(term) ?? 0) + 1);
    }
  }
  const frequent = [...counts].filter(([, count]) => count >= LEAST_TITLES);
  frequent.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return [String(titles.length), ...frequent.map(([term, count]) => `${term} ${count}`), ""].join("\n");
}

export function readTitleWords(file: string): TitleWords {
  const [titles = "0", ...lines] = file.trimEnd().split("\n");
  const all = Math.log(Number(titles) + 1);
  const known = new Map(
    lines.map((line) => {
      const [term = "", count = "0"] = line.split(" ");
      return [term, (all - Math.log(Number(count) + 1)) / all] as const;
    }),
  );
  return (term) => known.get(term) ?? 1;
}

let shipped: TitleWords | undefined;

/** The shipped counts, read once a process. */
export function loadTitleWords(): TitleWords {
  shipped ??= readTitleWords(readFileSync(FILE, "utf8"));
  return shipped;
}
