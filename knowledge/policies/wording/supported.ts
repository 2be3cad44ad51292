import type { Segmenter } from "../../text/segment.ts";
import { sentences } from "../passages.ts";
import { type Clause, clausesOf, isBorne } from "./clause.ts";

/** What follows only under a condition may not be said without it. */
const CONDITION = /^(?:如|若|凡|对|经|在|除|符合|因|当|非|只)|(?:的|时|后|前|者|内|下|中)$/u;
/** What takes something back, or adds a condition, may not be left out. */
const EXCEPTION = /^(?:但|除|不过|然而|否则|其中|且|并|同时|仅|只)/u;
/** Nothing that looks like markup, an address or a control character. */
const STRANGE = /[\p{Cc}\p{Cf}<>{}[\]*#`|\\@]|:\/\//u;

/** What a sentence is held against. */
export interface Passage {
  text: string;
  /** The entry's own question and title. */
  heading: string;
  /** All that the entry says, of which the passage is a part: what stands there is no mere heading. */
  whole: string;
}

/**
 * Whether a sentence that a model wrote says nothing but what one sentence of the passage says: each of its clauses is borne by a clause there,
 * these stand one after the other, and neither a condition before nor an exception after them is left out. Strict on purpose: a right sentence
 * that is refused costs nothing, for the passage itself is the answer then.
 */
export function isSupported(said: string, passage: Passage, segmenter: Segmenter): boolean {
  if (STRANGE.test(said)) return false;
  const clauses = clausesOf(said, segmenter);
  if (clauses.length === 0) return false;
  const isHeading = (word: string) => passage.heading.includes(word) && !passage.whole.includes(word);
  const parts = sentences(passage.text, Number.POSITIVE_INFINITY)
    .map(({ start, end }) => clausesOf(passage.text.slice(start, end), segmenter))
    .filter((part) => part.length > 0);
  return parts.some((part, i) => standsIn(clauses, part, parts[i + 1]?.[0], isHeading));
}

function standsIn(
  said: readonly Clause[],
  part: readonly Clause[],
  next: Clause | undefined,
  isHeading: (word: string) => boolean,
): boolean {
  for (let from = 0; from + said.length <= part.length; from++) {
    const before = part[from - 1];
    const after = part[from + said.length] ?? next;
    if (before && CONDITION.test(before.letters)) continue;
    if (after && EXCEPTION.test(after.letters)) continue;
    if (said.every((clause, i) => isBorne(clause, part[from + i] as Clause, isHeading))) return true;
  }
  return false;
}
