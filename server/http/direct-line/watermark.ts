import { badWatermark } from "./refusal.ts";

/** A watermark as a client gives it back; nothing, or "-" as in a fresh stream URL of the original service, is the beginning. */
export function readWatermark(value: unknown): string {
  if (value === undefined || value === null || value === "" || value === "-") return "0";
  if (typeof value !== "string" || !/^\d{1,15}$/.test(value)) throw badWatermark();
  return value;
}
