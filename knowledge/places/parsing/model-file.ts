import { readFileSync } from "node:fs";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { type ChainWeights, createGrammar, type Grammar } from "./grammar.ts";
import type { PlacesModel, SparseRows } from "./model.ts";
import { headerOf, type NetworkHeader, networkBlocks, readNetwork } from "./network/file.ts";

/**
 * The file is a deflated sequence of blocks: 4 bytes of length (little endian), then the bytes. The first is a JSON header; then for the weights
 * of characters and of segments each: hashes (Int32, sorted, as differences), entries per row (Uint8), columns (Uint8), weights (Int8 × scale); then the
 * three lists of chain weights (Float32); then for each network its blocks (network/file.ts). Numbers are little endian, as on every machine that Node runs on.
 */
interface Header {
  format: "places-2";
  labels: readonly string[];
  longest: number;
  pairs: number[];
  characterScale: number;
  segmentScale: number;
  networks: NetworkHeader[];
}

const BIGGEST = 127;

export function encodeModel(model: PlacesModel): Uint8Array {
  const { grammar, longest, characters, segments, chain } = model;
  const width = grammar.labels.length + 1;
  const header: Header = {
    format: "places-2",
    labels: grammar.labels,
    longest,
    pairs: Array.from(grammar.from, (from, pair) => from * width + (grammar.to[pair] as number)),
    characterScale: scaleOf(characters),
    segmentScale: scaleOf(segments),
    networks: model.networks.map(headerOf),
  };
  const blocks = [
    new TextEncoder().encode(JSON.stringify(header)),
    ...rowBlocks(characters, header.characterScale),
    ...rowBlocks(segments, header.segmentScale),
    ...[chain.step, chain.first, chain.last].map(bytesOf),
    ...model.networks.flatMap(networkBlocks),
  ];
  return deflateRawSync(Buffer.concat(blocks.flatMap((block) => [bytesOf(Uint32Array.of(block.length)), block])), {
    level: 9,
  });
}

const bytesOf = (values: Float32Array | Int32Array | Uint32Array | Int8Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

const scaleOf = ({ weights }: SparseRows): number =>
  weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 1e-6) / BIGGEST;

/** Rows sorted by hash; weights that round to nothing, and rows that are left with none, are dropped. */
function rowBlocks({ hashes, offsets, columns, weights }: SparseRows, scale: number): Uint8Array[] {
  const order = Array.from(hashes.keys()).sort((a, b) => (hashes[a] as number) - (hashes[b] as number));
  const differences: number[] = [];
  const counts: number[] = [];
  const keptColumns: number[] = [];
  const quantised: number[] = [];
  let before = 0;
  for (const row of order) {
    const already = quantised.length;
    for (let at = offsets[row] as number; at < (offsets[row + 1] as number); at++) {
      const steps = Math.round((weights[at] as number) / scale);
      if (steps === 0) continue;
      keptColumns.push(columns[at] as number);
      quantised.push(steps);
    }
    if (quantised.length === already) continue;
    counts.push(quantised.length - already);
    differences.push((hashes[row] as number) - before);
    before = hashes[row] as number;
  }
  return [
    bytesOf(Int32Array.from(differences)),
    Uint8Array.from(counts),
    Uint8Array.from(keptColumns),
    bytesOf(Int8Array.from(quantised)),
  ];
}

/** Throws when `file` is not a model of this format. */
export function decodeModel(file: Uint8Array): PlacesModel {
  const next = blocksOf(inflateRawSync(file));
  const header = JSON.parse(new TextDecoder().decode(next())) as Header;
  if (header.format !== "places-2") throw new Error(`not a places model: format ${JSON.stringify(header.format)}`);
  const grammar: Grammar = createGrammar(header.labels, header.pairs);
  const characters = readRows(next, header.characterScale);
  const segments = readRows(next, header.segmentScale);
  const chain: ChainWeights = { step: floats(next()), first: floats(next()), last: floats(next()) };
  const networks = header.networks.map((one) => readNetwork(one, next));
  return { grammar, longest: header.longest, characters, segments, chain, networks };
}

/** Each block comes as a copy, so that its numbers lie at addresses that are multiples of their size. */
function blocksOf(bytes: Uint8Array): () => Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  return () => {
    const length = view.getUint32(at, true);
    at += 4 + length;
    return new Uint8Array(bytes.subarray(at - length, at));
  };
}

const floats = (bytes: Uint8Array): Float32Array => new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);

function readRows(next: () => Uint8Array, scale: number): SparseRows {
  const block = next();
  const hashes = new Int32Array(block.buffer, block.byteOffset, block.length / 4);
  for (let row = 1; row < hashes.length; row++) hashes[row] = (hashes[row - 1] as number) + (hashes[row] as number);
  const counts = next();
  const offsets = new Int32Array(counts.length + 1);
  counts.forEach((count, row) => {
    offsets[row + 1] = (offsets[row] as number) + count;
  });
  const columns = next();
  const weights = Float32Array.from(new Int8Array(next().buffer), (steps) => steps * scale);
  return { hashes, offsets, columns, weights };
}

/** Reads the model that ships with the parser; takes some 50 ms. */
export function loadPlacesModel(file: URL | string = new URL("./model.bin", import.meta.url)): PlacesModel {
  return decodeModel(readFileSync(file));
}
