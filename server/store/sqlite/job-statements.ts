import type { Work } from "../../../bots/model/index.ts";
import type { SqliteDatabase } from "./database.ts";

export interface ClaimedRow {
  seq: number;
  id: string;
  lane: string;
  attempts: number;
  created_at: number;
  work: Buffer;
}

/** More words than this are not merged into one message of any channel. */
const MOST_BEHIND = 20;

/** The statements of the queue. `serves`: of which lanes jobs are handed out; of all when undefined. */
export function prepareJobs({ raw }: SqliteDatabase, serves: ((laneId: string) => boolean) | undefined) {
  if (serves) raw.function("serves", (laneId) => (serves(String(laneId)) ? 1 : 0));
  const served = serves ? "AND serves(lane)" : "";
  return {
    insert: raw.prepare<[string, string, string, string, number, Buffer]>(`
      INSERT INTO jobs (id, lane, kind, head, created_at, work) VALUES (?, ?, ?,
        NOT EXISTS (SELECT 1 FROM jobs WHERE lane = ? AND outcome IS NULL), ?, ?)`),
    insertSaid: raw.prepare<[string, string, string, number, number, Buffer]>(`
      INSERT INTO jobs (id, lane, kind, head, attempts, created_at, outcome, settled_at, work)
      VALUES (?, ?, ?, 0, 1, ?, 'done', ?, ?)`),
    due: raw
      .prepare<[number, number, number], number>(
        `SELECT seq FROM jobs WHERE head = 1 AND ready_at BETWEEN ? AND ? ${served} ORDER BY ready_at, seq LIMIT ?`,
      )
      .pluck(),
    lease: raw.prepare<[number, number], ClaimedRow>(`
      UPDATE jobs SET ready_at = ?, attempts = attempts + 1, reason = NULL WHERE seq = ?
      RETURNING seq, id, lane, attempts, created_at, work`),
    unsettled: raw.prepare<[string], { seq: number; lane: string; kind: Work["kind"] }>(
      "SELECT seq, lane, kind FROM jobs WHERE id = ? AND outcome IS NULL",
    ),
    postpone: raw.prepare<[number, string, number]>("UPDATE jobs SET ready_at = ?, reason = ? WHERE seq = ?"),
    finish: raw.prepare<["done" | "dead", number, string | null, number]>(
      "UPDATE jobs SET head = 0, outcome = ?, settled_at = ?, reason = ? WHERE seq = ?",
    ),
    remove: raw.prepare<[number]>("DELETE FROM jobs WHERE seq = ?"),
    promote: raw.prepare<[string]>(`
      UPDATE jobs SET head = 1
      WHERE seq = (SELECT seq FROM jobs WHERE lane = ? AND outcome IS NULL ORDER BY seq LIMIT 1)`),
    move: raw.prepare<[string, number, string, number]>(
      "UPDATE jobs SET lane = ?, head = 0, ready_at = ?, reason = ?, attempts = max(0, attempts - 1) WHERE seq = ?",
    ),
    unhead: raw.prepare<[string]>("UPDATE jobs SET head = 0 WHERE lane = ? AND outcome IS NULL AND head = 1"),
    anyIn: raw.prepare<[string]>("SELECT 1 FROM jobs WHERE lane = ? AND outcome IS NULL LIMIT 1"),
    keepForVisit: raw.prepare<[number]>("UPDATE jobs SET for_visit = 1 WHERE seq = ?"),
    anyForVisit: raw.prepare<[string, string]>(
      "SELECT 1 FROM jobs WHERE lane IN (?, ?) AND outcome = 'dead' AND for_visit = 1 LIMIT 1",
    ),
    revive: raw.prepare<[string, string, string]>(`
      UPDATE jobs SET lane = ?, outcome = NULL, settled_at = NULL, reason = NULL, for_visit = 0, attempts = 0, ready_at = 0
      WHERE lane IN (?, ?) AND outcome = 'dead' AND for_visit = 1`),
    // One that is just being done keeps its lease.
    recall: raw.prepare<[string, string]>(`
      UPDATE jobs SET lane = ?, head = 0, ready_at = CASE WHEN reason IS NULL THEN ready_at ELSE 0 END, reason = NULL
      WHERE lane = ? AND outcome IS NULL`),
    // A lease has no reason; a job that was put off has one.
    release: raw.prepare<[]>("UPDATE jobs SET ready_at = 1 WHERE head = 1 AND ready_at > 0 AND reason IS NULL"),
    behind: raw.prepare<[string], { id: string; work: Buffer }>(`
      SELECT later.id, later.work FROM jobs AS this JOIN jobs AS later ON later.lane = this.lane
      WHERE this.id = ? AND later.outcome IS NULL AND later.seq > this.seq ORDER BY later.seq LIMIT ${MOST_BEHIND}`),
    putOff: raw.prepare<[string]>(
      "SELECT 1 FROM jobs WHERE lane = ? AND outcome IS NULL AND head = 1 AND ready_at > 1 AND reason IS NOT NULL",
    ),
    hasten: raw.prepare<[string]>(
      "UPDATE jobs SET ready_at = 1 WHERE lane = ? AND head = 1 AND ready_at > 0 AND reason IS NOT NULL",
    ),
    hastenAll: raw.prepare<[string, string]>(`
      UPDATE jobs SET ready_at = 1
      WHERE head = 1 AND ready_at > 0 AND reason IS NOT NULL AND substr(lane, 1, length(?)) = ?`),
    next: raw.prepare<[], number | null>(`SELECT min(ready_at) FROM jobs WHERE head = 1 ${served}`).pluck(),
  };
}
