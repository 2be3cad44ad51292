import type { Cleaned } from "./cleaned.ts";
import { type Exif, orientationOnly, readExif } from "./exif.ts";

/** A piece of a JPEG file ("ITU-T T.81", annex B). `whole` has the marker and, after a scan's header, the scan. */
interface Segment {
  marker: number;
  body: Buffer;
  whole: Buffer;
}

const SOI = Buffer.from([0xff, 0xd8]);
const EOI = Buffer.from([0xff, 0xd9]);
const SCAN = 0xda;
const APP = { jfif: 0xe0, exif: 0xe1, icc: 0xe2, adobe: 0xee };
/** Real pictures have some dozens, large progressive ones some hundreds. */
const MAX_SEGMENTS = 10_000;

/**
 * A JPEG of which only the picture is left: its tables and scans, the colour profile, and how it is to be turned. Notes of the
 * camera (Exif, XMP, IPTC, MPF), comments, thumbnails and whatever is appended after the end are not copied. Undefined when
 * there is no picture in it.
 */
export function cleanJpeg(bytes: Buffer): Cleaned | undefined {
  const kept: Buffer[] = [];
  let exif: Exif = {};
  let hasScan = false;
  let count = 0;
  for (const segment of segments(bytes)) {
    if (++count > MAX_SEGMENTS) return undefined;
    if (segment.marker === APP.exif && startsWith(segment.body, "Exif\0"))
      exif = { ...exif, ...readExif(segment.body) };
    if (segment.marker === SCAN) hasScan = true;
    const part = keep(segment);
    if (part) kept.push(part);
  }
  if (!hasScan) return undefined;
  const turned = exif.orientation ? [app(APP.exif, Buffer.from("Exif\0\0"), orientationOnly(exif.orientation))] : [];
  return {
    bytes: Buffer.concat([SOI, ...turned, ...kept, EOI]),
    ...(exif.position ? { position: exif.position } : {}),
  };
}

/** Undefined for what is left out. Application segments are let through by name, so that what nobody knows stays out. */
function keep({ marker, body, whole }: Segment): Buffer | undefined {
  if (marker >= 0xc0 && marker <= 0xdf) return whole;
  if (marker === APP.icc && startsWith(body, "ICC_PROFILE\0")) return whole;
  // Twelve bytes of density, without the thumbnail that may follow.
  if (marker === APP.jfif && startsWith(body, "JFIF\0")) return app(marker, padded(body, 12), Buffer.alloc(2));
  if (marker === APP.adobe && startsWith(body, "Adobe")) return app(marker, padded(body, 12));
  return undefined;
}

/** Ends quietly where the file is cut short. */
function* segments(bytes: Buffer): Generator<Segment> {
  for (let at = markerFrom(bytes, SOI.length); at < bytes.length; ) {
    const marker = bytes[at + 1] as number;
    const bodyEnd = at + 2 + lengthAt(bytes, at);
    if (marker === EOI[1] || !(bodyEnd <= bytes.length)) return;
    const end = markerFrom(bytes, bodyEnd);
    const whole = bytes.subarray(at, marker === SCAN ? end : bodyEnd);
    yield { marker, body: bytes.subarray(at + 4, bodyEnd), whole };
    at = end;
  }
}

/** Of a segment with its two bytes of length; NaN where it has none that makes sense. */
function lengthAt(bytes: Buffer, at: number): number {
  const length = at + 4 <= bytes.length ? bytes.readUInt16BE(at + 2) : 0;
  return length >= 2 ? length : Number.NaN;
}

/** Where the next segment begins. Inside a scan, ff00 is the byte ff and the restart markers ffd0 to ffd7 belong to it. */
function markerFrom(bytes: Buffer, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    if (bytes[at] !== 0xff) continue;
    const next = bytes[at + 1] as number;
    if (next >= 0xc0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd8)) return at;
  }
  return bytes.length;
}

function app(marker: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

const startsWith = (body: Buffer, name: string): boolean => body.toString("latin1", 0, name.length) === name;

const padded = (body: Buffer, length: number): Buffer => Buffer.concat([body.subarray(0, length)], length);
