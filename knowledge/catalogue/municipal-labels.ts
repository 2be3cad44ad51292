import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const FILE = join(import.meta.dirname, "data", "municipal-labels.json");

/** The seven first-level labels of the open collection of letters to a city's government that triage is measured on (TipDM Cup 2020 C). */
export const MUNICIPAL_LABELS = [
  "城乡建设",
  "劳动和社会保障",
  "教育文体",
  "商贸旅游",
  "环境保护",
  "卫生计生",
  "交通运输",
] as const;
export type MunicipalLabel = (typeof MUNICIPAL_LABELS)[number];

const table = z.record(z.string().regex(/^(\d{2}){1,3}$/), z.enum(MUNICIPAL_LABELS));

/** The steps in which a code is shortened: 目, 项, 类. */
const LENGTHS = [6, 4, 2];

/**
 * Says which of the seven labels a leaf of the shipped catalogue belongs to; undefined for a code of no 类 that the table names. The table has the
 * 类, and the 项 and 目 that are filed differently there: lifts with the inspection of equipment, buses and the metro with the city.
 */
export function loadMunicipalLabels(file: string = FILE): (code: string) => MunicipalLabel | undefined {
  const labels = table.parse(JSON.parse(readFileSync(file, "utf8")));
  return (code) => LENGTHS.map((length) => labels[code.slice(0, length)]).find((label) => label !== undefined);
}
