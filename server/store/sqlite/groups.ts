import type { ChannelName, CommunityGroup, GridWorker } from "../../../bots/model/index.ts";
import type { SqliteDatabase } from "./database.ts";
import type { SealedJson } from "./sealed-json.ts";

/** Community groups as configured. `configure`, `save`, `drop` and `bind` must run inside a write. */
export type GroupTable = ReturnType<typeof createGroupTable>;

export function createGroupTable({ database, sealed }: { database: SqliteDatabase; sealed: SealedJson }) {
  const { raw } = database;
  const sql = {
    byId: raw
      .prepare<[string, string], Buffer>("SELECT settings FROM community_groups WHERE channel = ? AND room_id = ?")
      .pluck(),
    byRoom: raw
      .prepare<[string, string], Buffer>("SELECT settings FROM community_groups WHERE channel = ? AND room = ?")
      .pluck(),
    all: raw.prepare<[], Buffer>("SELECT settings FROM community_groups ORDER BY seq").pluck(),
    drop: raw.prepare<[string, string]>("DELETE FROM community_groups WHERE channel = ? AND room = ?"),
    keep: raw.prepare<[string, string, string | null, Buffer]>(`
      INSERT INTO community_groups (channel, room, room_id, settings) VALUES (?, ?, ?, ?)
      ON CONFLICT (channel, room) DO UPDATE SET room_id = excluded.room_id, settings = excluded.settings`),
  };
  const opened = (row: Buffer | undefined) => (row === undefined ? undefined : sealed.open<CommunityGroup>(row));

  function save(group: CommunityGroup): void {
    sql.keep.run(group.channel, group.room, group.roomId ?? null, sealed.close(group));
  }

  return {
    save,
    drop({ channel, room }: Pick<CommunityGroup, "channel" | "room">): void {
      sql.drop.run(channel, room);
    },
    all: (): CommunityGroup[] => sql.all.all().map((row) => sealed.open<CommunityGroup>(row)),

    /** `unbound`: known by its name only; `bind` makes the room its own. */
    find(channel: ChannelName, roomId: string, topic: string): { group?: CommunityGroup; unbound?: CommunityGroup } {
      const group = opened(sql.byId.get(channel, roomId));
      if (group) return { group };
      const named = opened(sql.byRoom.get(channel, roomId) ?? (topic ? sql.byRoom.get(channel, topic) : undefined));
      return named && named.roomId === undefined ? { unbound: named } : {};
    },

    bind({ channel, room }: CommunityGroup, roomId: string): CommunityGroup | undefined {
      const now = opened(sql.byRoom.get(channel, room));
      if (!now || (now.roomId !== undefined && now.roomId !== roomId)) return undefined;
      const bound = { ...now, roomId };
      save(bound);
      return bound;
    },

    configure(group: CommunityGroup): void {
      const before = opened(sql.byRoom.get(group.channel, group.room));
      save({
        ...group,
        ...(before?.roomId === undefined ? {} : { roomId: before.roomId }),
        ...(before?.agreed === undefined ? {} : { agreed: before.agreed }),
        gridWorkers: group.gridWorkers.map((worker) => withKnownId(worker, before?.gridWorkers ?? [])),
      });
    },
  };
}

/** An id that was bound to a name stays bound while the name stays configured. */
function withKnownId(worker: GridWorker, before: readonly GridWorker[]): GridWorker {
  const same = before.find(({ name, wechatName }) => name === worker.name && wechatName === worker.wechatName);
  return worker.userId === undefined && same?.userId !== undefined ? { ...worker, userId: same.userId } : worker;
}
