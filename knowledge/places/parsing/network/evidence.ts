import type { Context } from "../context.ts";
import type { SegmentScores } from "../grammar.ts";
import { type Judge, PLACES, Place } from "./network.ts";

/** Adds to each segment `trust` times the mean of what the networks think of its characters' tags. */
export function addJudgements(
  segments: SegmentScores,
  context: Context,
  judges: readonly Judge[],
  trust: number,
): void {
  if (judges.length === 0) return;
  const sum = sumOf(judges.map((judge) => judge(context)));
  const weight = trust / judges.length;
  for (let start = 0; start < segments.length; start++) {
    for (let label = 0; label < segments.labels; label++) addAt(segments, start, label, sum, weight);
  }
}

/** To all segments of one label that begin at `start`. */
function addAt(segments: SegmentScores, start: number, label: number, sum: Float64Array, weight: number): void {
  const { length, longest, labels, scores } = segments;
  const tag = (at: number, place: number): number => sum[(at * labels + label) * PLACES + place] as number;
  const room = Math.min(longest, length - start);
  const first = tag(start, Place.first);
  let within = 0;
  for (let units = 1; units <= room; units++) {
    const last = start + units - 1;
    if (units > 2) within += tag(last - 1, Place.within);
    const row = (start * longest + units - 1) * labels + label;
    const judged = units === 1 ? tag(start, Place.alone) : first + within + tag(last, Place.last);
    scores[row] = (scores[row] as number) + weight * judged;
  }
}

/** Of all networks, value by value. */
function sumOf(judgements: readonly Float64Array[]): Float64Array {
  const [first, ...others] = judgements as [Float64Array, ...Float64Array[]];
  for (const other of others)
    other.forEach((value, at) => {
      first[at] = (first[at] as number) + value;
    });
  return first;
}
