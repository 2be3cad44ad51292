import { createHash } from "node:crypto";

const MARK_LENGTH = 16;

/**
 * Somebody else's words between two equal lines that the words themselves cannot contain: the mark is made from them, so nobody can write
 * it beforehand to end the block early.
 */
export function quoted(words: string): string {
  const mark = `=====${createHash("sha256").update(words).digest("hex").slice(0, MARK_LENGTH)}=====`;
  return `${mark}\n${words}\n${mark}`;
}
