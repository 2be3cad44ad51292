import type { Context } from "../context.ts";
import { createFeatureTable } from "../feature-table.ts";
import { inputsOf } from "./inputs.ts";
import { type Lstm, multiply, runLstm } from "./lstm.ts";

/** How a character can stand in a segment; a tag is label × PLACES + place. */
export const Place = { first: 0, within: 1, last: 2, alone: 3 } as const;
export const PLACES = 4;

/** A bidirectional LSTM over the characters of a text that judges the tag of each. Weights only. Every matrix lies row by row. */
export interface Network {
  /** Features that are known; a feature's place in them is its row in `embeddings`. */
  hashes: Int32Array;
  inputs: number;
  cells: number;
  tags: number;
  embeddings: Float64Array;
  forward: Lstm;
  backward: Lstm;
  output: Lstm;
}

/** Logarithms of the probabilities of all tags of each character: [character × tags + tag]. */
export type Judge = (context: Context) => Float64Array;

export function createJudge(network: Network): Judge {
  const table = createFeatureTable(network.hashes);
  const { inputs, cells, tags, embeddings } = network;
  return (context) => {
    const { length } = context.signs;
    const rows = inputsOf(context).map((hashes) => hashes.map(table.rowOf).filter((row) => row >= 0));
    const x = embed(rows, embeddings, inputs);
    const ahead = runLstm(network.forward, { inputs, cells, x, length, reverse: false });
    const behind = runLstm(network.backward, { inputs, cells, x, length, reverse: true });
    const out = new Float64Array(length * tags);
    const joined = new Float64Array(2 * cells);
    for (let at = 0; at < length; at++) {
      joined.set(ahead.state.subarray(at * cells, (at + 1) * cells));
      joined.set(behind.state.subarray(at * cells, (at + 1) * cells), cells);
      multiply(network.output.weights, joined, out, at * tags, network.output.bias);
      logSoftmax(out, at * tags, tags);
    }
    return out;
  };
}

/** The sum of the rows of each character. */
export function embed(
  rows: readonly (readonly number[] | Int32Array)[],
  embeddings: Float64Array,
  inputs: number,
): Float64Array {
  const x = new Float64Array(rows.length * inputs);
  rows.forEach((list, at) => {
    for (const row of list) {
      for (let one = 0; one < inputs; one++) {
        x[at * inputs + one] = (x[at * inputs + one] as number) + (embeddings[row * inputs + one] as number);
      }
    }
  });
  return x;
}

/** Makes `values[from … from + count)` logarithms of probabilities. */
export function logSoftmax(values: Float64Array, from: number, count: number): void {
  let top = Number.NEGATIVE_INFINITY;
  for (let at = from; at < from + count; at++) top = Math.max(top, values[at] as number);
  let sum = 0;
  for (let at = from; at < from + count; at++) sum += Math.exp((values[at] as number) - top);
  const shift = top + Math.log(sum);
  for (let at = from; at < from + count; at++) values[at] = (values[at] as number) - shift;
}
