import { setImmediate } from "node:timers/promises";
import type { Entry } from "../policies/entry.ts";
import { createEntryIndex, type EntryIndex } from "../policies/entry-index.ts";
import type { Segmenter } from "../text/segment.ts";

/** What would be otherwise: entries that come or take the place of others, and ids that go. */
export interface Changes {
  put: readonly Entry[];
  remove: readonly string[];
}

/** So many entries of the base lie in the small index too, so that texts count as long or short by the same measure. */
const BALLAST = 120;
/** Entries read before others get their turn. */
const CHUNK = 20;

/**
 * The base as it would be with some changes. The base is neither copied nor touched: what is new lies in a small index of its own,
 * whose words count as they do in the base. Building takes as long as the changes are many, in small pieces.
 */
export async function withChanges(base: EntryIndex, changes: Changes, segmenter: Segmenter): Promise<EntryIndex> {
  const top = createEntryIndex({ segmenter, like: base, concepts: base.concepts });
  const fresh = new Map(changes.put.map((entry) => [entry.id, entry]));
  const gone = new Set([...changes.remove, ...fresh.keys()]);
  const ballast = base.sample(BALLAST).filter(({ id }) => !gone.has(id));
  for (const [i, entry] of [...ballast, ...fresh.values()].entries()) {
    top.put(entry);
    if (i % CHUNK === CHUNK - 1) await setImmediate();
  }
  const refuse = () => {
    throw new Error("an overlay is not written to");
  };
  return {
    put: refuse,
    remove: refuse,
    get: (id) => fresh.get(id) ?? (gone.has(id) ? undefined : base.get(id)),
    search(query, limit, accept) {
      const stayed = base.search(query, limit, (entry) => !gone.has(entry.id) && accept(entry));
      const came = top.search(query, limit, (entry) => fresh.get(entry.id) === entry && accept(entry));
      return [...stayed, ...came].sort((a, b) => b.score - a.score).slice(0, limit);
    },
    rarity: base.rarity,
    knows: (term) => base.knows(term) || top.knows(term),
    documentFrequency: base.documentFrequency,
    read: base.read,
    readDocument: base.readDocument,
    concepts: base.concepts,
    size: () => base.size() + [...fresh.keys()].filter((id) => !base.get(id)).length - changes.remove.length,
    sample: base.sample,
  };
}
