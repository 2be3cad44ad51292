import { setImmediate } from "node:timers/promises";
import type { Segmenter } from "../text/segment.ts";
import type { Entry, EntrySource, LastingEntrySource } from "./entry.ts";
import { createEntryIndex, type EntryIndex, type LastingEntryIndex } from "./entry-index.ts";
import type { IndexKeeper } from "./index-keeper.ts";

/** Entries to be indexed, and, where they last, where their index is kept between two starts. */
export type Followed =
  | { entries: EntrySource; keeper?: undefined }
  | { entries: LastingEntrySource; keeper: IndexKeeper };

/** An index that follows what changes in the source of its entries. */
export interface Follower {
  /** The index as it is now; another one after the first `note`. */
  index(): EntryIndex;
  /**
   * Takes note of what has changed; how many entries that was. From then on nothing is answered that is no longer published, and what is said of
   * an entry is what it says now. Few changes are also read at once; many are read bit by bit, while what was there before is found.
   */
  note(): Promise<number>;
  /** At the start when everything there is has been read; later at once. */
  usable(): Promise<void>;
  /** When everything that was noted is read. */
  caughtUp(): Promise<void>;
  /** Stops reading; when nothing is being written any more. */
  close(): Promise<void>;
}

/** Entries that are read before a question is answered; of more it would wait too long. */
const AT_ONCE = 64;
/** Reading goes on for so long before others get their turn. */
const SLICE_MS = 8;
/** Reading so many entries again at the next start takes a second; from there on the index is kept. */
const KEEP_FROM = 1000;

export function createFollower(
  options: Followed & { segmenter: Segmenter; concepts?: (word: string) => string[] },
): Follower {
  const { segmenter, concepts } = options;
  const backlog = new Map<string, Entry>();
  let index: LastingEntryIndex = createEntryIndex({ segmenter, concepts });
  let seen = 0;
  let notKept = 0;
  let isWhole = false;
  let isClosed = false;
  let begun: Promise<void> | undefined;
  let reading: Promise<void> | undefined;
  let keeping: Promise<void> | undefined;

  async function takeUpWhatWasKept(): Promise<void> {
    if (!options.keeper) return;
    const { keeper, entries } = options;
    const kept = await keeper.load(entries.goesOnFrom);
    if (!kept) return;
    index = createEntryIndex({ segmenter, concepts, saved: kept.index, read: entries.read });
    seen = kept.change;
  }

  /** Drafts too stay outside: their words would change what words count in the answers of today. */
  function noteEntry(entry: Entry): void {
    backlog.delete(entry.id);
    if (entry.status === "published") {
      backlog.set(entry.id, entry);
      index.replaceUnread(entry);
    } else index.remove(entry.id);
  }

  /** Whether the backlog is done with. */
  function readUntil(end: number): boolean {
    for (const [id, entry] of backlog) {
      backlog.delete(id);
      index.put(entry);
      if (performance.now() >= end) break;
    }
    return backlog.size === 0;
  }

  async function readAll(): Promise<void> {
    while (!readUntil(performance.now() + SLICE_MS)) {
      await setImmediate();
      if (isClosed) return;
    }
    isWhole = true;
    keep();
  }

  /** Who waits for it is told when it fails; what is left is read after the next change. */
  function startReading(): void {
    reading ??= readAll().finally(() => {
      reading = undefined;
    });
    reading.catch(() => undefined);
  }

  function keep(): void {
    if (!options.keeper || keeping || notKept < KEEP_FROM) return;
    const { keeper, entries } = options;
    notKept = 0;
    keeping = keeper.save({ change: seen, mark: entries.mark(), index: index.save() }).finally(() => {
      keeping = undefined;
    });
  }

  return {
    index: () => index,
    async note() {
      begun ??= takeUpWhatWasKept();
      await begun;
      const { entries, change } = await options.entries.changedSince(seen);
      for (const entry of entries) noteEntry(entry);
      seen = change;
      notKept += entries.length;
      if (!reading && backlog.size <= AT_ONCE) readUntil(Number.POSITIVE_INFINITY);
      if (backlog.size > 0) startReading();
      else isWhole = true;
      return entries.length;
    },
    usable: async () => (isWhole ? undefined : reading),
    caughtUp: async () => reading,
    async close() {
      isClosed = true;
      await reading;
      await keeping;
    },
  };
}
