import { pushCharacterFeatures } from "./character-features.ts";
import type { Context } from "./context.ts";
import type { SegmentScores } from "./grammar.ts";
import { addFeatures, type Weighing } from "./model.ts";
import { eachSegment } from "./segment-features.ts";

/** Scores of every segment of the text that a model with `labels` labels can see, from its characters and as a whole. */
export function scoreText(
  context: Context,
  size: { labels: number; longest: number },
  characters: Weighing,
  segments: Weighing,
): SegmentScores {
  const { labels, longest } = size;
  const { length } = context.signs;
  const tags = new Float32Array(length * labels * 3);
  const features: number[] = [];
  for (let at = 0; at < length; at++) {
    features.length = 0;
    pushCharacterFeatures(context, at, features);
    addFeatures(characters, features, tags, at * labels * 3);
  }
  const scores = sumTags(tags, length, longest, labels);
  for (let start = 0; start < length; start++) {
    eachSegment(context, start, longest, (units, found) => {
      addFeatures(segments, found, scores, (start * longest + units - 1) * labels);
    });
  }
  return { length, longest, labels, scores };
}

/** A segment has the weight of its first unit as a beginning, of its last as an end, and of those between as its inside. */
export function sumTags(tags: Float32Array, length: number, longest: number, labels: number): Float32Array {
  const width = labels * 3;
  const scores = new Float32Array(length * longest * labels);
  const inside = new Float32Array(labels);
  for (let start = 0; start < length; start++) {
    inside.fill(0);
    const room = Math.min(longest, length - start);
    for (let units = 1; units <= room; units++) {
      const row = (start * longest + units - 1) * labels;
      const last = (start + units - 1) * width;
      for (let label = 0; label < labels; label++) {
        if (units > 2) inside[label] = (inside[label] as number) + (tags[last - width + labels + label] as number);
        const ends = (tags[start * width + label] as number) + (tags[last + 2 * labels + label] as number);
        scores[row + label] = ends + (inside[label] as number);
      }
    }
  }
  return scores;
}
