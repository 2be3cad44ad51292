import type { Segmenter } from "../text/segment.ts";
import { indexTokens } from "../text/tokens.ts";
import type { Entry } from "./entry.ts";
import { headline } from "./headline.ts";
import { join, sentences } from "./passages.ts";

/** What of an entry goes into the index: the tokens of its fields, and those of each passage of a long text. */
export interface EntryWords {
  whole: Record<"question" | "similar" | "title" | "text", string[]>;
  passages: string[][];
}

/** In UTF-16 units; a text longer than this is also searched by its parts. */
const PASSAGE_LENGTH = 400;

/** What an entry stands under: its own title, where editors filed it, and what it rests on. */
const titles = (entry: Entry): string[] => {
  const own = entry.question ? entry.title : headline(entry);
  return [own, entry.category, entry.source?.title].filter((title) => title !== undefined);
};

function passagesOf({ text, question }: Entry): string[] {
  if (text.length <= PASSAGE_LENGTH && question) return [];
  const spans = join(sentences(text, PASSAGE_LENGTH), PASSAGE_LENGTH);
  return spans.map(({ start, end }) => text.slice(start, end));
}

export function wordsOf(entry: Entry, segmenter: Segmenter): EntryWords {
  const tokens = (text: string | undefined) => (text ? indexTokens(text, segmenter) : []);
  return {
    whole: {
      question: tokens(entry.question),
      similar: entry.similar.flatMap(tokens),
      title: titles(entry).flatMap(tokens),
      text: tokens(entry.text),
    },
    passages: passagesOf(entry).map(tokens),
  };
}
