import type { Segmenter } from "../text/segment.ts";
import type { Entry } from "./entry.ts";
import type { EntryIndex } from "./entry-index.ts";
import type { RankedDocument } from "./ranking/read.ts";
import type { ReadEntry } from "./telling.ts";

/** What measuring a match needs to know of the language and of the base. */
export interface Measure {
  segmenter: Segmenter;
  /** From 0, a term that stands everywhere, to 1. */
  rarity: (term: string) => number;
  knows: (term: string) => boolean;
  /** In how many entries the term stands, and how many there are. */
  documentFrequency: (term: string) => number;
  size: () => number;
  read: (entry: Entry) => ReadEntry;
  /** What a word of a question stands for. */
  concepts: (word: string) => string[];
  readDocument: (entry: Entry) => RankedDocument;
}

/** For one question, or for an index that does not change: how rare a term is, which is asked of every way of asking, is looked up once. */
export function measureOf(index: EntryIndex, segmenter: Segmenter): Measure {
  const rarities = new Map<string, number>();
  return {
    segmenter,
    rarity(term) {
      const rarity = rarities.get(term) ?? index.rarity(term);
      rarities.set(term, rarity);
      return rarity;
    },
    knows: index.knows,
    documentFrequency: index.documentFrequency,
    size: index.size,
    read: index.read,
    concepts: index.concepts,
    readDocument: index.readDocument,
  };
}
