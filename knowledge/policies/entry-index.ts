import { createTextIndex, type Hit, type SavedTextIndex, type WeightedTerms } from "../text/index.ts";
import { queryTerms } from "../text/query.ts";
import type { Segmenter } from "../text/segment.ts";
import { conceptsOf } from "../text/synonyms.ts";
import { type EntriesHeld, holdEntries } from "./entries-held.ts";
import type { Entry } from "./entry.ts";
import { wordsOf } from "./entry-words.ts";
import { createDocumentReader, type RankedDocument } from "./ranking/read.ts";
import { createKnownWords } from "./slips/known-words.ts";
import { createEntryReader, type ReadEntry } from "./telling.ts";

export interface Candidate {
  entry: Entry;
  score: number;
  /** What its best passage alone would score; 0 when none of the best passages is its own. */
  passage: number;
  /** How near in meaning, by its place among the nearest: from 1 for the first towards 0; absent where nothing is known of it. */
  near?: number;
}

/** Entries as the search sees them: one document each, and the passages of long texts beside them. */
export interface EntryIndex {
  put(entry: Entry): void;
  remove(id: string): void;
  get(id: string): Entry | undefined;
  /** Best first, only entries that `accept` lets through. */
  search(query: string, limit: number, accept: (entry: Entry) => boolean): Candidate[];
  /** How telling a term is in this base: 0 for one that stands everywhere, towards 1 the rarer it is; 1 also for a term that is nowhere. */
  rarity(term: string): number;
  knows(term: string): boolean;
  /** In how many entries the term stands. */
  documentFrequency(term: string): number;
  /** Words in which entries are asked, or were once, that sound like `written`. */
  soundingLike(written: string): readonly string[];
  /** The entry's telling words, read once. */
  read(entry: Entry): ReadEntry;
  /** What a word of a question stands for. */
  concepts(word: string): string[];
  /** The entry as a document among others, read once. */
  readDocument(entry: Entry): RankedDocument;
  size(): number;
  /** Up to `count` entries from all over the base, the same ones each time. */
  sample(count: number): Entry[];
}

/** How often words occur in a base. */
export type BaseCounts = Pick<EntryIndex, "documentFrequency" | "size">;

/** What the best passage adds to its document. On questions about policy documents .2 to .4 do equally well, 0 and 1 worse. */
const PASSAGE_SHARE = 0.3;
/** Entries that are not in force are filtered out afterwards, so more are fetched than asked for. */
const FETCH_MIN = 40;
const PASSAGES_PER_ENTRY = 6;

const passageId = (id: string, number: number) => `${id}\u0000${number}`;
const entryOf = (passage: string) => passage.slice(0, passage.indexOf("\u0000"));

interface Found {
  id: string;
  score: number;
  passage: number;
}

/** Documents with what their best passage adds to them. */
function bestFirst(hits: readonly Hit[], passages: ReadonlyMap<string, number>): Found[] {
  return hits
    .map(({ id, score }) => {
      const passage = passages.get(id) ?? 0;
      return { id, score: score + PASSAGE_SHARE * passage, passage };
    })
    .sort((a, b) => b.score - a.score);
}

/** How much a term counts for being rare, as the text index reckons it. */
const inverseFrequency = (documents: number, frequency: number): number =>
  Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5));

const WHOLE_FIELDS = {
  question: { weight: 1.5, lengthNorm: 0.5 },
  similar: { weight: 1, lengthNorm: 0.5 },
  title: { weight: 1.5, lengthNorm: 0.3 },
  text: { weight: 2, lengthNorm: 0.75 },
};
const PART_FIELDS = { text: { weight: 1, lengthNorm: 0.75 } };

/** Where an entry says what it is asked. */
const ASKING = ["question", "similar", "title"] as const;

/** Of whole entries and of passages. */
export const entryIndexFields = { whole: WHOLE_FIELDS, parts: PART_FIELDS };

/** An entry index as it is kept, without the entries themselves. */
export interface SavedEntryIndex {
  whole: SavedTextIndex;
  parts: SavedTextIndex;
  /** Entries with passages, and how many. */
  passages: [id: string, count: number][];
  /** The words in which entries are asked. */
  asking: string[];
}

/** An index that can be kept, and can be told of an entry before it has the time to read it. */
export interface LastingEntryIndex extends EntryIndex {
  save(): SavedEntryIndex;
  /** What is said of the entry from now on is this, although it is still found by the words of before; for one that is in the index. */
  replaceUnread(entry: Entry): void;
}

function* idsOf({ runs }: SavedTextIndex): Generator<string> {
  for (const { ids, arrays } of runs) for (const [slot, id] of ids.entries()) if (!arrays.gone[slot]) yield id;
}

