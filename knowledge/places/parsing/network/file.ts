import type { Lstm } from "./lstm.ts";
import type { Network } from "./network.ts";

/** What the header of a model file says of a network; the steps are what a stored number counts for, matrix by matrix. */
export interface NetworkHeader {
  inputs: number;
  cells: number;
  tags: number;
  steps: number[];
}

/** Embeddings are stored more coarsely than the rest: several are added up, and there are many of them. */
const EMBEDDING_STEP = 0.04;
const BIGGEST = 127;

const listsOf = ({ embeddings, forward, backward, output }: Network): Float64Array[] => [
  embeddings,
  ...[forward, backward, output].flatMap(({ weights, bias }) => [weights, bias]),
];

const stepOf = (values: Float64Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6) / BIGGEST;

export function headerOf(network: Network): NetworkHeader {
  const { inputs, cells, tags } = network;
  const [embeddings, ...others] = listsOf(network) as [Float64Array, ...Float64Array[]];
  return { inputs, cells, tags, steps: [Math.max(EMBEDDING_STEP, stepOf(embeddings)), ...others.map(stepOf)] };
}

/** Hashes (Int32, sorted, as differences), then embeddings and the weights and biases of the three parts as Int8 × step. */
export function networkBlocks(network: Network): Uint8Array[] {
  const { steps } = headerOf(network);
  const differences = network.hashes.map((hash, at, all) => hash - (all[at - 1] ?? 0));
  const numbers = listsOf(network).map((values, at) =>
    Int8Array.from(values, (value) => Math.round(value / (steps[at] as number))),
  );
  return [differences, ...numbers].map((block) => new Uint8Array(block.buffer));
}

/** `next` gives the blocks one after the other, each as bytes of its own. */
export function readNetwork({ inputs, cells, tags, steps }: NetworkHeader, next: () => Uint8Array): Network {
  const hashes = new Int32Array(next().buffer);
  for (let row = 1; row < hashes.length; row++) hashes[row] = (hashes[row - 1] as number) + (hashes[row] as number);
  const lists = steps.map((step) => Float64Array.from(new Int8Array(next().buffer), (count) => count * step));
  const [embeddings, ...pairs] = lists as [Float64Array, ...Float64Array[]];
  const part = (index: number): Lstm => ({
    weights: pairs[2 * index] as Float64Array,
    bias: pairs[2 * index + 1] as Float64Array,
  });
  return { hashes, inputs, cells, tags, embeddings, forward: part(0), backward: part(1), output: part(2) };
}
