import { nearness } from "./embedder.ts";

/** An entry in the version that a vector was made of. */
export interface VectorOf {
  id: string;
  version: number | undefined;
}

/** The vectors of a base, in memory. */
export interface VectorShelf {
  put(of: VectorOf, vector: Float32Array): void;
  /** Nearest first, only what `accept` lets through; none of another size than `vector`. */
  nearest(vector: Float32Array, limit: number, accept: (of: VectorOf) => boolean): VectorOf[];
  size(): number;
}

export function createVectorShelf(): VectorShelf {
  const kept = new Map<string, VectorOf & { vector: Float32Array }>();
  return {
    put: ({ id, version }, vector) => void kept.set(id, { id, version, vector }),
    size: () => kept.size,
    nearest(vector, limit, accept) {
      const found = [...kept.values()].filter((each) => each.vector.length === vector.length && accept(each));
      return found
        .map(({ id, version, vector: own }) => ({ id, version, near: nearness(vector, own) }))
        .sort((a, b) => b.near - a.near)
        .slice(0, limit)
        .map(({ id, version }) => ({ id, version }));
    },
  };
}
