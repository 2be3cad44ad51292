import { createHash } from "node:crypto";

const SIZE = 256;

/** What a helpful embedding model does, in small: texts of the same characters and pairs lie near each other. `same`: words that mean the same. */
export function meaningOf(text: string, same: readonly (readonly [string, string])[] = []): number[] {
  const plain = same.reduce((words, [from, to]) => words.replaceAll(from, to), text).replace(/[^\p{L}\p{N}]/gu, "");
  const vector = new Array<number>(SIZE).fill(0.001);
  for (let i = 1; i < plain.length; i++) {
    const place =
      createHash("md5")
        .update(plain.slice(i - 1, i + 1))
        .digest()
        .readUInt16LE(0) % SIZE;
    vector[place] = (vector[place] as number) + 1;
  }
  return vector;
}

/** Numbers that have nothing to do with what the text says, the same ones each time. */
export function noiseOf(text: string): number[] {
  const bytes = Array.from({ length: 4 }, (_, i) => [...createHash("sha512").update(`${i}${text}`).digest()]).flat();
  return bytes.map((byte) => byte - 127.5);
}
