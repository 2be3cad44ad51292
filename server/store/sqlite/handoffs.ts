import type { Handoff, StaffAct, StaffDeed } from "../../../bots/model/index.ts";
import type { SqliteDatabase } from "./database.ts";
import type { SealedJson } from "./sealed-json.ts";

interface ActRow {
  by: string;
  deed: StaffDeed;
  about: string | null;
  at: number;
}

/** Hand-offs and what staff did in them. What `prepare` gives, and `note`, must run inside a write. */
export type HandoffTable = ReturnType<typeof createHandoffTable>;

export function createHandoffTable({ database, sealed }: { database: SqliteDatabase; sealed: SealedJson }) {
  const sql = prepareHandoffs(database);
  const opened = (rows: Buffer[]) => rows.map((row) => sealed.open<Handoff>(row));
  const millis = (at: string | undefined) => (at === undefined ? null : Date.parse(at));

  return {
    /** Sealed at once, kept later; a hand-off that is there already becomes what it is now. */
    prepare(handoff: Handoff): () => void {
      const { id, from, state, requestedAt, takenBy, dueAt, endedAt } = handoff;
      const row = sealed.close(handoff);
      const by = takenBy?.username ?? null;
      return () => {
        sql.keep.run(
          id,
          from.channel,
          from.conversationId,
          state,
          Date.parse(requestedAt),
          by,
          millis(dueAt),
          millis(endedAt),
          row,
        );
      };
    },

    load(id: string): Handoff | undefined {
      const row = sql.find.get(id);
      return row && sealed.open<Handoff>(row);
    },
    open: (limit: number): Handoff[] => opened(sql.open.all(limit)),
    ended: (username: string, since: Date, limit: number): Handoff[] =>
      opened(sql.ended.all(username, since.getTime(), limit)),
    due: (now: Date, limit: number): Handoff[] => opened(sql.due.all(now.getTime(), limit)),
    waitingBefore: (at: Date): number => sql.ahead.get(at.getTime()) ?? 0,

    isDone: (key: string): boolean => sql.done.get(key) !== undefined,
    note(key: string, { handoffId, by, deed, about, at }: StaffAct): void {
      sql.note.run(key, handoffId, by, deed, about ?? null, at.getTime());
    },
    acts: (handoffId: string): StaffAct[] =>
      sql.acts.all(handoffId).map(({ about, at, ...act }) => ({
        handoffId,
        ...act,
        ...(about === null ? {} : { about }),
        at: new Date(at),
      })),
  };
}

function prepareHandoffs({ raw }: SqliteDatabase) {
  return {
    keep: raw.prepare<[string, string, string, string, number, string | null, number | null, number | null, Buffer]>(`
      INSERT INTO handoffs (id, channel, conversation_id, state, requested_at, taken_by, due_at, ended_at, handoff)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET state = excluded.state, taken_by = excluded.taken_by, due_at = excluded.due_at,
        ended_at = excluded.ended_at, handoff = excluded.handoff`),
    find: raw.prepare<[string], Buffer>("SELECT handoff FROM handoffs WHERE id = ?").pluck(),
    open: raw
      .prepare<[number], Buffer>(
        "SELECT handoff FROM handoffs WHERE state <> 'ended' ORDER BY requested_at, seq LIMIT ?",
      )
      .pluck(),
    ended: raw
      .prepare<[string, number, number], Buffer>(`
        SELECT handoff FROM handoffs WHERE state = 'ended' AND taken_by = ? AND ended_at >= ? ORDER BY ended_at DESC LIMIT ?`)
      .pluck(),
    due: raw
      .prepare<[number, number], Buffer>("SELECT handoff FROM handoffs WHERE due_at <= ? ORDER BY due_at, seq LIMIT ?")
      .pluck(),
    ahead: raw
      .prepare<[number], number>("SELECT count(*) FROM handoffs WHERE state = 'waiting' AND requested_at < ?")
      .pluck(),
    done: raw.prepare<[string]>("SELECT 1 FROM staff_acts WHERE key = ?"),
    note: raw.prepare<[string, string, string, string, string | null, number]>(`
      INSERT INTO staff_acts (key, handoff_id, by, deed, about, at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING`),
    acts: raw.prepare<[string], ActRow>("SELECT by, deed, about, at FROM staff_acts WHERE handoff_id = ? ORDER BY seq"),
  };
}
