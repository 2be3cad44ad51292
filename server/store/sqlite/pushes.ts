import type { Account } from "../../../bots/model/index.ts";
import type { Clock, PushStore } from "../../../bots/ports.ts";
import type { SqliteDatabase } from "./database.ts";

/** Longer than any platform's window. */
const REMEMBERED_MS = 30 * 24 * 3_600_000;

/** When citizens were there, and what was pushed to them since. */
export function createPushCounts({ database, clock }: { database: SqliteDatabase; clock: Clock }): PushStore {
  const { raw } = database;
  const heard = raw
    .prepare<[string, string], number | null>(`
      SELECT max((SELECT received_at FROM inbound WHERE conversation = conversations.id ORDER BY seq DESC LIMIT 1))
      FROM conversations WHERE channel = ? AND user_id = ?`)
    .pluck();
  const note = raw.prepare<[string, string, number]>("INSERT INTO pushes (channel, user_id, at) VALUES (?, ?, ?)");
  const forget = raw.prepare<[string, string, number]>(
    "DELETE FROM pushes WHERE channel = ? AND user_id = ? AND at < ?",
  );
  const count = raw
    .prepare<[string, string, number], number>(
      "SELECT count(*) FROM pushes WHERE channel = ? AND user_id = ? AND at >= ?",
    )
    .pluck();
  return {
    async lastHeard({ channel, userId }: Account) {
      const at = heard.get(channel, userId);
      return typeof at === "number" ? new Date(at) : undefined;
    },
    notePush: ({ channel, userId }) =>
      database.write(() => {
        const now = clock.now().getTime();
        forget.run(channel, userId, now - REMEMBERED_MS);
        note.run(channel, userId, now);
      }),
    pushesSince: async ({ channel, userId }, since) => count.get(channel, userId, since.getTime()) ?? 0,
  };
}
