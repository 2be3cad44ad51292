import { hashOf } from "./hash.ts";
import type { Family } from "./profile.ts";
import type { ReadMessage } from "./tokens.ts";

/** Feature (a hash of family and token) → how often it occurs, for each family in order. */
export type FamilyCounts = ReadonlyMap<number, number>[];

export function countFeatures(message: ReadMessage, families: readonly Family[]): FamilyCounts {
  return families.map(({ name, tokens }) => {
    const counts = new Map<number, number>();
    for (const token of tokens(message)) {
      const feature = hashOf(`${name} ${token}`);
      counts.set(feature, (counts.get(feature) ?? 0) + 1);
    }
    return counts;
  });
}

/** The further occurrences of a feature count less and less. */
export const dampen = (count: number): number => 1 + Math.log(count);

/**
 * How much a feature that stands in `frequency` of `messages` counts, in 1/16 as the model file keeps it; at least 1.
 * Rare features count more.
 */
export const rarity = (frequency: number, messages: number): number =>
  Math.min(255, Math.round(16 * (1 + Math.log((1 + messages) / (1 + frequency))))) / 16;

/**
 * Scales `values` in place: each family to its weight, then all together to length 1. `starts` has where each family begins, and the end.
 * Features that no family knows are simply absent.
 */
export function scale(values: Float32Array | number[], starts: ArrayLike<number>, families: readonly Family[]): void {
  let all = 0;
  for (const [family, { weight }] of families.entries()) {
    const length = lengthOf(values, starts[family] as number, starts[family + 1] as number);
    if (length === 0) continue;
    all += weight ** 2;
    multiply(values, starts[family] as number, starts[family + 1] as number, weight / length);
  }
  if (all > 0) multiply(values, starts[0] as number, starts[families.length] as number, 1 / Math.sqrt(all));
}

function lengthOf(values: ArrayLike<number>, start: number, end: number): number {
  let squares = 0;
  for (let i = start; i < end; i++) squares += (values[i] as number) ** 2;
  return Math.sqrt(squares);
}

function multiply(values: Float32Array | number[], start: number, end: number, by: number): void {
  for (let i = start; i < end; i++) values[i] = (values[i] as number) * by;
}
