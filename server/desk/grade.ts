import type { RequestKind } from "../../bots/model/index.ts";
import type { CatalogueLeaf, ResponseGrade } from "./catalogue.ts";

const HOUR_MS = 3_600_000;

/**
 * 2 h and 24 h run on the clock; 7 d and 15 d are calendar days, so weekends and holidays count, and end at the hour
 * of dispatch. China keeps one time all year, so a calendar day always has 24 hours.
 */
const durationMs: Record<ResponseGrade, number> = {
  "2h": 2 * HOUR_MS,
  "24h": 24 * HOUR_MS,
  "7d": 7 * 24 * HOUR_MS,
  "15d": 15 * 24 * HOUR_MS,
};

/**
 * An emergency is always a two-hour ticket; without a leaf the usual seven days apply. What companies bring goes the fast way
 * (绿色通道): never slower than seven days.
 */
export function gradeOf(
  kind: RequestKind,
  leaf: CatalogueLeaf | undefined,
  from: { fromCompany: boolean } = { fromCompany: false },
): ResponseGrade {
  if (kind === "emergency") return "2h";
  const grade = leaf?.grade ?? "7d";
  return from.fromCompany && grade === "15d" ? "7d" : grade;
}

export function dueAt(grade: ResponseGrade, dispatchedAt: Date): Date {
  return new Date(dispatchedAt.getTime() + durationMs[grade]);
}
