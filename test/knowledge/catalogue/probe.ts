import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LabelledLeaves } from "../../../knowledge/catalogue/measure.ts";

/** `tune` may be learned from, `held-out` only ever measures, `late` was written after the ranking and the catalogue's words were done. */
type Part = "tune" | "held-out" | "late";

/** Our own sentences with the leaves that people would accept. */
export function readProbe(part: Part): LabelledLeaves[] {
  const lines = readFileSync(probeFile(part), "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as LabelledLeaves);
}

const probeFile = (part: Part): string => join(import.meta.dirname, "probe", `${part}.jsonl`);
