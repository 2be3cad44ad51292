import type { Cleaned } from "./cleaned.ts";
import { type Exif, orientationOnly, readExif } from "./exif.ts";

/** A piece of a WebP file (RFC 9649, 2.3). */
interface Chunk {
  type: string;
  body: Buffer;
}

const HEAD_BYTES = 12;
const FRAME_HEAD_BYTES = 16;
const MAX_CHUNKS = 20_000;
const PICTURE = new Set(["VP8 ", "VP8L", "ANMF"]);
const IN_FRAME = new Set(["ALPH", "VP8 ", "VP8L"]);
const KEPT = new Set([...PICTURE, ...IN_FRAME, "VP8X", "ANIM", "ICCP"]);
const FLAG = { exif: 0x08, xmp: 0x04 };

/** A WebP of which only the picture, its colour profile and how it is to be turned are left. Undefined when it has no picture. */
export function cleanWebp(bytes: Buffer): Cleaned | undefined {
  const all = chunks(bytes, HEAD_BYTES, Math.min(bytes.length, 8 + size(bytes, 4)));
  if (!all?.some(({ type }) => PICTURE.has(type))) return undefined;
  const noted = all.find(({ type }) => type === "EXIF");
  const { orientation, position }: Exif = noted ? readExif(noted.body) : {};
  const isExtended = all[0]?.type === "VP8X";
  const kept = all.flatMap((each) => keep(each, orientation !== undefined));
  if (orientation !== undefined && isExtended) kept.push(written("EXIF", orientationOnly(orientation)));
  const body = Buffer.concat(kept);
  return { bytes: Buffer.concat([head(body.length), body]), ...(position ? { position } : {}) };
}

function keep({ type, body }: Chunk, isTurned: boolean): Buffer[] {
  if (!KEPT.has(type)) return [];
  if (type === "VP8X") {
    const flags = Buffer.from(body);
    if (flags.length > 0) flags[0] = ((flags[0] as number) & ~(FLAG.exif | FLAG.xmp)) | (isTurned ? FLAG.exif : 0);
    return [written(type, flags)];
  }
  if (type !== "ANMF") return [written(type, body)];
  const frame = chunks(body, FRAME_HEAD_BYTES, body.length) ?? [];
  const inside = frame.filter((each) => IN_FRAME.has(each.type)).map((each) => written(each.type, each.body));
  return [written(type, Buffer.concat([body.subarray(0, FRAME_HEAD_BYTES), ...inside]))];
}

/** Undefined for a file that is nothing but heads. A last chunk that is cut short comes with what there is of it. */
function chunks(bytes: Buffer, from: number, to: number): Chunk[] | undefined {
  const found: Chunk[] = [];
  for (let at = from; at + 8 <= to; ) {
    const length = size(bytes, at + 4);
    const end = at + 8 + length;
    found.push({ type: bytes.toString("latin1", at, at + 4), body: bytes.subarray(at + 8, Math.min(end, to)) });
    if (found.length > MAX_CHUNKS) return undefined;
    at = end + (length % 2);
  }
  return found;
}

function head(bodyBytes: number): Buffer {
  const riff = Buffer.from("RIFF\0\0\0\0WEBP", "latin1");
  riff.writeUInt32LE(bodyBytes + 4, 4);
  return riff;
}

function written(type: string, body: Buffer): Buffer {
  const start = Buffer.from(`${type}\0\0\0\0`, "latin1");
  start.writeUInt32LE(body.length, 4);
  return Buffer.concat([start, body, Buffer.alloc(body.length % 2)]);
}

const size = (bytes: Buffer, at: number): number => (at + 4 <= bytes.length ? bytes.readUInt32LE(at) : 0);
