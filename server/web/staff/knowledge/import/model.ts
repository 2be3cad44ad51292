/** What `/api/knowledge/imports` gives. */
export type ImportState = "reading" | "ready" | "importing" | "done" | "failed" | "cancelled";

export interface ImportLine {
  id: string;
  fileName: string;
  by: string;
  state: ImportState;
  total: number;
  done: number;
  /** Why it failed. */
  message?: string;
  result?: { imported: number; leftOut: number };
  createdAt: string;
}

export interface ImportColumn {
  name: string;
  field: string | null;
  samples: string[];
}

export interface ImportView extends ImportLine {
  format?: string;
  kind?: "table" | "document" | "lines";
  notes: string[];
  columns?: ImportColumn[];
  defaults: Record<string, string>;
  document?: { title: string; issuer?: string; number?: string; date?: string };
  counts: {
    faults: number;
    chosen: number;
    contradiction: number;
    duplicate: number;
    update: number;
    unchanged: number;
  };
  fields: { field: string; name: string }[];
}

export interface Finding {
  kind: "contradiction" | "duplicate" | "update" | "unchanged";
  with: { in: "base" | "file"; id?: string; at?: number; name: string };
  differs?: { kind: string; ours: string; theirs: string }[];
}

export interface PreviewRow {
  seq: number;
  /** Where in the file. */
  place: string;
  chosen: boolean;
  content?: { id: string; question?: string; title?: string; text: string };
  faults: string[];
  warnings: string[];
  findings: Finding[];
}

export interface ImportSettings {
  mapping?: (string | null)[];
  defaults: Record<string, string>;
}

export type RowFilter = "all" | "faults" | "findings" | "contradictions";

/** The server is at it: there will be something newer in a moment. */
export const isUnderWay = ({ state }: ImportLine): boolean => state === "reading" || state === "importing";
