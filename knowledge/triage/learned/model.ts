import type { Separators } from "./cross-validate.ts";
import type { ProfileName } from "./profile.ts";
import type { Parts } from "./tokens.ts";

/** What training leaves behind. Features are hashes of short n-grams: no message can be read out of it. */
export interface LearnedModel {
  labels: readonly string[];
  profile: ProfileName;
  /** How the scores of a message become probabilities. */
  sharpness: Record<Parts, number>;
  /** In ascending order. */
  features: Uint32Array;
  /** Of each feature, in 1/16. */
  rarities: Uint8Array;
  /** Judges messages; `parts`, when there is one, those that lack a part. */
  whole: WeightTable;
  parts?: WeightTable;
}

/** Weights in 8 bits: their roots, in `steps` of their label, so that small weights are kept as exactly as large ones. */
export interface WeightTable {
  bias: Float32Array;
  steps: Float32Array;
  /** Of each feature, one for each label. */
  roots: Int8Array;
}

/** What a model file may take, and how many bytes one feature takes in it. */
const MAX_MODEL_BYTES = 3_500_000;
const HEADER_ROOM = 50_000;
export const featureBytes = (labels: number, tables: number): number => 4 + 1 + labels * tables;

const LARGEST = 127;

/** The weight that `root` stands for. */
export const weightOf = (root: number, step: number): number => root * Math.abs(root) * step;

/** Rounds the weights to 8 bits; of more features than a model file holds, those that move no score much are left out. */
export function packModel(options: {
  labels: readonly string[];
  profile: ProfileName;
  sharpness: LearnedModel["sharpness"];
  features: Uint32Array;
  rarities: Float32Array;
  separators: Separators;
}): LearnedModel {
  const { labels, profile, sharpness, features, rarities, separators } = options;
  const { whole, parts } = separators;
  const all = [...whole, ...(parts ?? [])];
  const influence = rarities.map((rarity, column) => rarity * Math.max(...all.map((w) => Math.abs(w[column] ?? 0))));
  const room = Math.floor((MAX_MODEL_BYTES - HEADER_ROOM) / featureBytes(labels.length, parts ? 2 : 1));
  const kept = [...features.keys()]
    .filter((column) => (influence[column] as number) > 0)
    .sort((a, b) => (influence[b] as number) - (influence[a] as number) || a - b)
    .slice(0, room)
    .sort((a, b) => (features[a] as number) - (features[b] as number));
  return {
    labels,
    profile,
    sharpness,
    features: Uint32Array.from(kept, (column) => features[column] as number),
    rarities: Uint8Array.from(kept, (column) => (rarities[column] as number) * 16),
    whole: packTable(whole, kept),
    ...(parts && { parts: packTable(parts, kept) }),
  };
}

function packTable(separators: readonly Float32Array[], columns: readonly number[]): WeightTable {
  const steps = Float32Array.from(separators, (w) => largestOf(w, columns) / LARGEST ** 2 || 1);
  const roots = new Int8Array(columns.length * separators.length);
  for (const [row, column] of columns.entries()) {
    for (const [k, w] of separators.entries()) {
      const weight = w[column] as number;
      roots[row * separators.length + k] =
        Math.sign(weight) * Math.round(Math.sqrt(Math.abs(weight) / (steps[k] as number)));
    }
  }
  return { bias: Float32Array.from(separators, (w) => w.at(-1) as number), steps, roots };
}

const largestOf = (weights: Float32Array, columns: readonly number[]): number =>
  columns.reduce((largest, column) => Math.max(largest, Math.abs(weights[column] as number)), 0);
