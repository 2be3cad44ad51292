import type { ChannelName, TurnRecord, Work } from "../../../bots/model/index.ts";
import type { SqliteDatabase } from "./database.ts";
import type { SealedJson } from "./sealed-json.ts";

/** A job that was given up, for people to look at. `reason` names no person. */
export interface DeadJob {
  id: string;
  laneId: string;
  kind: Work["kind"];
  attempts: number;
  reason: string;
  createdAt: Date;
  diedAt: Date;
}

/** Something a turn left for people to see; `detail` may be a citizen's words. */
export interface NotedRecord {
  what: TurnRecord;
  from: { channel: ChannelName; conversationId: string; userId: string };
  notedAt: Date;
  detail: string;
}

export interface StaffReader {
  /** Newest first. */
  deadJobs(limit: number): Promise<DeadJob[]>;
  /** Newest first. */
  records(what: TurnRecord, limit: number): Promise<NotedRecord[]>;
  /** How often citizens found an entry helpful, and how often not. */
  feedbackOn(entryId: string): Promise<{ helpful: number; unhelpful: number }>;
}

export function createStaffReader({ database, sealed }: { database: SqliteDatabase; sealed: SealedJson }): StaffReader {
  const dead = database.raw.prepare<[number], Omit<DeadJob, "createdAt" | "diedAt"> & { made: number; died: number }>(`
    SELECT id, lane AS laneId, kind, attempts, reason, created_at AS made, settled_at AS died
    FROM jobs WHERE outcome = 'dead' ORDER BY seq DESC LIMIT ?`);
  const noted = database.raw.prepare<[TurnRecord, number], NotedRecord["from"] & { notedAt: number; detail: Buffer }>(`
    SELECT channel, conversation_id AS conversationId, user_id AS userId, noted_at AS notedAt, detail
    FROM records WHERE what = ? ORDER BY seq DESC LIMIT ?`);
  const opinions = database.raw
    .prepare<[string, number], number>("SELECT count(*) FROM feedback WHERE entry_id = ? AND helpful = ?")
    .pluck();
  return {
    async deadJobs(limit) {
      return dead
        .all(limit)
        .map(({ made, died, ...job }) => ({ ...job, createdAt: new Date(made), diedAt: new Date(died) }));
    },
    async records(what, limit) {
      return noted.all(what, limit).map(({ notedAt, detail, ...from }) => ({
        what,
        from,
        notedAt: new Date(notedAt),
        detail: sealed.open<string>(detail),
      }));
    },
    async feedbackOn(entryId) {
      return { helpful: opinions.get(entryId, 1) ?? 0, unhelpful: opinions.get(entryId, 0) ?? 0 };
    },
  };
}
