import type { DivisionNames } from "../division-names.ts";
import type { PlacesModel, SparseRows } from "../model.ts";
import { createLearnedChain, grammarOf } from "./chain.ts";
import { collectVocabulary, createEncoder, type Example } from "./encode.ts";
import { createLearnedEvidence } from "./evidence.ts";
import { expectations } from "./expectations.ts";
import { createRandom, shuffle } from "./random.ts";
import type { LearnedRows } from "./weights.ts";

export interface TrainingOptions {
  labels: readonly string[];
  /** The most units of one segment; examples with longer ones must have been left out. */
  longest: number;
  names: DivisionNames;
  /** How often a feature must occur to be learned. */
  least: number;
  epochs: number;
  /** AdaGrad's step at the beginning; at the end it is a tenth of that. */
  rate: number;
  /** L1 penalty per text. */
  penalty: number;
  /** Told of the mean negative log-likelihood after each pass. */
  onEpoch?: (epoch: number, loss: number) => void;
}

const SEED = 7;

/** Learns a semi-Markov conditional random field. The same examples in the same order give the same weights. */
export function train(examples: readonly Example[], options: TrainingOptions): PlacesModel {
  const { longest, names, epochs, penalty } = options;
  const grammar = grammarOf(examples, options.labels);
  const vocabulary = collectVocabulary(examples, names, options.least);
  const texts = examples.map(createEncoder(vocabulary, names, longest));
  const rates = { rate: options.rate, penalty };
  const chainRates = { rate: options.rate, penalty: 0 };
  const characterFeatures = vocabulary.characterHashes.length;
  const segmentFeatures = vocabulary.segmentHashes.length;
  const evidence = createLearnedEvidence({ grammar, longest, characterFeatures, segmentFeatures }, rates);
  const chain = createLearnedChain(grammar, chainRates);
  const random = createRandom(SEED);
  let seen = 0;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    shuffle(texts, random);
    let loss = 0;
    for (const text of texts) {
      const done = seen++ / (texts.length * epochs);
      rates.rate = chainRates.rate = options.rate * (1 - 0.9 * done);
      const scores = evidence.score(text);
      const expected = expectations(grammar, chain.weights, scores);
      const gold = text.gold.map(
        ({ start, end, label }) => (start * longest + end - start - 1) * grammar.labels.length + label,
      );
      loss +=
        expected.logZ - chain.scoreOf(text.gold) - gold.reduce((sum, at) => sum + (scores.scores[at] as number), 0);
      evidence.update(text, expected.segments, seen);
      chain.update(text.gold, expected, seen);
    }
    evidence.settle(seen);
    if (epoch > epochs / 2) for (const rows of [evidence.characters, evidence.segments]) rows.remember();
    options.onEpoch?.(epoch, loss / texts.length);
  }
  return {
    grammar,
    longest,
    characters: sparse(vocabulary.characterHashes, evidence.characters),
    segments: sparse(vocabulary.segmentHashes, evidence.segments),
    chain: chain.weights,
    networks: [],
  };
}

function sparse(hashes: Int32Array, { mean, width }: LearnedRows): SparseRows {
  const weights = mean();
  const offsets = new Int32Array(hashes.length + 1);
  const columns: number[] = [];
  const kept: number[] = [];
  hashes.forEach((_, row) => {
    for (let column = 0; column < width; column++) {
      const weight = weights[row * width + column] as number;
      if (weight === 0) continue;
      columns.push(column);
      kept.push(weight);
    }
    offsets[row + 1] = kept.length;
  });
  return { hashes, offsets, columns: Uint8Array.from(columns), weights: Float32Array.from(kept) };
}
