import { setImmediate } from "node:timers/promises";
import type { Entry } from "../policies/entry.ts";
import { type Candidate, createEntryIndex, type EntryIndex } from "../policies/entry-index.ts";
import type { Segmenter } from "../text/segment.ts";

/** What would be otherwise: entries that come or take the place of others, and ids that go. */
export interface Changes {
  put: readonly Entry[];
  remove: readonly string[];
}

/** A base with some changes, which knows where they make no difference. */
export interface Overlay extends EntryIndex {
  /** What a search finds where it finds the same without the changes, to the score; undefined where it does not. Takes little more than a search. */
  unchanged(query: string, limit: number, accept: (entry: Entry) => boolean): Candidate[] | undefined;
  /** Whether a term stands in what has come and nowhere else. */
  isNews(term: string): boolean;
  /** Whether it has as many entries as without the changes. */
  isAsLarge(): boolean;
}

/** So many entries of the base lie in the small index too, so that texts count as long or short by the same measure. */
const BALLAST = 120;
/** Entries read before others get their turn. */
const CHUNK = 20;

/**
 * The base as it would be with some changes. The base is neither copied nor touched: what is new lies in a small index of its own,
 * whose words count as they do in the base. Building takes as long as the changes are many, in small pieces.
 */
export async function withChanges(base: EntryIndex, changes: Changes, segmenter: Segmenter): Promise<Overlay> {
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
  type Accept = (entry: Entry) => boolean;
  const came = (query: string, limit: number, accept: Accept) =>
    top.search(query, limit, (entry) => fresh.get(entry.id) === entry && accept(entry));
  const size = () => base.size() + [...fresh.keys()].filter((id) => !base.get(id)).length - changes.remove.length;
  return {
    put: refuse,
    remove: refuse,
    get: (id) => fresh.get(id) ?? (gone.has(id) ? undefined : base.get(id)),
    search(query, limit, accept) {
      const stayed = base.search(query, limit, (entry) => !gone.has(entry.id) && accept(entry));
      return [...stayed, ...came(query, limit, accept)].sort((a, b) => b.score - a.score).slice(0, limit);
    },
    rarity: base.rarity,
    knows: (term) => base.knows(term) || top.knows(term),
    documentFrequency: base.documentFrequency,
    soundingLike: (written) => [...new Set([...base.soundingLike(written), ...top.soundingLike(written)])],
    read: base.read,
    readDocument: base.readDocument,
    concepts: base.concepts,
    size,
    unchanged(query, limit, accept) {
      const found = base.search(query, limit, accept);
      if (found.some(({ entry }) => gone.has(entry.id))) return undefined;
      const [best] = came(query, 1, accept);
      // Of equal scores the one that was there before comes first.
      const isBeaten = best === undefined || (found.length === limit && best.score <= (found.at(-1)?.score ?? 0));
      return isBeaten ? found : undefined;
    },
    isNews: (term) => top.knows(term) && !base.knows(term),
    isAsLarge: () => size() === base.size(),
    sample: base.sample,
  };
}
