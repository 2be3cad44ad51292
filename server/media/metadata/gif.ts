import type { Cleaned } from "./cleaned.ts";

const IMAGE = 0x2c;
const EXTENSION = 0x21;
const GRAPHIC_CONTROL = 0xf9;
const APPLICATION = 0xff;
const END = 0x3b;
const SCREEN_BYTES = 13;
const MAX_BLOCKS = 50_000;
/** How often a moving picture is repeated, and its colour profile. XMP comes under another name. */
const KEPT_APPLICATIONS = new Set(["NETSCAPE2.0", "ANIMEXTS1.0", "ICCRGBG1012"]);

/** A GIF ("GIF89a Specification") without comments, XMP and what follows its end. Undefined when it has no picture. */
export function cleanGif(bytes: Buffer): Cleaned | undefined {
  if (bytes.length < SCREEN_BYTES) return undefined;
  const start = SCREEN_BYTES + colours(bytes[10] as number);
  const kept = [bytes.subarray(0, start)];
  let hasPicture = false;
  let count = 0;
  for (const block of blocks(bytes, start)) {
    if (++count > MAX_BLOCKS) return undefined;
    hasPicture ||= block[0] === IMAGE;
    if (isKept(block)) kept.push(block);
  }
  return hasPicture ? { bytes: Buffer.concat(kept) } : undefined;
}

/** Up to the end of the picture, its last byte included. */
function* blocks(bytes: Buffer, from: number): Generator<Buffer> {
  for (let at = from; at < bytes.length; ) {
    const kind = bytes[at] as number;
    if (kind === END) yield bytes.subarray(at, at + 1);
    if (kind !== IMAGE && kind !== EXTENSION) return;
    const end = kind === IMAGE ? endOfPicture(bytes, at) : endOfParts(bytes, at + 2);
    yield bytes.subarray(at, end);
    at = end;
  }
}

/** Bytes of the colour table that the flags announce. */
const colours = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 0x07) + 1) : 0);

function isKept(block: Buffer): boolean {
  const [kind, label] = block;
  if (kind !== EXTENSION || label === GRAPHIC_CONTROL) return true;
  return label === APPLICATION && KEPT_APPLICATIONS.has(block.toString("latin1", 3, 14));
}

const endOfPicture = (bytes: Buffer, at: number): number => endOfParts(bytes, at + 11 + colours(bytes[at + 9] ?? 0));

/** Data come in parts of at most 255 bytes, up to an empty one. */
function endOfParts(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== 0) at += 1 + (bytes[at] as number);
  return Math.min(at + 1, bytes.length);
}
