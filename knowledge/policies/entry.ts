/** What an entry rests on. */
export interface EntrySourceNote {
  title: string;
  issuer?: string;
  number?: string;
  article?: string;
  url?: string;
  /** The day somebody last compared the entry with its source, or wrote it (see `checkedBy`), YYYY-MM-DD. */
  checkedOn?: string;
  /** "text": the article was read when the entry was written. "memory": written from general knowledge, not yet compared with the text. */
  checkedBy?: "text" | "memory";
}

/** expired: its last day has passed. */
export type EntryStatus = "draft" | "published" | "withdrawn" | "expired";

/** A question by which an entry is tried before it is published: it is to be answered from this entry, or not at all. */
export interface TestQuestion {
  question: string;
  expect: "this" | "refuse";
}

/**
 * One thing the city can answer. With a `question` it is an answer written by editors and needs a `source`.
 * Without one it is a document, which speaks for itself: it is its own source.
 */
export interface Entry {
  id: string;
  question?: string;
  title?: string;
  text: string;
  /** Other ways of asking the question. */
  similar: string[];
  source?: EntrySourceNote;
  /** First and last day on which the entry may be used, in Beijing, both inclusive, YYYY-MM-DD. */
  validFrom?: string;
  validTo?: string;
  category?: string;
  region?: string;
  /** Whom it is for (GB/T 44191: 适用对象), such as 个人 or 企业. */
  audience?: string;
  /** The department that answers for it, and the day on which that department looks at it again, YYYY-MM-DD. */
  owner?: string;
  reviewOn?: string;
  tests?: TestQuestion[];
  status: EntryStatus;
  /** Counts the versions of the entry from 1; absent where entries have no history. */
  version?: number;
  /** Starter content that the operating city has not verified yet. */
  demonstration?: boolean;
}

/** Where entries come from. Changes are numbered in the order they were made; 0 comes before all of them. */
export interface EntrySource {
  /** Every entry whose last change comes after `change`, of any status, and the number of the newest change. */
  changedSince(change: number): Promise<EntryChanges>;
}

/** A source whose entries need not be held, because one can be looked up at any time, and which knows itself again. */
export interface LastingEntrySource extends EntrySource {
  /** The entry as it is now, of any status. */
  read(id: string): Entry | undefined;
  /** A mark by which the source knows later that it goes on from its state of now. */
  mark(): string;
  /** Whether everything that had happened when the mark was given is part of this source's past; false for one put back from an older copy. */
  goesOnFrom(mark: string): boolean;
}

export interface EntryChanges {
  entries: Entry[];
  change: number;
}
