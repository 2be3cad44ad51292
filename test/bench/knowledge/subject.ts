export interface Found {
  id: number;
  score: number;
}

/** One search engine over the same words. `search` returns the best ten, best first. */
export interface Subject {
  addAll(documents: Iterable<{ id: number; words: string[] }>): void;
  /** Makes one document searchable. */
  addOne(id: number, words: string[]): void;
  search(words: string[]): Found[];
  /** Bytes outside of the process's memory. */
  fileBytes(): number;
  close(): void;
}
