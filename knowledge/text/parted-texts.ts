import type { Segmenter } from "./segment.ts";

/** A letter with its title, or a paper or reply without one. */
export interface TitledText {
  title?: string | undefined;
  text: string;
}

/** The words of a text in two parts that belong together. */
export interface PartedWords {
  head: string[];
  rest: string[];
}

/** In UTF-16 units: what heads a text without a title. */
const HEAD = 60;
/** In words: how long the lines are that are taken out of a text, how far apart, and how much around them is their rest. */
const LINE = 30;
const APART = 240;
const AROUND = 300;
/** A long paper shall not outweigh all others. */
const MOST_LINES = 10;

/**
 * What a question to a text might be made of: its title or head with the rest, and of a long text without a title also lines taken out of it
 * with what stands around them (the inverse cloze task of Lee, Chang, Toutanova 2019).
 */
export function partsOf({ title, text }: TitledText, segmenter: Segmenter): PartedWords[] {
  const head = title ?? text.slice(0, HEAD);
  const rest = title === undefined ? text.slice(HEAD) : text;
  const words = segmenter.segment(rest);
  const lines = title === undefined ? Math.min(MOST_LINES, Math.floor(words.length / APART)) : 0;
  const takenOut = Array.from({ length: lines }, (_, i): PartedWords => {
    const from = i * APART;
    const to = from + LINE;
    return {
      head: words.slice(from, to),
      rest: [...words.slice(Math.max(0, from - AROUND), from), ...words.slice(to, to + AROUND)],
    };
  });
  return [{ head: segmenter.segment(head), rest: words }, ...takenOut];
}
