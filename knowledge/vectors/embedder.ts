/** Turns texts into vectors of length one, in their order, so that nearness is the sum of products. */
export interface Embedder {
  /** Throws a ModelError, also for vectors that do not fit, and when `patience` ends. Never asks twice. */
  embed(texts: readonly string[], patience?: AbortSignal): Promise<Float32Array[]>;
}

const MOST_NUMBERS = 8192;

/** Vectors as a server sends them, checked: one for each text, numbers (or those in base64, little-endian floats), equally many. Throws otherwise. */
export function readVectors(given: readonly unknown[], count: number): Float32Array[] {
  const vectors = given.map(toUnit);
  const [first] = vectors;
  if (vectors.length !== count || vectors.some(({ length }) => length !== first?.length)) {
    throw new Error("one vector for each text was expected, all of one size");
  }
  return vectors;
}

function toUnit(given: unknown): Float32Array {
  const vector = numbersOf(given);
  const length = Math.hypot(...vector);
  if (vector.length === 0 || vector.length > MOST_NUMBERS || !Number.isFinite(length) || length === 0) {
    throw new Error("a vector is empty, too long, or no numbers");
  }
  return vector.map((number) => number / length);
}

function numbersOf(given: unknown): Float32Array {
  if (Array.isArray(given) && given.every((number) => typeof number === "number")) return Float32Array.from(given);
  if (typeof given !== "string") throw new Error("a vector was expected");
  const bytes = Buffer.from(given, "base64");
  if (bytes.length % 4 !== 0) throw new Error("a vector in base64 is cut");
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(i * 4));
}

export function nearness(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += (one[i] as number) * (other[i] as number);
  return sum;
}
