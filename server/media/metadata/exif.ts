import type { GeoPoint } from "../../../bots/model/index.ts";

/** The two facts that are wanted of a camera's notes ("Exif 2.32", 4.6: a TIFF file in small). */
export interface Exif {
  /** 1 to 8; absent where it is 1, the picture as it lies. */
  orientation?: number;
  position?: GeoPoint;
}

/** One fact of a directory: what type, how many of it, and where the value stands. */
interface Entry {
  type: number;
  count: number;
  at: number;
}

interface Tiff {
  bytes: Buffer;
  u16(at: number): number;
  u32(at: number): number;
}

const TAG = { orientation: 0x0112, gps: 0x8825 };
const GPS_TAG = { latitudeRef: 1, latitude: 2, longitudeRef: 3, longitude: 4 };
const SHORT = 3;
const RATIONAL = 5;
const TYPE_BYTES: Record<number, number> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8 };
const ENTRY_BYTES = 12;
/** "Exif" and two more bytes stand before the notes in some formats. */
const MARK_BYTES = 6;

/** Reads whatever it is given: what is cut short, points outside or makes no sense is simply not there. */
export function readExif(given: Buffer): Exif {
  const bytes = given.toString("latin1", 0, 4) === "Exif" ? given.subarray(MARK_BYTES) : given;
  const tiff = openTiff(bytes);
  if (!tiff) return {};
  const main = directory(tiff, tiff.u32(4));
  const gps = main.get(TAG.gps);
  const turned = main.get(TAG.orientation);
  const orientation = turned?.type === SHORT ? tiff.u16(turned.at) : 1;
  const position = gps && positionIn(tiff, directory(tiff, tiff.u32(gps.at)));
  return {
    ...(orientation >= 2 && orientation <= 8 ? { orientation } : {}),
    ...(position ? { position } : {}),
  };
}

/** The smallest notes that say how a picture is to be turned, and nothing else. */
export function orientationOnly(orientation: number): Buffer {
  const tiff = Buffer.from("4d4d002a00000008000101120003000000010000000000000000", "hex");
  tiff.writeUInt16BE(orientation, 18);
  return tiff;
}

/** Reading outside gives NaN, which no comparison holds for. */
function openTiff(bytes: Buffer): Tiff | undefined {
  const order = bytes.toString("latin1", 0, 2);
  if (order !== "II" && order !== "MM") return undefined;
  const little = order === "II";
  const inside = (at: number, size: number) => at >= 0 && at + size <= bytes.length;
  return {
    bytes,
    u16: (at) => (inside(at, 2) ? (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)) : Number.NaN),
    u32: (at) => (inside(at, 4) ? (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)) : Number.NaN),
  };
}

/** At most 65,535 entries, fewer where the bytes end; a value of more than four bytes stands elsewhere. */
function directory(tiff: Tiff, at: number): Map<number, Entry> {
  const entries = new Map<number, Entry>();
  const count = tiff.u16(at);
  for (let index = 0; index < count; index++) {
    const start = at + 2 + index * ENTRY_BYTES;
    if (!(start + ENTRY_BYTES <= tiff.bytes.length)) break;
    const type = tiff.u16(start + 2);
    const values = tiff.u32(start + 4);
    const isInline = (TYPE_BYTES[type] ?? 1) * values <= 4;
    entries.set(tiff.u16(start), { type, count: values, at: isInline ? start + 8 : tiff.u32(start + 8) });
  }
  return entries;
}

function positionIn(tiff: Tiff, gps: Map<number, Entry>): GeoPoint | undefined {
  const latitude = degrees(tiff, gps.get(GPS_TAG.latitude), gps.get(GPS_TAG.latitudeRef), "S");
  const longitude = degrees(tiff, gps.get(GPS_TAG.longitude), gps.get(GPS_TAG.longitudeRef), "W");
  return validPoint(latitude, longitude);
}

/** Undefined outside the globe, and for 0°/0°: what cameras write when they know nothing. */
export function validPoint(latitude: number, longitude: number): GeoPoint | undefined {
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return undefined;
  return latitude === 0 && longitude === 0 ? undefined : { latitude: rounded(latitude), longitude: rounded(longitude) };
}

/** A tenth of a metre; more digits are noise. */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

/** Degrees, minutes and seconds as three fractions; `negative` is the letter of the southern or western half. */
function degrees(tiff: Tiff, value: Entry | undefined, ref: Entry | undefined, negative: string): number {
  if (value?.type !== RATIONAL || value.count !== 3 || !ref) return Number.NaN;
  const [whole, minutes, seconds] = [0, 8, 16].map((offset) => fraction(tiff, value.at + offset)) as Triple;
  const sum = whole + (minutes || 0) / 60 + (seconds || 0) / 3600;
  return tiff.bytes[ref.at] === negative.charCodeAt(0) ? -sum : sum;
}

type Triple = [number, number, number];

const fraction = (tiff: Tiff, at: number): number => tiff.u32(at) / tiff.u32(at + 4);
