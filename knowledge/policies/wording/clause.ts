import type { Segmenter } from "../../text/segment.ts";

/** A clause as it is compared: everything that could change what it says. */
export interface Clause {
  letters: string;
  /** Figures with the character that follows them (24个, 60%), in order. */
  figures: string[];
  /** Characters that turn or bound a statement, sorted: as many of each must stand on both sides. */
  markers: string;
  /** Its words without those that only join others, in order. */
  words: string[];
}

const FIGURE = /(?:\d+(?:[.,]\d+)*|[零〇一二两三四五六七八九十百千万亿半]+)[\p{Script=Han}a-z%‰]?/gu;
const MARKER =
  /[不没无未非勿免禁止否拒除仅只唯最必须应可能均全都各每任或且但并及和与同前后内外上下左右满超至起足约又再先方才]/gu;
const NO_LETTER = /[^\p{L}\p{N}%‰]/gu;
/** A sentence may have these more or less and still say the same. */
const JOINING: ReadonlySet<string> = new Set("的 了 是 为 由 向 到 于 以 等 也 就 会 即 将 您".split(" "));
const END = /[，,。.；;：:！!？?\n]+(?!\d)/u;

const plain = (text: string): string => text.normalize("NFKC").toLowerCase();

/** The clauses of a sentence, in order. A point or comma within a number is none of its ends. */
export const clausesOf = (sentence: string, segmenter: Segmenter): Clause[] =>
  plain(sentence)
    .split(END)
    .filter((clause) => clause.replace(NO_LETTER, "") !== "")
    .map((clause) => {
      const joined = clause.replace(/\s+/gu, "");
      return {
        letters: joined.replace(NO_LETTER, ""),
        figures: joined.match(FIGURE) ?? [],
        markers: (joined.match(MARKER) ?? []).sort().join(""),
        words: segmenter.segment(joined).filter((word) => /[\p{L}\p{N}]/u.test(word) && !JOINING.has(word)),
      };
    });

/**
 * Whether `said` says what `source` says: the same figures, negations and bounds, and the same words in the same order but for those that
 * only join: one word less can widen what a rule is about (本市户籍老年人, 老年人). `isHeading`: a word under which the passage stands and which it does not say itself.
 */
export function isBorne(said: Clause, source: Clause, isHeading: (word: string) => boolean): boolean {
  if (said.figures.join(" ") !== source.figures.join(" ") || said.markers !== source.markers) return false;
  let from = 0;
  for (const word of said.words.filter((each) => !isHeading(each))) {
    const at = source.letters.indexOf(word, from);
    if (at < 0) return false;
    from = at + word.length;
  }
  return source.words.every((word) => said.letters.includes(word));
}
