import { type Box, blank, boxesIn, boxNamed } from "./boxes.ts";
import type { Cleaned } from "./cleaned.ts";
import { readExif } from "./exif.ts";
import { type Item, itemsIn, itemTypes } from "./heic-items.ts";

/** What pictures are made of (ISO/IEC 23008-12); whatever else is kept as an item (Exif, XMP) is emptied. */
const PICTURES = new Set("hvc1 hvc2 lhv1 av01 avc1 vvc1 jpeg j2k1 grid iovl iden tmap unci mski".split(" "));
const FILE_BOXES = new Set("ftyp meta mdat moov".split(" "));
const META_BOXES = new Set("hdlr pitm iinf iref iprp idat iloc dinf grpl ipro".split(" "));
const DATA_BOXES = new Set(["mdat", "idat"]);
/** FullBox: version and flags come before the boxes inside. */
const FULL_BOX_BYTES = 4;

/**
 * A HEIC picture with its Exif and XMP filled with zeros where they lie: nothing moves, and how it is turned is said elsewhere
 * in it. Undefined when it cannot be read what belongs to the picture and what does not.
 */
export function cleanHeic(given: Buffer): Cleaned | undefined {
  const bytes = Buffer.from(given);
  blankUnless(FILE_BOXES, bytes);
  const meta = boxNamed("meta", bytes)?.body.subarray(FULL_BOX_BYTES);
  if (!meta) return { bytes };
  blankUnless(META_BOXES, meta);
  const [iinf, iloc] = [boxNamed("iinf", meta), boxNamed("iloc", meta)];
  if (!iinf || !iloc) return undefined;
  const types = itemTypes(iinf.body);
  const dataBox = boxNamed("idat", meta);
  const items = itemsIn(iloc.body, bytes, dataBox?.body);
  const notes = items?.filter(({ id }) => !PICTURES.has(types.get(id) ?? ""));
  const data = [...boxesIn(bytes), ...(dataBox ? [dataBox] : [])].filter(({ type }) => DATA_BOXES.has(type));
  if (!notes || !isPlausible(notes, data)) return undefined;
  const position = positionIn(notes.filter(({ id }) => types.get(id) === "Exif"));
  for (const { stretches } of notes) for (const stretch of stretches) stretch.fill(0);
  return { bytes, ...(position ? { position } : {}) };
}

function blankUnless(needed: ReadonlySet<string>, parent: Buffer): void {
  for (const box of boxesIn(parent)) if (!needed.has(box.type)) blank(box);
}

/** Notes lie among the data and not over one another again and again; anything else would empty what it should not. */
function isPlausible(notes: Item[], data: Box[]): boolean {
  const stretches = notes.flatMap((item) => item.stretches);
  const isAmong = (stretch: Buffer) => data.some(({ body }) => isWithin(stretch, body));
  return stretches.every(isAmong) && totalOf(stretches) <= totalOf(data.map(({ body }) => body));
}

const isWithin = (part: Buffer, whole: Buffer): boolean =>
  part.byteOffset >= whole.byteOffset && part.byteOffset + part.length <= whole.byteOffset + whole.length;

const totalOf = (parts: Buffer[]): number => parts.reduce((sum, part) => sum + part.length, 0);

/** The notes begin after as many bytes as their first four say. */
function positionIn(exif: Item[]): Cleaned["position"] {
  for (const { stretches } of exif) {
    const [first] = stretches;
    const position = first && first.length > 4 && readExif(first.subarray(4 + first.readUInt32BE(0))).position;
    if (position) return position;
  }
  return undefined;
}
