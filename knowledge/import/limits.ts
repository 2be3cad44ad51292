/** How much of a file is read at most, so that no file can use up the machine. Sizes are counted while inflating, never believed. */
export interface ReadLimits {
  /** Of the file as it comes, in bytes. */
  fileBytes: number;
  /** Of an office file: its parts, one part and all parts inflated, and how many times larger than packed they may get. */
  zipEntries: number;
  zipEntryBytes: number;
  zipBytes: number;
  zipRatio: number;
  rows: number;
  columns: number;
  /** UTF-16 units in one cell, or in one paragraph. */
  cellLength: number;
  pages: number;
}

const MB = 1024 * 1024;

export const readLimits: ReadLimits = {
  fileBytes: 50 * MB,
  zipEntries: 5_000,
  zipEntryBytes: 200 * MB,
  zipBytes: 300 * MB,
  zipRatio: 200,
  rows: 50_000,
  columns: 200,
  cellLength: 1_000_000,
  pages: 2_000,
};
