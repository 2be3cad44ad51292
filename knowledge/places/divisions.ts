import { existsSync, readFileSync } from "node:fs";
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

/** A district's border: rings of longitude and latitude in turn, in ten-thousandths of a degree of WGS 84. */
const outline = z.object({
  code: z.string().regex(/^\d{6}$/),
  rings: z.array(z.array(z.int()).min(8)).min(1),
});

export type DivisionRecord = z.output<typeof division>;

function readLines<T>(file: string, schema: z.ZodType<T>, isWanted: (line: string) => boolean = () => true): T[] {
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.flatMap((line, i) => {
    if (line.trim() === "" || !isWanted(line)) return [];
    const result = schema.safeParse(JSON.parse(line));
    if (!result.success) throw new Error(`${file} line ${i + 1}: ${z.prettifyError(result.error)}`);
    return [result.data];
  });
}

export type Outline = z.output<typeof outline>;

/** What is known of the places of a city. */
export interface PlacesData {
  divisions: DivisionRecord[];
  landmarks: Landmark[];
  /** Borders of its districts; without them a shared point is kept as it is. */
  outlines: Outline[];
}

/** Districts, subdistricts and communities of the city, its landmarks and outlines, as shipped or from another folder of the same form. */
export function loadDivisions(dir: string = DATA_DIR): PlacesData {
  return {
    divisions: readLines(join(dir, "beijing.jsonl"), division),
    landmarks: readLines(join(dir, "landmarks.jsonl"), landmark),
    outlines: readLines(join(dir, "outlines.jsonl"), outline),
  };
}

const COMMUNITY = /"level":\s*"community"/;

/** Districts and subdistricts alone, as shipped: one line in twenty, read in a tenth of the time. */
export const loadTerritories = (dir: string = DATA_DIR): DivisionRecord[] =>
  readLines(join(dir, "beijing.jsonl"), division, (line) => !COMMUNITY.test(line));

/** Name of the file with a city's own landmarks in its data directory. */
export const OWN_LANDMARKS = "landmarks.jsonl";

/** The landmarks that a city added itself; none when it has no such file. Throws at the first faulty line. */
export function loadOwnLandmarks(dataDir: string): Landmark[] {
  const file = join(dataDir, OWN_LANDMARKS);
  return existsSync(file) ? readLines(file, landmark) : [];
}
