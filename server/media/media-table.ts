import type { ConversationRef, GeoPoint, Media, MediaType } from "../../bots/model/index.ts";
import type { Seal } from "../store/seal.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";

/** Whose upload it is; only they, and the staff, see it again. */
export type MediaOwner = Pick<ConversationRef, "channel" | "userId">;

/** What is known of an upload besides its bytes. */
export interface MediaRecord {
  media: Media;
  owner: MediaOwner | undefined;
  /** False for files from before uploads were sealed. */
  isSealed: boolean;
}

export interface MediaTable {
  byId(id: string): MediaRecord | undefined;
  /** By the keyed digest of owner and bytes. */
  byDigest(digest: string): MediaRecord | undefined;
  /** What is kept under the digest afterwards: the given one, or the one that was there first. */
  keep(record: MediaRecord, digest: string, at: string): Promise<MediaRecord>;
  /** Files that lie open, from before uploads were sealed. */
  unsealed(): MediaRecord[];
  /** The file has been cleaned and sealed where it lies. */
  markSealed(id: string, sizeBytes: number): Promise<void>;
}

interface Row {
  id: string;
  channel: ConversationRef["channel"] | null;
  user_id: string | null;
  media_type: MediaType;
  mime_type: string;
  size_bytes: number;
  name: Buffer | null;
  sealed: number;
  position: Buffer | null;
}

export function createMediaTable({ database, seal }: { database: SqliteDatabase; seal: Seal }): MediaTable {
  const { raw } = database;
  const byId = raw.prepare<[string], Row>("SELECT * FROM media WHERE id = ?");
  const byDigest = raw.prepare<[string], Row>("SELECT * FROM media WHERE digest = ?");
  const insert = raw.prepare(
    `INSERT INTO media (id, channel, user_id, media_type, mime_type, size_bytes, name, position, sealed, digest, created_at)
     VALUES (@id, @channel, @user_id, @media_type, @mime_type, @size_bytes, @name, @position, @sealed, @digest, @created_at)
     ON CONFLICT (digest) DO NOTHING`,
  );
  const unsealed = raw.prepare<[], Row>("SELECT * FROM media WHERE sealed = 0");
  const mark = raw.prepare("UPDATE media SET sealed = 1, size_bytes = ? WHERE id = ?");
  const read = (row: Row | undefined) => row && fromRow(row, seal);
  return {
    byId: (id) => read(byId.get(id)),
    byDigest: (digest) => read(byDigest.get(digest)),
    keep: (record, digest, at) =>
      database.write(() => {
        insert.run({ ...toRow(record, seal), digest, created_at: at });
        return fromRow(byDigest.get(digest) as Row, seal);
      }),
    unsealed: () => unsealed.all().map((row) => fromRow(row, seal)),
    markSealed: (id, sizeBytes) =>
      database.write(() => {
        mark.run(sizeBytes, id);
      }),
  };
}

function toRow({ media, owner, isSealed }: MediaRecord, seal: Seal): Row {
  return {
    id: media.id,
    channel: owner?.channel ?? null,
    user_id: owner?.userId ?? null,
    media_type: media.mediaType,
    mime_type: media.mimeType,
    size_bytes: media.sizeBytes,
    name: media.name === undefined ? null : seal.close(media.name),
    sealed: isSealed ? 1 : 0,
    position: media.position ? seal.close(JSON.stringify(media.position)) : null,
  };
}

function fromRow(row: Row, seal: Seal): MediaRecord {
  const media: Media = {
    id: row.id,
    mediaType: row.media_type,
    mimeType: row.mime_type,
    sizeBytes: row.size_bytes,
    ...(row.name ? { name: seal.open(row.name) } : {}),
    ...(row.position ? { position: JSON.parse(seal.open(row.position)) as GeoPoint } : {}),
  };
  const owner = row.channel && row.user_id ? { channel: row.channel, userId: row.user_id } : undefined;
  return { media, owner, isSealed: row.sealed === 1 };
}
