import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { ConversationRef, Media, MediaType } from "../../bots/model/index.ts";
import type { Clock } from "../../bots/ports.ts";
import type { Seal } from "../store/seal.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";
import { safeFileName } from "./file-name.ts";
import { kindOfFile, type Refusal } from "./kind.ts";

export { decodeFileName, safeFileName } from "./file-name.ts";
export { type Refusal, refusalText } from "./kind.ts";

/** Whose upload it is; only they, and the staff, see it again. */
type MediaOwner = Pick<ConversationRef, "channel" | "userId">;

export interface MediaStore {
  limits: MediaLimits;
  /** What `keep` would refuse, without keeping anything. */
  check(bytes: Uint8Array, name?: string): Promise<Refusal | undefined>;
  /** Durable when it answers. The same bytes under the same name from the same owner are kept once. */
  keep(bytes: Uint8Array, options?: { name?: string; owner?: MediaOwner }): Promise<Media | { refused: Refusal }>;
  /** Undefined when there is no upload of that id. The caller decides who may see it, and reads or destroys the stream. */
  read(id: string): Promise<StoredMedia | undefined>;
}

interface StoredMedia {
  media: Media;
  owner: MediaOwner | undefined;
  stream: Readable;
}

export interface MediaLimits {
  maxBytes: number;
}

interface Row {
  id: string;
  channel: ConversationRef["channel"] | null;
  user_id: string | null;
  media_type: MediaType;
  mime_type: string;
  size_bytes: number;
  name: Buffer | null;
}

/** Uploads of citizens: bytes in `dir` under random names, what is known of them in the database. */
export function createMediaStore(options: {
  dir: string;
  database: SqliteDatabase;
  seal: Seal;
  clock: Clock;
  newId(): string;
  limits?: Partial<MediaLimits>;
}): MediaStore {
  const { dir, database, seal, clock, newId } = options;
  const limits = { maxBytes: 10 * 1024 * 1024, ...options.limits };
  const sql = prepare(database);

  async function inspect(bytes: Uint8Array, name: string | undefined) {
    if (bytes.length === 0) return "empty" as const;
    return bytes.length > limits.maxBytes ? ("too-big" as const) : kindOfFile(bytes, name);
  }

  const mediaOf = (row: Row): Media => ({
    id: row.id,
    mediaType: row.media_type,
    mimeType: row.mime_type,
    sizeBytes: row.size_bytes,
    name: row.name ? seal.open(row.name) : undefined,
  });

  return {
    limits,
    async check(bytes, name) {
      const kind = await inspect(bytes, safeFileName(name));
      return typeof kind === "string" ? kind : undefined;
    },
    async keep(bytes, { name, owner } = {}) {
      const shown = safeFileName(name);
      const kind = await inspect(bytes, shown);
      if (typeof kind === "string") return { refused: kind };
      const digest = seal.digest([owner?.channel, owner?.userId, shown, hashOf(bytes)].join("\n"));
      const known = sql.byDigest.get(digest);
      if (known) return mediaOf(known);
      const id = newId();
      await writeDurably(dir, id, bytes);
      const about = [
        owner?.channel ?? null,
        owner?.userId ?? null,
        kind.mediaType,
        kind.mimeType,
        bytes.length,
      ] as const;
      const sealedName = shown === undefined ? null : seal.close(shown);
      const keepRow = () => {
        sql.keep.run(id, ...about, sealedName, digest, clock.now().toISOString());
        return sql.byDigest.get(digest) as Row;
      };
      const row = await database.write(keepRow).catch(async (error: unknown) => {
        await rm(join(dir, id), { force: true });
        throw error;
      });
      // The same upload was kept by another request at the same moment.
      if (row.id !== id) await rm(join(dir, id), { force: true });
      return mediaOf(row);
    },
    async read(id) {
      const row = sql.byId.get(id);
      if (!row) return undefined;
      const owner = row.channel && row.user_id ? { channel: row.channel, userId: row.user_id } : undefined;
      return { media: mediaOf(row), owner, stream: createReadStream(join(dir, row.id)) };
    },
  };
}

type KeepValues = [string, string | null, string | null, string, string, number, Buffer | null, string, string];

function prepare({ raw }: SqliteDatabase) {
  return {
    keep: raw.prepare<KeepValues>(
      `INSERT INTO media (id, channel, user_id, media_type, mime_type, size_bytes, name, digest, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (digest) DO NOTHING`,
    ),
    byDigest: raw.prepare<[string], Row>("SELECT * FROM media WHERE digest = ?"),
    byId: raw.prepare<[string], Row>("SELECT * FROM media WHERE id = ?"),
  };
}

const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Complete under its name or not there at all, also after a power cut: the folder's entry is synced as well. */
async function writeDurably(dir: string, id: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const partial = join(dir, `${id}.part`);
  try {
    const file = await open(partial, "w", 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, join(dir, id));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  const folder = await open(dir, "r");
  await folder.sync().finally(() => folder.close());
}
