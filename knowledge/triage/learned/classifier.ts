import type { Segmenter } from "../../text/segment.ts";
import { probabilities } from "./calibrate.ts";
import { countFeatures, dampen, scale } from "./counts.ts";
import { type LearnedModel, weightOf } from "./model.ts";
import { profiles } from "./profile.ts";
import { partsOf, type ReadMessage, readMessage } from "./tokens.ts";

/** The most probable label, and the probability of every label; they sum to 1. */
export interface LabelGuess {
  label: string;
  scores: Record<string, number>;
}

export interface LearnedClassifier {
  labels: readonly string[];
  /** Never throws; of an empty message it knows no more than which labels are common. */
  predict(message: { title?: string; text: string }): LabelGuess;
}

export function createClassifier(model: LearnedModel, segmenter: Segmenter): LearnedClassifier {
  const { labels, sharpness, rarities, roots, steps, bias } = model;
  const { families } = profiles[model.profile];

  function scoresOf(message: ReadMessage): number[] {
    const known: number[] = [];
    const values: number[] = [];
    const starts = [0];
    for (const counts of countFeatures(message, families)) {
      for (const [feature, count] of counts) {
        const index = positionOf(feature, model.features);
        if (index === undefined) continue;
        known.push(index);
        values.push((dampen(count) * (rarities[index] as number)) / 16);
      }
      starts.push(known.length);
    }
    scale(values, starts, families);
    return labels.map((_, label) => {
      let sum = 0;
      for (const [i, index] of known.entries())
        sum += (values[i] as number) * weightOf(roots[index * labels.length + label] as number, 1);
      return sum * (steps[label] as number) + (bias[label] as number);
    });
  }

  return {
    labels,
    predict({ title = "", text }) {
      const read = readMessage({ title, text }, segmenter);
      const p = probabilities(scoresOf(read), sharpness[partsOf(read)]);
      const best = p.indexOf(Math.max(...p));
      const scores = Object.fromEntries(labels.map((label, i) => [label, p[i] as number]));
      return { label: labels[best] as string, scores };
    },
  };
}

/** Where `wanted` stands among `features`, which ascend. */
function positionOf(wanted: number, features: Uint32Array): number | undefined {
  let [low, high] = [0, features.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((features[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return features[low] === wanted ? low : undefined;
}
