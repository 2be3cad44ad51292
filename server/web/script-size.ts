import { gzipSync } from "node:zlib";

export interface PageSize {
  name: string;
  gzipBytes: number;
  budgetBytes?: number;
}

/** The part of a bundler's output that is looked at. */
type Output =
  | { type: "asset" }
  | { type: "chunk"; fileName: string; code: string; isEntry: boolean; imports: string[] };

/** What a browser fetches before the page can work: the entry and everything it imports statically, each compressed by gzip. */
export function firstLoadBytes(output: readonly Output[]): number {
  const chunks = new Map(output.flatMap((part) => (part.type === "chunk" ? [[part.fileName, part] as const] : [])));
  const wanted = new Set<string>();
  const visit = (fileName: string) => {
    if (wanted.has(fileName)) return;
    wanted.add(fileName);
    for (const imported of chunks.get(fileName)?.imports ?? []) visit(imported);
  };
  for (const chunk of chunks.values()) if (chunk.isEntry) visit(chunk.fileName);
  return [...wanted].reduce((sum, fileName) => sum + gzipSync(chunks.get(fileName)?.code ?? "").length, 0);
}

/** One sentence for each page that is too large. */
export function overBudget(sizes: readonly PageSize[]): string[] {
  return sizes.flatMap(({ name, gzipBytes, budgetBytes }) =>
    budgetBytes !== undefined && gzipBytes > budgetBytes
      ? [
          `page ${name}: first load is ${gzipBytes} bytes of script (gzip), the limit is ${budgetBytes}; load less, or later`,
        ]
      : [],
  );
}
