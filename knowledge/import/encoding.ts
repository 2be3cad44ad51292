import { UnreadableFile } from "./fault.ts";

/** The encodings that files come in here. GB18030 holds all of GBK and GB 2312. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "gb18030";

/** How many bytes are looked at to tell UTF-16 without a mark. */
const SAMPLE = 4_096;

/** The text of a file, its byte order mark taken away. Throws UnreadableFile where no encoding reads it without a fault. */
export function decodeText(bytes: Uint8Array): { text: string; encoding: Encoding } {
  const marked = byMark(bytes);
  const candidates: Encoding[] = marked ? [marked] : [...byZeros(bytes), "utf-8", "gb18030"];
  for (const encoding of candidates) {
    const text = decode(bytes, encoding);
    if (text !== undefined && !isBinary(text)) return { text, encoding };
  }
  throw new UnreadableFile({ kind: "encoding" });
}

function byMark([a, b, c]: Uint8Array): Encoding | undefined {
  if (a === 0xef && b === 0xbb && c === 0xbf) return "utf-8";
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  return undefined;
}

/** ASCII in UTF-16 has a zero in every other byte; no other text has zeros at all. */
function byZeros(bytes: Uint8Array): Encoding[] {
  const zeros = [0, 0];
  for (const [i, byte] of bytes.subarray(0, SAMPLE).entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (even + odd === 0) return [];
  return even > odd ? ["utf-16be"] : ["utf-16le"];
}

function decode(bytes: Uint8Array, encoding: Encoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Control characters that no text has: what was decoded is not text. */
const isBinary = (text: string): boolean => /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text.slice(0, 100_000));
