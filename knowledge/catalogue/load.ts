import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const DATA_DIR = join(import.meta.dirname, "data");

const responsible = z.discriminatedUnion("type", [
  z.object({ type: z.literal("subdistrict") }),
  z.object({ type: z.literal("district-department"), of: z.string() }),
  z.object({ type: z.literal("municipal-department"), id: z.string() }),
  z.object({ type: z.literal("company"), id: z.string() }),
  z.object({ type: z.literal("platform") }),
]);

const filled = z.string().min(1);

const leaf = z
  .object({
    /** Six digits, two for each level 类/项/目. */
    code: z.string().regex(/^\d{6}$/),
    path: z.tuple([filled, filled, filled]),
    /** Who is responsible. */
    unit: responsible,
    /** Who is responsible beside the first, in double dispatch (双派) only. */
    second: responsible.optional(),
    dispatch: z.enum(["single", "double"]),
    /** 四级响应: how soon the matter is due, counted from dispatch. */
    grade: z.enum(["2h", "24h", "7d", "15d"]),
    law: filled.optional(),
    keywords: z.array(filled),
    examples: z.array(filled),
  })
  .refine(
    (one) => (one.dispatch === "double") === (one.second !== undefined),
    "double dispatch needs a second unit, single has none",
  );

const unit = z.object({
  id: filled,
  name: filled,
  shortName: filled.optional(),
  type: z.enum(["municipal-department", "company", "center"]),
  trades: z.array(filled).default([]),
  hotline: filled.optional(),
  /** Works round the clock. */
  alwaysOn: z.boolean().optional(),
});

/** A kind of district department; the unit of a district is `${division code}-${kind}`, its name the district's name and this one. */
const districtDepartment = z.object({ kind: filled, name: filled, shortName: filled.optional() });

export type Leaf = z.output<typeof leaf>;
export type Responsible = z.output<typeof responsible>;
export type Unit = z.output<typeof unit>;
export type DistrictDepartment = z.output<typeof districtDepartment>;

/** The 派单目录 with the units it sends to. */
export interface CatalogueData {
  leaves: Leaf[];
  units: Unit[];
  districtDepartments: DistrictDepartment[];
  /** Changes whenever the data do; tickets keep the version they were dispatched by. */
  version: string;
}

const VERSION_LENGTH = 12;

/** Reads the catalogue as shipped, or from another folder of the same form. Throws with file and line when a line does not fit. */
export function loadCatalogue(dir: string = DATA_DIR): CatalogueData {
  const hash = createHash("sha256");
  const read = <T>(name: string, schema: z.ZodType<T>): T[] => {
    const content = readFileSync(join(dir, name), "utf8");
    hash.update(content);
    return content
      .split("\n")
      .flatMap((line, i) => (line.trim() === "" ? [] : [readLine(line, schema, `${name} line ${i + 1}`)]));
  };
  return {
    leaves: read("leaves.jsonl", leaf),
    units: read("units.jsonl", unit),
    districtDepartments: read("district-departments.jsonl", districtDepartment),
    version: hash.digest("hex").slice(0, VERSION_LENGTH),
  };
}

function readLine<T>(line: string, schema: z.ZodType<T>, where: string): T {
  const result = schema.safeParse(JSON.parse(line));
  if (!result.success) throw new Error(`${where}: ${z.prettifyError(result.error)}`);
  return result.data;
}
