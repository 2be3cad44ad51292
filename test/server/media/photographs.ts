import { crc32 } from "node:zlib";

/** What a camera notes beside a picture. Its maker is always "SecretCam", so that a test can look for it. */
export interface Notes {
  latitude?: number;
  longitude?: number;
  orientation?: number;
  littleEndian?: boolean;
}

export const MAKER = "SecretCam";

/** Exif as a TIFF file ("Exif 2.32", 4.6): maker, orientation, and the directory of the position. */
export function exif({ latitude, longitude, orientation = 1, littleEndian = false }: Notes): Buffer {
  const bytes = Buffer.alloc(200);
  const u16 = (value: number, at: number) =>
    littleEndian ? bytes.writeUInt16LE(value, at) : bytes.writeUInt16BE(value, at);
  const u32 = (value: number, at: number) =>
    littleEndian ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at);
  const entry = (at: number, tag: number, type: number, count: number) => {
    u16(tag, at);
    u16(type, at + 2);
    u32(count, at + 4);
    return at + 8;
  };
  const degrees = (value: number, at: number) => {
    const tenThousandths = Math.round(Math.abs(value) * 3600 * 10_000);
    const parts = [Math.floor(tenThousandths / 36_000_000), Math.floor(tenThousandths / 600_000) % 60];
    [...parts, tenThousandths % 600_000].forEach((part, index) => {
      u32(part, at + index * 8);
      u32(index === 2 ? 10_000 : 1, at + index * 8 + 4);
    });
  };
  bytes.write(littleEndian ? "II" : "MM", "latin1");
  u16(42, 2);
  u32(8, 4);
  u16(3, 8);
  u32(140, entry(10, 0x010f, 2, MAKER.length + 1));
  bytes.write(MAKER, 140, "latin1");
  u16(orientation, entry(22, 0x0112, 3, 1));
  u32(60, entry(34, 0x8825, 4, 1));
  if (latitude === undefined || longitude === undefined) return bytes;
  u16(4, 60);
  bytes.write(latitude < 0 ? "S" : "N", entry(62, 1, 2, 2), "latin1");
  u32(150, entry(74, 2, 5, 3));
  bytes.write(longitude < 0 ? "W" : "E", entry(86, 3, 2, 2), "latin1");
  u32(174, entry(98, 4, 5, 3));
  degrees(latitude, 150);
  degrees(longitude, 174);
  return bytes;
}

/** A segment of a JPEG: marker, length, body. */
export function segment(marker: number, ...parts: (Buffer | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

export const exifSegment = (notes: Notes): Buffer => segment(0xe1, "Exif\0\0", exif(notes));

/** What cameras and programs add: each of them names the maker or the photographer. */
export const jpegNotes: Record<string, Buffer> = {
  Exif: exifSegment({ latitude: 39.9962, longitude: 116.4803 }),
  XMP: segment(0xe1, "http://ns.adobe.com/xap/1.0/\0", `<x:xmpmeta>${MAKER}</x:xmpmeta>`),
  IPTC: segment(0xed, "Photoshop 3.0\0", "8BIM\x04\x04", MAKER),
  MPF: segment(0xe2, "MPF\0", MAKER),
  comment: segment(0xfe, `<script>${MAKER}</script>`),
  unknown: segment(0xeb, MAKER),
  "JFIF thumbnails": segment(0xe0, "JFXX\0", MAKER),
};

export const iccSegment = segment(0xe2, "ICC_PROFILE\0", Buffer.from([1, 1]), "the colours");
const JFIF = segment(0xe0, "JFIF\0", Buffer.from("010100000100010000", "hex"));
const TABLES = Buffer.concat([
  segment(0xdb, Buffer.alloc(65, 16)),
  segment(0xc0, Buffer.from("080001000101011100", "hex")),
]);
const SCAN = Buffer.concat([
  segment(0xda, Buffer.from("0101003f0000", "hex")),
  Buffer.from("d2cf00ff00ff00ffd0123456ffffd1", "hex"),
  // A second scan, as progressive pictures have them.
  segment(0xc4, Buffer.alloc(20, 1)),
  segment(0xda, Buffer.from("0101003f0000", "hex")),
  Buffer.from("ff00d2cf20", "hex"),
]);

/** A JPEG with these segments before its tables, and this after its end. */
export const jpegWith = (segments: Buffer[], after: Buffer | string = ""): Buffer =>
  Buffer.concat([
    Buffer.from("ffd8", "hex"),
    JFIF,
    ...segments,
    TABLES,
    SCAN,
    Buffer.from("ffd9", "hex"),
    Buffer.from(after),
  ]);

/** A chunk of a PNG: length, type, data, checksum. */
export function chunk(type: string, ...parts: (Buffer | string)[]): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), ...parts.map((part) => Buffer.from(part))]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length - 4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A PNG of one pixel with these chunks before the picture and before the end, and this after the end. */
export const pngWith = (before: Buffer[], behind: Buffer[] = [], after: Buffer | string = ""): Buffer =>
  Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", Buffer.from("00000001000000010806000000", "hex")),
    ...before,
    chunk("IDAT", Buffer.from("789c6360000002000001e221bc33", "hex")),
    ...behind,
    chunk("IEND"),
    Buffer.from(after),
  ]);

