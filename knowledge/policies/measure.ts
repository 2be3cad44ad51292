import type { Segmenter } from "../text/segment.ts";
import type { Entry } from "./entry.ts";
import type { ReadEntry } from "./telling.ts";

/** What measuring a match needs to know of the language and of the base. */
export interface Measure {
  segmenter: Segmenter;
  /** From 0, a term that stands everywhere, to 1. */
  rarity: (term: string) => number;
  knows: (term: string) => boolean;
  read: (entry: Entry) => ReadEntry;
}
