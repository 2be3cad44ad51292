import { type Call, search } from "../../call.ts";
import type { ImportLine, ImportSettings, ImportView, PreviewRow, RowFilter } from "./model.ts";

export interface ImportApi {
  list(signal?: AbortSignal): Promise<ImportLine[]>;
  upload(file: File): Promise<ImportView>;
  read(id: string, signal?: AbortSignal): Promise<ImportView>;
  rows(
    id: string,
    page: { only: RowFilter; offset: number; limit: number },
    signal?: AbortSignal,
  ): Promise<PreviewRow[]>;
  /** Reads the file again with other settings. */
  adjust(id: string, settings: ImportSettings): Promise<ImportView>;
  /** All rows without a fault but these. */
  start(id: string, except: number[]): Promise<ImportView>;
  cancel(id: string): Promise<ImportView>;
}

export function createImportApi(call: Call): ImportApi {
  const of = (id: string, rest = "") => `/knowledge/imports/${encodeURIComponent(id)}${rest}`;
  return {
    list: async (signal) =>
      (await call<{ imports: ImportLine[] }>("GET", "/knowledge/imports", undefined, signal)).imports,
    upload(file) {
      const form = new FormData();
      form.set("file", file);
      return call("POST", "/knowledge/imports", form);
    },
    read: (id, signal) => call("GET", of(id), undefined, signal),
    rows: async (id, page, signal) =>
      (await call<{ rows: PreviewRow[] }>("GET", of(id, `/rows${search(page)}`), undefined, signal)).rows,
    adjust: (id, settings) => call("PATCH", of(id), settings),
    start: (id, except) => call("POST", of(id, "/start"), { except }),
    cancel: (id) => call("POST", of(id, "/cancel"), {}),
  };
}

/** Where everything can be taken away as a file. */
export const exportAddress = (format: "xlsx" | "jsonl"): string => `/api/knowledge/export?format=${format}`;
