import { describe, expect, it } from "vitest";
import { readContext } from "../../../../knowledge/places/parsing/context.ts";
import { createDivisionNames } from "../../../../knowledge/places/parsing/division-names.ts";
import { addJudgements } from "../../../../knowledge/places/parsing/network/evidence.ts";
import { headerOf, networkBlocks, readNetwork } from "../../../../knowledge/places/parsing/network/file.ts";
import { runLstm } from "../../../../knowledge/places/parsing/network/lstm.ts";
import { createJudge, type Network } from "../../../../knowledge/places/parsing/network/network.ts";
import { backpropagate } from "../../../../knowledge/places/parsing/training/network/backward.ts";
import { trainNetwork } from "../../../../knowledge/places/parsing/training/network/train-network.ts";
import { createRandom } from "../../../../knowledge/places/parsing/training/random.ts";

const names = createDivisionNames([]);
const random = createRandom(5);
const numbers = (size: number) => Float64Array.from({ length: size }, () => random() - 0.5);

/** 甲乙丙 by turns: 甲 begins a segment of label 0 that 乙 ends; 丙 stands alone with label 1. */
const example = {
  text: "甲乙丙甲乙丙",
  segments: [
    { start: 0, end: 2, label: 0 },
    { start: 2, end: 3, label: 1 },
    { start: 3, end: 5, label: 0 },
    { start: 5, end: 6, label: 1 },
  ],
};
const training = { labels: 2, names, inputs: 8, cells: 4, epochs: 60, rate: 0.02, seed: 1 };
const learn = (): Network => trainNetwork(Array(8).fill(example), training);

describe("learning through time", () => {
  it.each([false, true])("follows the slopes that the loss really has (backwards: %s)", (reverse) => {
    const run = { inputs: 3, cells: 4, length: 6, x: numbers(18), reverse };
    const lstm = { weights: numbers(4 * 4 * 7), bias: numbers(16) };
    const wanted = numbers(24);
    const loss = () => runLstm(lstm, run).state.reduce((sum, state, at) => sum + state * (wanted[at] as number), 0);
    const slopes = {
      state: wanted.slice(),
      x: new Float64Array(18),
      lstm: { weights: new Float64Array(112), bias: new Float64Array(16) },
    };
    backpropagate(lstm, runLstm(lstm, run), run, slopes);
    const measured = (values: Float64Array, at: number): number => {
      const before = values[at] as number;
      values[at] = before + 1e-5;
      const more = loss();
      values[at] = before - 1e-5;
      const less = loss();
      values[at] = before;
      return (more - less) / 2e-5;
    };
    for (const at of [0, 17, 50, 111]) expect(slopes.lstm.weights[at]).toBeCloseTo(measured(lstm.weights, at), 6);
    for (const at of [1, 15]) expect(slopes.lstm.bias[at]).toBeCloseTo(measured(lstm.bias, at), 6);
    for (const at of [0, 9, 17]) expect(slopes.x[at]).toBeCloseTo(measured(run.x, at), 6);
  });
});

describe("a network that learned one pattern", () => {
  const network = learn();
  const judged = createJudge(network)(readContext(example.text, names));

  it("judges each character's tag by its neighbours, in probabilities that sum to one", () => {
    const tags = Array.from({ length: 6 }, (_, at) => {
      const here = judged.slice(at * 8, at * 8 + 8);
      expect(here.reduce((sum, log) => sum + Math.exp(log), 0)).toBeCloseTo(1, 6);
      return here.indexOf(Math.max(...here));
    });
    expect(tags).toEqual([0, 2, 7, 0, 2, 7]);
  });

  it("is learned the same from the same seed", () => {
    expect(learn().forward.weights).toEqual(network.forward.weights);
  });

  it("adds to a segment what it thinks of its characters, and nothing for a text without any", () => {
    const context = readContext(example.text, names);
    const scores = { length: 6, longest: 2, labels: 2, scores: new Float32Array(24) };
    addJudgements(scores, context, [createJudge(network), createJudge(network)], 0.5);
    expect(scores.scores[1 * 2 + 0]).toBeCloseTo(0.5 * ((judged[0] as number) + (judged[8 + 2] as number)), 4);
    expect(scores.scores[(2 * 2 + 0) * 2 + 1]).toBeCloseTo(0.5 * (judged[2 * 8 + 7] as number), 4);
    const empty = { length: 0, longest: 2, labels: 2, scores: new Float32Array(0) };
    addJudgements(empty, readContext("", names), [createJudge(network)], 0.5);
    expect(empty.scores.length).toBe(0);
  });

  it("judges nearly the same when it comes back from its blocks", () => {
    const blocks = networkBlocks(network);
    const back = readNetwork(headerOf(network), () => new Uint8Array(blocks.shift() as Uint8Array));
    const again = createJudge(back)(readContext(example.text, names));
    again.forEach((log, at) => {
      expect(Math.abs(Math.exp(log) - Math.exp(judged[at] as number))).toBeLessThan(0.1);
    });
  });
});
