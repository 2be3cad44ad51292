import type { ProfileName } from "./profile.ts";
import type { Parts } from "./tokens.ts";

/** What training leaves behind. Features are hashes of short n-grams: no message can be read out of it. */
export interface LearnedModel {
  labels: readonly string[];
  profile: ProfileName;
  /** How the scores of a message become probabilities. */
  sharpness: Record<Parts, number>;
  bias: Float32Array;
  /** In ascending order. */
  features: Uint32Array;
  /** Of each feature, in 1/16. */
  rarities: Uint8Array;
  /** Of each feature, one weight for each label, in `steps` of that label. */
  weights: Int16Array;
  steps: Float32Array;
}

/** What a model file may take, and how many bytes one feature takes in it. */
const MAX_MODEL_BYTES = 5_000_000;
const HEADER_ROOM = 50_000;
export const featureBytes = (labels: number): number => 4 + 1 + 2 * labels;

const LARGEST = 32767;

/** Rounds the weights to 16 bits; of more features than a model file holds, those that move no score much are left out. */
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
  const steps = Float32Array.from(separators, (w) => largestOf(w, kept) / LARGEST || 1);
  const weights = kept.flatMap((column) =>
    separators.map((w, k) => Math.round((w[column] as number) / (steps[k] as number))),
  );
  return {
    labels,
    profile,
    sharpness,
    bias: Float32Array.from(separators, (w) => w[features.length] as number),
    features: Uint32Array.from(kept, (column) => features[column] as number),
    rarities: Uint8Array.from(kept, (column) => (rarities[column] as number) * 16),
    weights: Int16Array.from(weights),
    steps,
  };
}

const largestOf = (weights: Float32Array, columns: readonly number[]): number =>
  columns.reduce((largest, column) => Math.max(largest, Math.abs(weights[column] as number)), 0);
