import type { Source } from "../../bots/model/index.ts";
import type { Entry } from "./entry.ts";
import { headline } from "./headline.ts";
import { scopeNote } from "./scope/label.ts";

/**
 * The entry as a source with `quote` as its passage. `undefined` for an editors' answer that names no source: it must never be given.
 * A document is its own source.
 */
export function sourceOf(entry: Entry, quote: string): Source | undefined {
  const note = entry.source ?? (entry.question ? undefined : { title: headline(entry) });
  if (!note) return undefined;
  return {
    entryId: entry.id,
    question: entry.question ?? headline(entry),
    quote,
    ...note,
    ...scopeNote(entry),
    ...(entry.version === undefined ? {} : { version: entry.version }),
    ...(entry.demonstration ? { demonstration: true } : {}),
  };
}

export const hasSource = (entry: Entry): boolean => entry.source !== undefined || entry.question === undefined;
