import { readContext } from "../../context.ts";
import type { DivisionNames } from "../../division-names.ts";
import { createFeatureTable } from "../../feature-table.ts";
import { inputsOf } from "../../network/inputs.ts";
import { type Network, PLACES, Place } from "../../network/network.ts";
import type { Example } from "../encode.ts";
import { createRandom, shuffle } from "../random.ts";
import { createLearner, type TaggedText } from "./learner.ts";

export interface NetworkTraining {
  /** How many labels the examples' segments have. */
  labels: number;
  names: DivisionNames;
  /** Size of a character's vector, and how many cells each direction has. */
  inputs: number;
  cells: number;
  epochs: number;
  /** Adam's step at the beginning; at the end it is a twentieth of that. */
  rate: number;
  /** Networks of different seeds err differently, and less together. */
  seed: number;
  /** Told of the mean negative log-likelihood after each pass. */
  onEpoch?: (epoch: number, loss: number) => void;
}

/** How often a feature must occur to be learned. */
const LEAST = 3;
const BATCH = 8;

/** Learns to judge the tag of each character. The same examples in the same order and the same seed give the same weights. */
export function trainNetwork(examples: readonly Example[], options: NetworkTraining): Network {
  const { names, epochs } = options;
  const random = createRandom(options.seed);
  const features = examples.map(({ text }) => inputsOf(readContext(text, names)));
  const hashes = frequent(features);
  const { rowOf } = createFeatureTable(hashes);
  const texts: TaggedText[] = examples.map(({ text, segments }, index) => ({
    rows: (features[index] as number[][]).map((list) => Int32Array.from(list.map(rowOf).filter((row) => row >= 0))),
    tags: tagsOf(text.length, segments),
  }));
  const learner = createLearner(emptyNetwork(hashes, options, random), random);
  const steps = epochs * Math.ceil(texts.length / BATCH);
  let step = 0;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    shuffle(texts, random);
    let loss = 0;
    for (let from = 0; from < texts.length; from += BATCH) {
      for (const text of texts.slice(from, from + BATCH)) loss += learner.learn(text);
      const rate = options.rate * (1 - (0.95 * step) / steps);
      learner.step(rate, ++step, BATCH);
    }
    options.onEpoch?.(epoch, loss / texts.length);
  }
  return learner.mean();
}

function frequent(features: readonly number[][][]): Int32Array {
  const counts = new Map<number, number>();
  for (const hash of features.flat(2)) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  return Int32Array.from([...counts].filter(([, times]) => times >= LEAST).map(([hash]) => hash)).sort();
}

function tagsOf(length: number, segments: Example["segments"]): Uint8Array {
  const tags = new Uint8Array(length);
  for (const { start, end, label } of segments) {
    const last = end - 1;
    for (let at = start; at < end; at++) {
      const inner = at === start ? Place.first : at === last ? Place.last : Place.within;
      tags[at] = label * PLACES + (start === last ? Place.alone : inner);
    }
  }
  return tags;
}

function emptyNetwork(hashes: Int32Array, { inputs, cells, labels }: NetworkTraining, random: () => number): Network {
  const uniform = (size: number, bound: number) =>
    Float64Array.from({ length: size }, () => (random() * 2 - 1) * bound);
  const tags = labels * PLACES;
  const embeddings = uniform(hashes.length * inputs, 0.3);
  // Cells keep what they have until they learn to forget.
  const lstm = () => ({
    weights: uniform(4 * cells * (inputs + cells), Math.sqrt(3 / (inputs + cells))),
    bias: new Float64Array(4 * cells).fill(1, cells, 2 * cells),
  });
  const forward = lstm();
  const backward = lstm();
  const output = { weights: uniform(tags * 2 * cells, Math.sqrt(3 / (2 * cells))), bias: new Float64Array(tags) };
  return { hashes, inputs, cells, tags, embeddings, forward, backward, output };
}
