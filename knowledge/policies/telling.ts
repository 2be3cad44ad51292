import { domainWords } from "../text/domain-words.ts";
import { isInformative } from "../text/informative.ts";
import { normalize } from "../text/normalize.ts";
import type { Segmenter } from "../text/segment.ts";
import { conceptsOf } from "../text/synonyms.ts";
import { pairsIn } from "../text/tokens.ts";
import { type Aspect, aspectsOf } from "./aspects.ts";
import type { Entry } from "./entry.ts";

/** A word that tells what a text is about, and by what else it may be recognised. */
export interface TellingWord {
  word: string;
  concepts: string[];
  pairs: string[];
  /** A name of the trade, such as 居住证: an entry that does not speak of it is about something else. */
  isName: boolean;
}

/** A text's telling words, and everything by which a word of another text may be found among them. */
export interface Telling {
  words: TellingWord[];
  terms: ReadonlySet<string>;
}

/** One way of asking, read. `letters`: letters and digits only. */
export interface ReadQuestion extends Telling {
  aspects: ReadonlySet<Aspect>;
  letters: string;
}

export interface ReadEntry {
  ways: ReadQuestion[];
  text: ReadonlySet<string>;
}

/** Figures are the same or they are not. */
const HAN_WORD = /^\p{Script=Han}{2,}$/u;

const names: ReadonlySet<string> = new Set(domainWords);

function tellingOf(text: string, segmenter: Segmenter, conceptsIn = conceptsOf): Telling {
  const found = new Set(segmenter.segment(text).filter(isInformative));
  const words = [...found].map((word) => ({
    word,
    concepts: conceptsIn(word),
    pairs: HAN_WORD.test(word) ? pairsIn(word) : [],
    isName: names.has(word),
  }));
  return { words, terms: new Set(words.flatMap(({ word, concepts, pairs }) => [word, ...concepts, ...pairs])) };
}

/** `concepts`: as queryTerms has it. */
export const readQuestion = (question: string, segmenter: Segmenter, concepts = conceptsOf): ReadQuestion => ({
  ...tellingOf(question, segmenter, concepts),
  aspects: aspectsOf(question),
  letters: normalize(question).replace(/[^\p{L}\p{N}]/gu, ""),
});

/** Reads an entry's questions and text once and remembers them as long as the entry is in use. */
export function createEntryReader({ segmenter }: { segmenter: Segmenter }): (entry: Entry) => ReadEntry {
  const known = new WeakMap<Entry, ReadEntry>();
  return (entry) => {
    const read = known.get(entry) ?? {
      ways: [entry.question ?? "", ...entry.similar].map((question) => readQuestion(question, segmenter)),
      text: tellingOf(entry.text, segmenter).terms,
    };
    known.set(entry, read);
    return read;
  };
}
