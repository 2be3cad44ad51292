import { boxesIn } from "./boxes.ts";

/** Something kept in a HEIC file: a picture, a part of one, or notes; with the bytes it owns, as views into the file. */
export interface Item {
  id: number;
  stretches: Buffer[];
}

/** Large pictures are put together from some hundreds of tiles. */
const MAX_STRETCHES = 5_000;
const IN_DATA_BOX = 1;

/** What each item is, by its number: the entries of `iinf` (ISO/IEC 14496-12, 8.11.6). */
export function itemTypes(iinf: Buffer): Map<number, string> {
  const types = new Map<number, string>();
  for (const { type, body: entry } of boxesIn(iinf.subarray(iinf[0] === 0 ? 6 : 8))) {
    const at = entry[0] === 3 ? 10 : 8;
    if (type !== "infe" || entry.length < at + 4) continue;
    types.set(entry[0] === 3 ? entry.readUInt32BE(4) : entry.readUInt16BE(4), entry.toString("latin1", at, at + 4));
  }
  return types;
}

/** Where each item lies: `iloc` (ISO/IEC 14496-12, 8.11.3). Undefined when the box is cut short or points outside. */
export function itemsIn(iloc: Buffer, file: Buffer, dataBox: Buffer | undefined): Item[] | undefined {
  const next = reader(iloc);
  const version = next(1);
  next(3);
  const [sizes, more] = [next(1), next(1)];
  const layout: Layout = { next, offset: sizes >> 4, length: sizes & 15, base: more >> 4, index: 0 };
  if (version > 0) layout.index = more & 15;
  const count = next(version < 2 ? 2 : 4);
  const items: Item[] = [];
  for (let index = 0, total = 0; index < count; index++) {
    const id = next(version < 2 ? 2 : 4);
    const source = version > 0 && (next(2) & 15) === IN_DATA_BOX ? dataBox : file;
    const stretches = source && stretchesIn(source, layout, MAX_STRETCHES - total);
    if (!stretches) return undefined;
    total += stretches.length + 1;
    items.push({ id, stretches });
  }
  return items;
}

/** How many bytes each number of an item takes. */
interface Layout {
  next(size: number): number;
  offset: number;
  length: number;
  base: number;
  index: number;
}

function stretchesIn(source: Buffer, { next, ...sizes }: Layout, most: number): Buffer[] | undefined {
  next(2);
  const base = next(sizes.base);
  const count = next(2);
  if (!(count < most)) return undefined;
  const stretches: Buffer[] = [];
  for (let index = 0; index < count; index++) {
    next(sizes.index);
    const from = base + next(sizes.offset);
    const length = next(sizes.length);
    if (!(from + length <= source.length)) return undefined;
    // Without a length it is everything from there on.
    stretches.push(source.subarray(from, length === 0 ? source.length : from + length));
  }
  return stretches;
}

/** Reads numbers of 0 to 8 bytes one after the other; beyond the end it reads NaN. */
function reader(bytes: Buffer): (size: number) => number {
  let at = 0;
  return (size) => {
    if (size === 0) return 0;
    const from = at;
    at += size;
    if (at > bytes.length) return Number.NaN;
    return size <= 6 ? bytes.readUIntBE(from, size) : Number(bytes.readBigUInt64BE(from));
  };
}
