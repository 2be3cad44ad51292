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
  bias: Float32Array;
  /** Of each feature, one number for each label: the root of its weight, in `steps` of that label. */
  roots: Int8Array;
  steps: Float32Array;
}

/** What a model file may take, and how many bytes one feature takes in it. */
const MAX_MODEL_BYTES = 3_500_000;
const HEADER_ROOM = 50_000;
export const featureBytes = (labels: number): number => 4 + 1 + labels;

const LARGEST = 127;

/** The weight that `root` stands for. Roots keep small weights as exactly as large ones. */
export const weightOf = (root: number, step: number): number => root * Math.abs(root) * step;

/** Rounds the weights to 8 bits; of more features than a model file holds, those that move no score much are left out. */
export function packModel(options: {
  labels: readonly string[];
  profile: ProfileName;
  sharpness: LearnedModel["sharpness"];
  features: Uint32Array;
  rarities: Float32Array;
  /** Of each label, a weight a feature, then the bias. */
  separators: readonly Float32Array[];
}): LearnedModel {
  const { labels, profile, sharpness, features, rarities, separators } = options;
  const influence = rarities.map(
    (rarity, column) => rarity * Math.max(...separators.map((w) => Math.abs(w[column] ?? 0))),
  );
  const room = Math.floor((MAX_MODEL_BYTES - HEADER_ROOM) / featureBytes(labels.length));
  const kept = [...features.keys()]
    .filter((column) => (influence[column] as number) > 0)
    .sort((a, b) => (influence[b] as number) - (influence[a] as number) || a - b)
    .slice(0, room)
    .sort((a, b) => (features[a] as number) - (features[b] as number));
  const steps = Float32Array.from(separators, (w) => largestOf(w, kept) / LARGEST ** 2 || 1);
  const roots = kept.flatMap((column) => separators.map((w, k) => rootOf(w[column] as number, steps[k] as number)));
  return {
    labels,
    profile,
    sharpness,
    bias: Float32Array.from(separators, (w) => w[features.length] as number),
    features: Uint32Array.from(kept, (column) => features[column] as number),
    rarities: Uint8Array.from(kept, (column) => (rarities[column] as number) * 16),
    roots: Int8Array.from(roots),
    steps,
  };
}

const rootOf = (weight: number, step: number): number =>
  Math.sign(weight) * Math.round(Math.sqrt(Math.abs(weight) / step));

const largestOf = (weights: Float32Array, columns: readonly number[]): number =>
  columns.reduce((largest, column) => Math.max(largest, Math.abs(weights[column] as number)), 0);
