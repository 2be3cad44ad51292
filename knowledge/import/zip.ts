import { fromBufferPromise, type Entry as ZipEntry, type ZipFile } from "yauzl";
import { UnreadableFile } from "./fault.ts";
import type { Format } from "./formats.ts";
import type { ReadLimits } from "./limits.ts";

/** The parts of an office file. Everything inflated counts against the limits, whatever the archive declares. */
export interface Archive {
  names: string[];
  /** The inflated bytes of a part as they come; nothing where there is no such part. Throws UnreadableFile. */
  stream(name: string): AsyncGenerator<Buffer>;
  /** A whole part. */
  read(name: string): Promise<Buffer | undefined>;
}

/** Small parts may be packed very well without harm. */
const RATIO_COUNTS_FROM = 10 * 1024 * 1024;

/** Opens a zip archive. Throws UnreadableFile when it is cut off, locked, or has too many parts. */
export async function openArchive(bytes: Uint8Array, format: Format, limits: ReadLimits): Promise<Archive> {
  const damaged = (cause: unknown): UnreadableFile => {
    if (cause instanceof UnreadableFile) return cause;
    // yauzl's words for a part that is larger than the archive says.
    const isLying = cause instanceof Error && cause.message.startsWith("too many bytes");
    return new UnreadableFile(isLying ? { kind: "bomb" } : { kind: "damaged", format }, { cause });
  };
  let inflated = 0;
  const zip = await openZip(bytes).catch((cause: unknown) => {
    throw damaged(cause);
  });
  const entries = await listEntries(zip, limits).catch((cause: unknown) => {
    throw damaged(cause);
  });

  async function* stream(name: string): AsyncGenerator<Buffer> {
    const entry = entries.get(name);
    if (!entry) return;
    if (entry.isEncrypted()) throw new UnreadableFile({ kind: "password" });
    let size = 0;
    try {
      for await (const chunk of await zip.openReadStreamPromise(entry)) {
        const part = chunk as Buffer;
        size += part.length;
        inflated += part.length;
        const isSwollen = size > RATIO_COUNTS_FROM && size > entry.compressedSize * limits.zipRatio;
        if (size > limits.zipEntryBytes || inflated > limits.zipBytes || isSwollen) {
          throw new UnreadableFile({ kind: "bomb" });
        }
        yield part;
      }
    } catch (cause) {
      throw damaged(cause);
    }
  }

  return {
    names: [...entries.keys()],
    stream,
    async read(name) {
      if (!entries.has(name)) return undefined;
      const chunks: Buffer[] = [];
      for await (const chunk of stream(name)) chunks.push(chunk);
      return Buffer.concat(chunks);
    },
  };
}

const openZip = (bytes: Uint8Array): Promise<ZipFile> =>
  fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { lazyEntries: true });

async function listEntries(zip: ZipFile, limits: ReadLimits): Promise<Map<string, ZipEntry>> {
  if (zip.entryCount > limits.zipEntries) throw new UnreadableFile({ kind: "bomb" });
  const entries = new Map<string, ZipEntry>();
  for await (const entry of zip.eachEntry()) {
    if (entries.size >= limits.zipEntries) throw new UnreadableFile({ kind: "bomb" });
    // Two parts of one name: readers would not agree on which of them counts.
    if (entries.has(entry.fileName)) throw new UnreadableFile({ kind: "bomb" });
    entries.set(entry.fileName, entry);
  }
  return entries;
}
