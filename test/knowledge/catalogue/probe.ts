import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LabelledLeaves } from "../../../knowledge/catalogue/measure.ts";

/** Our own sentences with the leaves that people would accept; `tune` may be learned from, `held-out` only ever measures. */
export function readProbe(part: "tune" | "held-out"): LabelledLeaves[] {
  const lines = readFileSync(probeFile(part), "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as LabelledLeaves);
}

export const probeFile = (part: "tune" | "held-out"): string => join(import.meta.dirname, "probe", `${part}.jsonl`);
