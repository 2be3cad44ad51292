import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Landmark, landmark } from "./landmarks.ts";

const DATA_DIR = join(import.meta.dirname, "data");

const division = z.object({
  /** 6, 9 or 12 digits: GB/T 2260 and the statistical codes below it. */
  code: z.string().regex(/^\d{6}(\d{3}){0,2}$/),
  name: z.string().min(1),
  level: z.enum(["district", "subdistrict", "community"]),
  parent: z.string().optional(),
  /** What people say for short: 望京 for 望京街道. */
  short: z.array(z.string().min(1)).default([]),
});

export type DivisionRecord = z.output<typeof division>;

function readLines<T>(file: string, schema: z.ZodType<T>): T[] {
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.flatMap((line, i) => {
    if (line.trim() === "") return [];
    const result = schema.safeParse(JSON.parse(line));
    if (!result.success) throw new Error(`${file} line ${i + 1}: ${z.prettifyError(result.error)}`);
    return [result.data];
  });
}

/** Districts, subdistricts and communities of the city and its landmarks, as shipped or from another folder of the same form. */
export function loadDivisions(dir: string = DATA_DIR): { divisions: DivisionRecord[]; landmarks: Landmark[] } {
  return {
    divisions: readLines(join(dir, "beijing.jsonl"), division),
    landmarks: readLines(join(dir, "landmarks.jsonl"), landmark),
  };
}
