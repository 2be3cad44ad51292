import { crc32 } from "node:zlib";
import type { Cleaned } from "./cleaned.ts";
import { type Exif, orientationOnly, readExif } from "./exif.ts";

/** A piece of a PNG file ("Portable Network Graphics, Third Edition", 5.3); `whole` has length, type and checksum too. */
interface Chunk {
  type: string;
  data: Buffer;
  whole: Buffer;
}

const SIGNATURE_BYTES = 8;
const AROUND_DATA = 12;
const MAX_CHUNKS = 50_000;

/** What makes the picture and its colours, moving ones included. Texts, times, Exif and everything unknown are not here. */
const KEPT = new Set(
  `IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sRGB sBIT cICP mDCV cLLI bKGD hIST pHYs acTL fcTL fdAT`.split(" "),
);

/** A PNG of which only the picture, its colour profile and how it is to be turned are left. Undefined when it has no picture. */
export function cleanPng(bytes: Buffer): Cleaned | undefined {
  const kept: Buffer[] = [];
  let exif: Exif = {};
  let hasPicture = false;
  let count = 0;
  for (const { type, data, whole } of chunks(bytes)) {
    if (++count > MAX_CHUNKS) return undefined;
    if (type === "eXIf") exif = readExif(data);
    if (type === "IDAT") hasPicture = true;
    if (KEPT.has(type)) kept.push(whole);
  }
  const [header, ...rest] = kept;
  if (!header || !hasPicture) return undefined;
  const turned = exif.orientation ? [chunk("eXIf", orientationOnly(exif.orientation))] : [];
  const cleaned = Buffer.concat([bytes.subarray(0, SIGNATURE_BYTES), header, ...turned, ...rest]);
  return { bytes: cleaned, ...(exif.position ? { position: exif.position } : {}) };
}

/** Up to the end of the picture; what is appended after it does not come. A last chunk that is cut short comes as it is. */
function* chunks(bytes: Buffer): Generator<Chunk> {
  for (let at = SIGNATURE_BYTES; at + 8 <= bytes.length; ) {
    const type = bytes.toString("latin1", at + 4, at + 8);
    const end = at + AROUND_DATA + bytes.readUInt32BE(at);
    yield { type, data: bytes.subarray(at + 8, Math.max(at + 8, end - 4)), whole: bytes.subarray(at, end) };
    if (type === "IEND") return;
    at = end;
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}
