import { open, rename, rm } from "node:fs/promises";
import { crc32 } from "node:zlib";

/** Arrays of numbers that lie in a file as they do in memory. */
type Numbers = Uint8Array | Uint16Array | Uint32Array | Float32Array;

/** One piece of a bundle: something small for JSON, and arrays by name. */
export interface Section {
  json: unknown;
  arrays: Record<string, Numbers>;
}

const KINDS = { Uint8Array, Uint16Array, Uint32Array, Float32Array };
type Kind = keyof typeof KINDS;

interface Head {
  json: unknown;
  arrays: [name: string, kind: Kind, length: number][];
}

/** Everything begins at a multiple of this, so that arrays can be used where they lie. */
const GRAIN = 8;
const roundUp = (bytes: number): number => Math.ceil(bytes / GRAIN) * GRAIN;

/** What a file consists of, one section after the other: length of its head, head, arrays. */
function* piecesOf({ json, arrays }: Section): Generator<Uint8Array> {
  const entries = Object.entries(arrays);
  const head: Head = {
    json,
    arrays: entries.map(([name, numbers]) => [name, numbers.constructor.name as Kind, numbers.length]),
  };
  const text = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(GRAIN);
  length.writeUInt32LE(text.length);
  yield length;
  yield* padded(text);
  for (const [, { buffer, byteOffset, byteLength }] of entries) {
    yield* padded(new Uint8Array(buffer, byteOffset, byteLength));
  }
}

function* padded(bytes: Uint8Array): Generator<Uint8Array> {
  yield bytes;
  const rest = roundUp(bytes.length) - bytes.length;
  if (rest > 0) yield new Uint8Array(rest);
}

/** Bytes written and reckoned at once: some milliseconds of work, then others get their turn. */
const CHUNK = 4 * 2 ** 20;

/**
 * Writes the sections into `file`, which then stands there whole or, when it fails, as it was: they go to another file first, which takes its place.
 * Of several writers the last one wins. The sections are asked for one by one; their arrays must not change meanwhile.
 */
export async function writeBundle(file: string, sections: Iterable<Section>): Promise<void> {
  const draft = `${file}.${process.pid}-${Math.random().toString(36).slice(2)}.tmp`;
  try {
    const handle = await open(draft, "wx");
    try {
      let sum = 0;
      for (const section of sections) {
        for (const piece of piecesOf(section)) {
          for (let start = 0; start < piece.length; start += CHUNK) {
            const chunk = piece.subarray(start, start + CHUNK);
            sum = crc32(chunk, sum);
            await handle.write(chunk);
          }
        }
      }
      const trailer = Buffer.alloc(GRAIN);
      trailer.writeUInt32LE(sum);
      await handle.write(trailer);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** The sections of a file; `undefined` when there is none. Throws when it is damaged. The arrays lie in one piece of memory of their own. */
export async function readBundle(file: string): Promise<Section[] | undefined> {
  const bytes = await readWhole(file);
  if (!bytes) return undefined;
  const end = bytes.length - GRAIN;
  if (end < 0 || bytes.length % GRAIN !== 0) throw new Error("it is cut off");
  const view = new DataView(bytes.buffer);
  if (crc32(bytes.subarray(0, end)) !== view.getUint32(end, true)) throw new Error("its checksum is wrong");
  const sections: Section[] = [];
  for (let at = 0; at < end; ) {
    const length = view.getUint32(at, true);
    at += GRAIN;
    const head = JSON.parse(Buffer.from(bytes.buffer, at, length).toString()) as Head;
    at += roundUp(length);
    const arrays: Record<string, Numbers> = {};
    for (const [name, kind, count] of head.arrays) {
      const numbers = new KINDS[kind](bytes.buffer, at, count);
      arrays[name] = numbers;
      at += roundUp(numbers.byteLength);
    }
    sections.push({ json: head.json, arrays });
  }
  return sections;
}

async function readWhole(file: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const handle = await open(file, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (!handle) return undefined;
  try {
    const { size } = await handle.stat();
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; ) {
      const { bytesRead } = await handle.read(bytes, at, size - at, at);
      if (bytesRead === 0) throw new Error("it is cut off");
      at += bytesRead;
    }
    return bytes;
  } finally {
    await handle.close();
  }
}
