import { createHash, randomBytes } from "node:crypto";
import type { Clock } from "../../bots/ports.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";

/** Sessions of twelve hours, counted from the last use. The token itself is known to the member of staff only. */
export interface Sessions {
  open(username: string): Promise<string>;
  /** Whose session it is, and prolongs it. */
  use(token: string): Promise<string | undefined>;
  close(token: string): Promise<void>;
}

export const SESSION_MS = 12 * 3_600_000;
/** A session is prolonged at most this often, so that reading a page is not a write to the disk each time. */
const PROLONG_AFTER_MS = 10 * 60_000;

export function createSessions({ database, clock }: { database: SqliteDatabase; clock: Clock }): Sessions {
  const { raw } = database;
  const insert = raw.prepare(
    "INSERT INTO staff_sessions (token_digest, username, created_at, expires_at) VALUES (?, ?, ?, ?)",
  );
  const find = raw.prepare("SELECT username, expires_at FROM staff_sessions WHERE token_digest = ? AND expires_at > ?");
  const prolong = raw.prepare("UPDATE staff_sessions SET expires_at = ? WHERE token_digest = ?");
  const remove = raw.prepare("DELETE FROM staff_sessions WHERE token_digest = ?");
  const removeExpired = raw.prepare("DELETE FROM staff_sessions WHERE expires_at <= ?");
  const expiry = (now: Date) => new Date(now.getTime() + SESSION_MS).toISOString();
  return {
    async open(username) {
      const token = randomBytes(32).toString("base64url");
      const now = clock.now();
      await database.write(() => {
        removeExpired.run(now.toISOString());
        insert.run(digest(token), username, now.toISOString(), expiry(now));
      });
      return token;
    },
    async use(token) {
      const now = clock.now();
      const row = find.get(digest(token), now.toISOString()) as { username: string; expires_at: string } | undefined;
      if (!row) return undefined;
      if (Date.parse(row.expires_at) - now.getTime() < SESSION_MS - PROLONG_AFTER_MS) {
        await database.write(() => prolong.run(expiry(now), digest(token)));
      }
      return row.username;
    },
    async close(token) {
      await database.write(() => remove.run(digest(token)));
    },
  };
}

const digest = (token: string): string => createHash("sha256").update(token).digest("hex");
