import { type Lstm, multiply, type Run, runLstm } from "../../network/lstm.ts";
import { embed, logSoftmax, type Network } from "../../network/network.ts";
import { type Adam, createAdam, warmUp } from "./adam.ts";
import { backpropagate } from "./backward.ts";

/** A text with the rows of each character's features and its true tag. */
export interface TaggedText {
  rows: Int32Array[];
  tags: Uint8Array;
}

export interface Learner {
  /** Adds the slopes of one text; returns its loss, the negative log-likelihood of its tags. */
  learn(text: TaggedText): number;
  /** Moves all weights by the slopes of the last `texts` texts. `steps` counts from 1. */
  step(rate: number, steps: number, texts: number): void;
  /** The network with the running mean of its weights. */
  mean(): Network;
}

/** Shares of features, inputs and states that are left out of each text, so that nothing is relied on alone (dropout). */
const DROP_FEATURE = 0.15;
const DROP_INPUT = 0.3;
const DROP_STATE = 0.4;
const MEAN_KEEPS = 0.998;
/** Slopes of a text longer than this are shortened to it. */
const LONGEST_STEP = 5;
const NEGLIGIBLE = 1e-5;

/** Weights in one list with their slopes. */
interface Learned {
  slopes: Float64Array;
  adam: Adam;
}

const learned = (weights: Float64Array): Learned => ({
  slopes: new Float64Array(weights.length),
  adam: createAdam(weights),
});

const learnedLstm = ({ weights, bias }: Lstm) => ({ weights: learned(weights), bias: learned(bias) });

const slopesOf = ({ weights, bias }: { weights: Learned; bias: Learned }): Lstm => ({
  weights: weights.slopes,
  bias: bias.slopes,
});

const meanOf = ({ weights, bias }: { weights: Learned; bias: Learned }): Lstm => ({
  weights: weights.adam.mean,
  bias: bias.adam.mean,
});

export function createLearner(network: Network, random: () => number): Learner {
  const { inputs, cells, embeddings } = network;
  const forward = learnedLstm(network.forward);
  const backward = learnedLstm(network.backward);
  const output = learnedLstm(network.output);
  const dense = [forward, backward, output].flatMap(({ weights, bias }) => [weights, bias]);
  const embedded = createAdam(embeddings);
  const touched = new Map<number, Float64Array>();
  const mask = (size: number, drop: number) =>
    Float64Array.from({ length: size }, () => (random() < drop ? 0 : 1 / (1 - drop)));
  return {
    learn: ({ rows, tags }) => {
      const { length } = rows;
      const used = rows.map((list) => list.filter(() => random() >= DROP_FEATURE));
      const x = embed(used, embeddings, inputs);
      const keepX = mask(length * inputs, DROP_INPUT);
      scale(x, keepX);
      const run: Run = { inputs, cells, x, length, reverse: false };
      const back: Run = { ...run, reverse: true };
      const ahead = runLstm(network.forward, run);
      const behind = runLstm(network.backward, back);
      const states = { ahead: ahead.state, behind: behind.state, keep: mask(length * 2 * cells, DROP_STATE) };
      const { loss, ofAhead, ofBehind } = judged(network, states, tags, slopesOf(output));
      const ofX = new Float64Array(length * inputs);
      backpropagate(network.forward, ahead, run, { state: ofAhead, x: ofX, lstm: slopesOf(forward) });
      backpropagate(network.backward, behind, back, { state: ofBehind, x: ofX, lstm: slopesOf(backward) });
      scale(ofX, keepX);
      touch(touched, used, ofX, inputs);
      return loss;
    },
    step: (rate, steps, texts) => {
      const keep = Math.min(MEAN_KEEPS, 1 - 1 / (1 + steps));
      const pace = rate * warmUp(steps);
      const share = shareOf(dense, texts);
      for (const { slopes, adam } of dense) {
        for (let at = 0; at < slopes.length; at++) adam.move(at, (slopes[at] as number) * share, pace, keep);
        slopes.fill(0);
      }
      for (const [row, slopes] of touched) {
        for (let one = 0; one < inputs; one++)
          embedded.move(row * inputs + one, (slopes[one] as number) * share, pace, keep);
      }
      touched.clear();
    },
    mean: () => ({
      ...network,
      embeddings: embedded.mean,
      forward: meanOf(forward),
      backward: meanOf(backward),
      output: meanOf(output),
    }),
  };
}

function scale(values: Float64Array, by: Float64Array): void {
  for (let at = 0; at < values.length; at++) values[at] = (values[at] as number) * (by[at] as number);
}

function shareOf(dense: readonly Learned[], texts: number): number {
  let squares = 0;
  for (const { slopes } of dense) for (const slope of slopes) squares += slope * slope;
  return Math.min(1, (LONGEST_STEP * texts) / Math.sqrt(squares)) / texts;
}

function touch(
  touched: Map<number, Float64Array>,
  rows: readonly Int32Array[],
  ofX: Float64Array,
  inputs: number,
): void {
  rows.forEach((list, at) => {
    for (const row of list) {
      const slopes = touched.get(row) ?? new Float64Array(inputs);
      touched.set(row, slopes);
      for (let one = 0; one < inputs; one++) {
        slopes[one] = (slopes[one] as number) + (ofX[at * inputs + one] as number);
      }
    }
  });
}

interface States {
  ahead: Float64Array;
  behind: Float64Array;
  /** What of both is kept: characters × (ahead, behind). */
  keep: Float64Array;
}

/** Loss of the true tags and its slopes for the states; adds those of the output's weights to `slopes`. */
function judged(
  { cells, tags: count, output }: Network,
  { ahead, behind, keep }: States,
  tags: Uint8Array,
  slopes: Lstm,
): { loss: number; ofAhead: Float64Array; ofBehind: Float64Array } {
  const ofAhead = new Float64Array(ahead.length);
  const ofBehind = new Float64Array(behind.length);
  const joined = new Float64Array(2 * cells);
  const scores = new Float64Array(count);
  let loss = 0;
  tags.forEach((tag, at) => {
    const here = at * cells;
    for (let one = 0; one < cells; one++) {
      joined[one] = (ahead[here + one] as number) * (keep[2 * here + one] as number);
      joined[cells + one] = (behind[here + one] as number) * (keep[2 * here + cells + one] as number);
    }
    multiply(output.weights, joined, scores, 0, output.bias);
    logSoftmax(scores, 0, count);
    loss -= scores[tag] as number;
    scores.forEach((score, other) => {
      const slope = Math.exp(score) - (other === tag ? 1 : 0);
      if (Math.abs(slope) < NEGLIGIBLE) return;
      slopes.bias[other] = (slopes.bias[other] as number) + slope;
      const row = other * 2 * cells;
      for (let one = 0; one < 2 * cells; one++) {
        slopes.weights[row + one] = (slopes.weights[row + one] as number) + slope * (joined[one] as number);
      }
      for (let one = 0; one < cells; one++) {
        const toAhead = slope * (output.weights[row + one] as number) * (keep[2 * here + one] as number);
        const toBehind =
          slope * (output.weights[row + cells + one] as number) * (keep[2 * here + cells + one] as number);
        ofAhead[here + one] = (ofAhead[here + one] as number) + toAhead;
        ofBehind[here + one] = (ofBehind[here + one] as number) + toBehind;
      }
    });
  });
  return { loss, ofAhead, ofBehind };
}
