import type { Entry } from "../policies/entry.ts";
import { headline } from "../policies/headline.ts";
import type { Embedder } from "./embedder.ts";
import type { VectorShelf } from "./shelf.ts";

/** In UTF-16 units. Servers cut or refuse long texts; what an entry is about stands at its beginning. */
const SENT_LENGTH = 1000;

/** What an entry's vector is made of. Not of its other ways of asking, which try it. */
export const wordsOf = (entry: Entry): string =>
  [entry.question ?? headline(entry), entry.title, entry.text]
    .filter((words) => words !== undefined)
    .join("\n")
    .slice(0, SENT_LENGTH)
    .toWellFormed();

const MOST_TRIED = 32;
const LEAST_TRIED = 8;
/** So many must find their own entry among the first tenth of the base, five at most. */
const PASSED = 0.7;
const MOST_PLACES = 5;
const QUERY_LENGTH = 80;
const LEAST_QUERY = 40;

/** Words by which an entry ought to be found: another way of asking, or a stretch from the second half of a document's beginning. */
function trialOf({ question, similar, text }: Entry): string | undefined {
  if (question) return similar[0];
  const from = Math.floor(Math.min(text.length, SENT_LENGTH) / 2);
  const words = text.slice(from, from + QUERY_LENGTH).toWellFormed();
  return words.length >= LEAST_QUERY ? words : undefined;
}

/**
 * Whether vectors of this embedder find what they should in this base. One that is noise, whatever it is called, does not pass, and is not
 * used; nor is any in a base too small to tell. Throws what the embedder throws.
 */
export async function passesProbation(options: {
  embedder: Embedder;
  shelf: VectorShelf;
  entries: readonly Entry[];
}): Promise<boolean> {
  const { embedder, shelf, entries } = options;
  const trials = entries
    .flatMap(({ id, ...entry }) => {
      const words = trialOf({ id, ...entry });
      return words === undefined ? [] : [{ id, words }];
    })
    .slice(0, MOST_TRIED);
  const places = Math.min(MOST_PLACES, Math.floor(shelf.size() / 10));
  if (trials.length < LEAST_TRIED || places === 0) return false;
  const vectors = await embedder.embed(trials.map(({ words }) => words));
  const found = trials.filter(({ id }, i) =>
    shelf.nearest(vectors[i] as Float32Array, places, () => true).some((near) => near.id === id),
  );
  return found.length >= PASSED * trials.length;
}