/**
 * `like`: words count as much as they do in that base, so that the scores of both can be compared. `saved`: goes on from there; its entries are
 * looked up by `read` when they are needed. `concepts`: what a word of a question stands for, where not every shipped group of synonyms is in
 * use; entries are read with all of them.
 */
export function createEntryIndex(options: {
  segmenter: Segmenter;
  like?: BaseCounts;
  saved?: SavedEntryIndex;
  read?: (id: string) => Entry | undefined;
  concepts?: (word: string) => string[];
}): LastingEntryIndex {
  const { segmenter, like, saved, concepts = conceptsOf } = options;
  const entries: EntriesHeld = holdEntries(saved && idsOf(saved.whole), options.read);
  const passagesOf = new Map<string, number>(saved?.passages);
  const whole = createTextIndex({ fields: WHOLE_FIELDS, saved: saved?.whole });
  const parts = createTextIndex({ fields: PART_FIELDS, saved: saved?.parts });
  const asking = createKnownWords(saved?.asking);

  function remove(id: string): void {
    entries.remove(id);
    whole.remove(id);
    for (let i = 0; i < (passagesOf.get(id) ?? 0); i++) parts.remove(passageId(id, i));
    passagesOf.delete(id);
  }

  function put(entry: Entry): void {
    remove(entry.id);
    entries.put(entry);
    const words = wordsOf(entry, segmenter);
    whole.add(entry.id, words.whole);
    for (const field of ASKING) asking.add(words.whole[field]);
    for (const [i, text] of words.passages.entries()) parts.add(passageId(entry.id, i), { text });
    if (words.passages.length > 0) passagesOf.set(entry.id, words.passages.length);
  }

  function bestPassages(terms: WeightedTerms, limit: number): Map<string, number> {
    const best = new Map<string, number>();
    if (passagesOf.size === 0) return best;
    for (const { id, score } of parts.search(terms, limit * PASSAGES_PER_ENTRY)) {
      const entryId = entryOf(id);
      if (!best.has(entryId)) best.set(entryId, score);
    }
    return best;
  }

  function asElsewhere(terms: WeightedTerms): WeightedTerms {
    if (!like) return terms;
    const [here, there] = [whole.size(), like.size()];
    return new Map(
      [...terms].map(([term, weight]) => {
        const own = inverseFrequency(here, whole.documentFrequency(term));
        return [term, (weight * inverseFrequency(there, like.documentFrequency(term))) / own];
      }),
    );
  }

  function search(query: string, limit: number, accept: (entry: Entry) => boolean): Candidate[] {
    const terms = asElsewhere(queryTerms(query, segmenter, concepts));
    const fetch = Math.max(FETCH_MIN, limit * 2);
    const passages = bestPassages(terms, fetch);
    for (let width = fetch; ; width *= 8) {
      const hits = whole.search(terms, width);
      const accepted = firstAccepted(bestFirst(hits, passages), limit, accept);
      if (accepted.length >= limit || hits.length < width) return accepted;
    }
  }

  /** Entries are read one after the other, and no further than needed: most lie in the database. */
  function firstAccepted(found: readonly Found[], limit: number, accept: (entry: Entry) => boolean): Candidate[] {
    const accepted: Candidate[] = [];
    for (const { id, score, passage } of found) {
      if (accepted.length >= limit) break;
      const entry = entries.get(id);
      if (entry && accept(entry)) accepted.push({ entry, score, passage });
    }
    return accepted;
  }

  return {
    put,
    remove,
    search,
    get: entries.get,
    save: () => ({ whole: whole.save(), parts: parts.save(), passages: [...passagesOf], asking: asking.words() }),
    soundingLike: asking.soundingLike,
    replaceUnread(entry) {
      if (entries.has(entry.id)) entries.put(entry);
    },
    read: createEntryReader({ segmenter }),
    readDocument: createDocumentReader({ segmenter }),
    concepts,
    knows: (term) => whole.documentFrequency(term) > 0,
    documentFrequency: whole.documentFrequency,
    size: entries.size,
    sample(count) {
      const step = Math.max(1, Math.floor(entries.size() / Math.max(1, count)));
      const chosen = [...entries.ids()].filter((_, i) => i % step === 0).slice(0, count);
      return chosen.flatMap((id) => entries.get(id) ?? []);
    },
    rarity(term) {
      const documents = whole.size();
      const share = (documents - whole.documentFrequency(term) + 0.5) / (documents + 1);
      const spread = Math.log(1 + documents);
      return spread === 0 ? 1 : Math.min(1, Math.max(0, Math.log(1 / (1 - share)) / spread));
    },
  };
}
