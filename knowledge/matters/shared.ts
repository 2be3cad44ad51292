import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const FILE = join(import.meta.dirname, "data/shared.jsonl");

/** A 项 (four digits) or a 目 (six digits) of the catalogue; what is said of a 目 outranks what is said of its 项. */
const row = z.object({ code: z.string().regex(/^\d{4}(\d{2})?$/), name: z.string().min(1), shared: z.boolean() });

export type SharedRow = z.output<typeof row>;

/** Which matters concern whoever lives there. Throws with the line when one does not fit. */
export function loadSharedRows(file: string = FILE): SharedRow[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line, i) => {
      if (line.trim() === "") return [];
      const result = row.safeParse(JSON.parse(line));
      if (!result.success) throw new Error(`${file} line ${i + 1}: ${z.prettifyError(result.error)}`);
      return [result.data];
    });
}

/** What no row names is a matter of one person: wages, contracts, bills, medical treatment, permits. */
export function sharedTest(rows: readonly SharedRow[]): (category: string) => boolean {
  const flags = new Map(rows.map(({ code, shared }) => [code, shared]));
  return (category) => flags.get(category) ?? flags.get(category.slice(0, 4)) ?? false;
}
