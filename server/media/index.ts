import { createHash } from "node:crypto";
import type { Media } from "../../bots/model/index.ts";
import type { Clock } from "../../bots/ports.ts";
import type { Seal } from "../store/seal.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";
import { safeFileName } from "./file-name.ts";
import { openFolder } from "./folder.ts";
import { type FileKind, kindOfFile, type Refusal } from "./kind.ts";
import { createMediaTable, type MediaOwner, type MediaRecord } from "./media-table.ts";
import type { Cleaned } from "./metadata/cleaned.ts";
import { withoutMetadata } from "./metadata/index.ts";

export { decodeFileName, safeFileName } from "./file-name.ts";
export { type Refusal, refusalText } from "./kind.ts";

export interface MediaStore {
  limits: MediaLimits;
  /** What `keep` would refuse, without keeping anything. */
  check(bytes: Uint8Array, name?: string): Promise<Refusal | undefined>;
  /**
   * Kept sealed and without the notes of the device that made it; durable when it answers. The same bytes from the same owner
   * are kept once, under whatever name they come.
   */
  keep(bytes: Uint8Array, options?: { name?: string; owner?: MediaOwner }): Promise<Media | { refused: Refusal }>;
  /** Seals what earlier versions kept open; answers how many files that were. Harmless to break off and to repeat. */
  sealOlder(): Promise<number>;
  /** Undefined when there is no upload of that id. The caller decides who may see it. */
  find(id: string): StoredMedia | undefined;
}

interface StoredMedia extends Pick<MediaRecord, "media" | "owner"> {
  /** Whole and authenticated. Rejects when the file is gone, was tampered with or belongs to another key. */
  bytes(): Promise<Buffer>;
}

export interface MediaLimits {
  maxBytes: number;
}

/** Uploads of citizens: sealed bytes in `dir` under random names, what is known of them in the database. */
export function createMediaStore(options: {
  dir: string;
  database: SqliteDatabase;
  seal: Seal;
  clock: Clock;
  newId(): string;
  limits?: Partial<MediaLimits>;
}): MediaStore {
  const { seal, clock, newId } = options;
  const limits = { maxBytes: 10 * 1024 * 1024, ...options.limits };
  const folder = openFolder(options.dir);
  const table = createMediaTable(options);

  async function inspect(bytes: Uint8Array, name: string | undefined): Promise<(FileKind & Cleaned) | Refusal> {
    if (bytes.length === 0) return "empty";
    if (bytes.length > limits.maxBytes) return "too-big";
    const kind = await kindOfFile(bytes, name);
    if (typeof kind === "string") return kind;
    const cleaned = withoutMetadata(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), kind.mimeType);
    return cleaned ? { ...kind, ...cleaned } : "broken";
  }

  async function bytesOf({ media, isSealed }: MediaRecord): Promise<Buffer> {
    const stored = await folder.read(media.id);
    return isSealed ? seal.openFile(stored, media.id) : cleanedOlder(stored, media);
  }

  async function sealOne({ media }: MediaRecord): Promise<void> {
    const stored = await folder.read(media.id);
    // An earlier attempt may have ended between file and row.
    const before = seal.opensFile(stored, media.id);
    const bytes = before ? seal.openFile(stored, media.id) : cleanedOlder(stored, media);
    if (!before) await folder.write(media.id, seal.closeFile(bytes, media.id));
    await table.markSealed(media.id, bytes.length);
  }

  return {
    limits,
    async check(bytes, name) {
      const found = await inspect(bytes, safeFileName(name));
      return typeof found === "string" ? found : undefined;
    },
    async keep(bytes, { name: given, owner } = {}) {
      const name = safeFileName(given);
      const found = await inspect(bytes, name);
      if (typeof found === "string") return { refused: found };
      const digest = seal.digest([owner?.channel, owner?.userId, hashOf(bytes)].join("\n"));
      const known = table.byDigest(digest);
      if (known) return renamed(known.media, name);
      const { bytes: cleaned, position, ...kind } = found;
      const media: Media = { id: newId(), ...kind, sizeBytes: cleaned.length, name, position };
      await folder.write(media.id, seal.closeFile(cleaned, media.id));
      const kept = await table
        .keep({ media, owner, isSealed: true }, digest, clock.now().toISOString())
        .catch(async (error: unknown) => {
          await folder.remove(media.id);
          throw error;
        });
      // The same upload was kept by another request at the same moment.
      if (kept.media.id !== media.id) await folder.remove(media.id);
      return renamed(kept.media, name);
    },
    async sealOlder() {
      const older = table.unsealed().filter(({ media }) => folder.has(media.id));
      for (const record of older) await sealOne(record);
      return older.length;
    },
    find(id) {
      const record = table.byId(id);
      return record && { media: record.media, owner: record.owner, bytes: () => bytesOf(record) };
    },
  };
}

/** What its camera had noted does not leave the house; a picture that cannot be taken apart comes as it lies. */
const cleanedOlder = (stored: Buffer, { mimeType }: Media): Buffer =>
  withoutMetadata(stored, mimeType)?.bytes ?? stored;

/** Shown under the name that it came with this time. */
const renamed = (media: Media, name: string | undefined): Media => (name === undefined ? media : { ...media, name });

const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
