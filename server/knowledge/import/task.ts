import type { DocumentFacts } from "../../../knowledge/import/document-facts.ts";
import type { FileFault } from "../../../knowledge/import/fault.ts";
import type { Mapping } from "../../../knowledge/import/fields.ts";
import type { Format } from "../../../knowledge/import/formats.ts";
import type { Defaults } from "../../../knowledge/import/proposal.ts";

/** What a thread is asked to do. */
export type Task =
  | {
      kind: "check";
      bytes: Uint8Array;
      name: string;
      /** As editors set it; guessed from the columns when absent. */
      mapping?: Mapping;
      defaults: Defaults;
      /** The database with the entries to compare with; none are compared when absent. */
      database?: string;
    }
  | { kind: "export"; database: string };

/** What was found in a file. */
export interface Summary {
  format: Format;
  kind: "table" | "document" | "lines";
  notes: string[];
  total: number;
  /** Of a table. */
  columns?: string[];
  mapping?: Mapping;
  /** The first rows as they stand in the file. */
  samples?: string[][];
  /** Of a document. */
  facts?: DocumentFacts;
}

export type FindingKind = "contradiction" | "duplicate" | "update" | "unchanged";

/** A CheckedRow as it is kept. */
export interface KeptRow {
  seq: number;
  hasFault: boolean;
  finding?: FindingKind;
  /** JSON. */
  body: string;
}

/** What a thread says, in this order; "unreadable" may come at any time, as the last. */
export type Said =
  | { kind: "summary"; summary: Summary }
  | { kind: "rows"; rows: KeptRow[] }
  | { kind: "bytes"; bytes: Uint8Array }
  | { kind: "unreadable"; fault: FileFault }
  | { kind: "end" };
