import type { Segmenter } from "../../text/segment.ts";
import { probabilities } from "./calibrate.ts";
import { countFeatures, dampen, scale } from "./counts.ts";
import type { LearnedMessage } from "./message.ts";
import type { LearnedModel } from "./model.ts";
import { profiles } from "./profile.ts";
import { partsOf, readMessage } from "./tokens.ts";

/** The most probable label, and the probability of every label; they sum to 1. */
export interface LabelGuess {
  label: string;
  scores: Record<string, number>;
}

export interface LearnedClassifier {
  labels: readonly string[];
  /** Never throws; of an empty message it knows no more than which labels are common. */
  predict(message: LearnedMessage): LabelGuess;
}

export function createClassifier(model: LearnedModel, segmenter: Segmenter): LearnedClassifier {
  const { labels, sharpness, weights, steps, rarities } = model;
  const { families } = profiles[model.profile];
  const indexOf = new Map(Array.from(model.features, (feature, index) => [feature, index]));

  function scoresOf(message: ReturnType<typeof readMessage>): number[] {
    const known: number[] = [];
    const values: number[] = [];
    const starts = [0];
    for (const counts of countFeatures(message, families)) {
      for (const [feature, count] of counts) {
        const index = indexOf.get(feature);
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
        sum += (values[i] as number) * (weights[index * labels.length + label] as number);
      return sum * (steps[label] as number) + (model.bias[label] as number);
    });
  }

  return {
    labels,
    predict(message) {
      const read = readMessage(message, segmenter);
      const p = probabilities(scoresOf(read), sharpness[partsOf(read)]);
      const best = p.indexOf(Math.max(...p));
      const scores = Object.fromEntries(labels.map((label, i) => [label, p[i] as number]));
      return { label: labels[best] as string, scores };
    },
  };
}
