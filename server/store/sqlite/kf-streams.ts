import type { Clock } from "../../../bots/ports.ts";
import type { Seal } from "../seal.ts";
import type { SqliteDatabase } from "./database.ts";

/** One reader's hold on the messages of an account of 微信客服. */
export interface KfLease {
  openKfId: string;
  holder: string;
  /** How far they have been read; absent before the first time. */
  cursor: string | undefined;
  /** Of the latest callback, while the platform takes it. */
  token: string | undefined;
  /** The callbacks that are answered when all is read. */
  calls: number;
}

/** How far the messages of 微信客服 have been read, by all processes of a data directory. What it answers is durable. */
export interface KfStreams {
  /** The platform says that something has come. */
  called(openKfId: string, token: string): Promise<void>;
  /** Accounts where something has come that nobody is reading. */
  due(): string[];
  /** Takes the right to read for `leaseMs`; undefined when another reader has it. */
  lease(openKfId: string, leaseMs: number): Promise<KfLease | undefined>;
  /** False when the right has gone to another reader. */
  renew(lease: KfLease, leaseMs: number): Promise<boolean>;
  /** Everything before `cursor` is durable. False, and nothing changes, when the right has gone to another reader. */
  advance(lease: KfLease, cursor: string): Promise<boolean>;
  /** Gives the right back; `isServed`: all that was there has been read. */
  release(lease: KfLease, isServed: boolean): Promise<void>;
}

/** The platform takes a token for ten minutes; a little less leaves time for the way. */
const TOKEN_MS = 9.5 * 60_000;

interface Row {
  cursor: string | null;
  token: Buffer | null;
  token_at: number;
  calls: number;
}

/** `owner` tells organisations and apps apart. */
export function createKfStreams(parts: {
  database: SqliteDatabase;
  seal: Seal;
  clock: Clock;
  owner: string;
  newId: () => string;
}): KfStreams {
  const { database, seal, clock, owner, newId } = parts;
  const sql = prepareStreams(database);
  const nowMs = () => clock.now().getTime();

  function leaseOf(openKfId: string, holder: string): KfLease {
    const row = sql.find.get(owner, openKfId);
    if (!row) throw new Error("a row that was just leased is gone");
    const isFresh = row.token && nowMs() - row.token_at < TOKEN_MS;
    const token = isFresh && row.token ? seal.open(row.token) : undefined;
    return { openKfId, holder, cursor: row.cursor ?? undefined, token: token || undefined, calls: row.calls };
  }

  return {
    called(openKfId, token) {
      const sealed = seal.close(token);
      return database.write(() => void sql.called.run(owner, openKfId, sealed, nowMs()));
    },
    due: () => sql.due.all(owner, nowMs()),
    lease(openKfId, leaseMs) {
      const holder = newId();
      return database.write(() => {
        const isMine = sql.lease.run(holder, nowMs() + leaseMs, owner, openKfId, nowMs()).changes === 1;
        return isMine ? leaseOf(openKfId, holder) : undefined;
      });
    },
    renew: ({ openKfId, holder }, leaseMs) =>
      database.write(() => sql.renew.run(nowMs() + leaseMs, owner, openKfId, holder).changes === 1),
    advance: ({ openKfId, holder }, cursor) =>
      database.write(() => sql.advance.run(cursor, owner, openKfId, holder).changes === 1),
    release: ({ openKfId, holder, calls }, isServed) =>
      database.write(() => void sql.release.run(isServed ? calls : 0, owner, openKfId, holder)),
  };
}

function prepareStreams({ raw }: SqliteDatabase) {
  return {
    find: raw.prepare<[string, string], Row>(
      "SELECT cursor, token, token_at, calls FROM kf_streams WHERE owner = ? AND open_kfid = ?",
    ),
    called: raw.prepare<[string, string, Buffer, number]>(`
      INSERT INTO kf_streams (owner, open_kfid, token, token_at, calls) VALUES (?, ?, ?, ?, 1)
      ON CONFLICT DO UPDATE SET token = excluded.token, token_at = excluded.token_at, calls = calls + 1`),
    due: raw
      .prepare<[string, number], string>(
        "SELECT open_kfid FROM kf_streams WHERE owner = ? AND calls > served AND leased_until <= ?",
      )
      .pluck(),
    lease: raw.prepare<[string, number, string, string, number]>(
      "UPDATE kf_streams SET holder = ?, leased_until = ? WHERE owner = ? AND open_kfid = ? AND leased_until <= ?",
    ),
    renew: raw.prepare<[number, string, string, string]>(
      "UPDATE kf_streams SET leased_until = ? WHERE owner = ? AND open_kfid = ? AND holder = ?",
    ),
    advance: raw.prepare<[string, string, string, string]>(
      "UPDATE kf_streams SET cursor = ? WHERE owner = ? AND open_kfid = ? AND holder = ?",
    ),
    release: raw.prepare<[number, string, string, string]>(`
      UPDATE kf_streams SET served = max(served, ?), holder = NULL, leased_until = 0
      WHERE owner = ? AND open_kfid = ? AND holder = ?`),
  };
}