/** A chunk of a RIFF file, padded to an even length. */
export function riffChunk(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.from(`${type}\0\0\0\0`, "latin1");
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}

/** A WebP with these chunks; `flags` are those of VP8X (RFC 9649, 2.7). */
export function webpWith(flags: number, chunks: Buffer[]): Buffer {
  const extended = riffChunk("VP8X", Buffer.from([flags, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
  const body = Buffer.concat([Buffer.from("WEBP"), extended, ...chunks]);
  return Buffer.concat([riffChunk("RIFF", body)]);
}

/** A box of an ISO base media file. */
function box(type: string, ...parts: (Buffer | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const head = Buffer.from(`\0\0\0\0${type}`, "latin1");
  head.writeUInt32BE(body.length + 8);
  return Buffer.concat([head, body]);
}

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");

/** A HEIC with a picture, its Exif and its XMP as three items, and the picture's bytes at the end of the file. */
export function heicWith(notes: Notes): { file: Buffer; picture: Buffer } {
  const picture = Buffer.from("the picture's own bytes");
  const about = Buffer.concat([hex("00000006"), Buffer.from("Exif\0\0"), exif(notes)]);
  const xmp = Buffer.from(`<x:xmpmeta>${MAKER}</x:xmpmeta>`);
  const entry = (id: string, type: string) => box("infe", hex(`02000000 ${id} 0000`), type, "\0");
  const build = (at: number) => {
    const lie = (id: string, from: number, length: number) => {
      const numbers = Buffer.alloc(8);
      numbers.writeUInt32BE(from);
      numbers.writeUInt32BE(length, 4);
      return Buffer.concat([hex(`${id} 0000 0001`), numbers]);
    };
    const iloc = box(
      "iloc",
      hex("00000000 4400 0003"),
      lie("0001", at, picture.length),
      lie("0002", at + picture.length, about.length),
      lie("0003", at + picture.length + about.length, xmp.length),
    );
    const iinf = box("iinf", hex("00000000 0003"), entry("0001", "hvc1"), entry("0002", "Exif"), entry("0003", "mime"));
    const meta = box("meta", hex("00000000"), box("pitm", hex("00000000 0001")), iinf, iloc, box("uuid", MAKER));
    return Buffer.concat([box("ftyp", "heic", hex("00000000"), "mif1heic"), meta]);
  };
  const head = build(0).length + 8;
  return { file: Buffer.concat([build(head), box("mdat", picture, about, xmp), box("uuid", MAKER)]), picture };
}

/** A film with a track of pictures and one of notes, a place in `udta` and an Apple `meta` box. */
export function movieWith(place: string): { file: Buffer; film: Buffer } {
  const film = Buffer.from("frames of the film");
  const times = Buffer.concat([hex("00000000"), hex("e1e2e3e4 e1e2e3e4"), Buffer.alloc(8, 1)]);
  const track = (handler: string) =>
    box(
      "trak",
      box("tkhd", times),
      box("mdia", box("mdhd", times), box("hdlr", hex("00000000 00000000"), handler), box("minf", "tables")),
      box("udta", MAKER),
    );
  const moov = box(
    "moov",
    box("mvhd", times),
    track("vide"),
    track("meta"),
    box("udta", box("\xa9xyz", hex("0012 15c7"), place)),
    box("meta", "com.apple.quicktime.make", MAKER),
  );
  return { file: Buffer.concat([box("ftyp", "mp42", hex("00000000"), "isom"), moov, box("mdat", film)]), film };
}
