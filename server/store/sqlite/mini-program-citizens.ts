import type { Citizens } from "../../../adapters/mini-program/index.ts";
import type { Clock } from "../../../bots/ports.ts";
import type { Seal } from "../seal.ts";
import type { SqliteDatabase } from "./database.ts";

/** The citizens, with where they chat inside the mini-program. */
export interface CitizenTable extends Citizens {
  /** The one chat inside the mini-program that a citizen has, on whatever telephone; `create` makes it when there is none yet. */
  chatOf(userId: string, create: () => Promise<string>): Promise<string>;
}

/** More than anybody can tap together; beyond it a client is only playing. */
const MOST_PERMISSIONS = 100;

/** The citizens of one mini-program; the same open id under another app id is somebody else. */
export function createCitizenTable(parts: {
  database: SqliteDatabase;
  seal: Seal;
  clock: Clock;
  appId: string;
}): CitizenTable {
  const { database, seal, clock, appId } = parts;
  const sql = prepareCitizens(database);
  const userIdOf = (openId: string) => `mp-${seal.digest(`mini-program\n${appId}\n${openId}`)}`;

  return {
    userIdOf,
    async meet(openId) {
      const userId = userIdOf(openId);
      if (sql.openId.get(userId)) return userId;
      const sealed = seal.close(openId);
      await database.write(() => sql.meet.run(userId, sealed));
      return userId;
    },
    openIdOf(userId) {
      const sealed = sql.openId.get(userId);
      return sealed && seal.open(sealed);
    },
    async chatOf(userId, create) {
      const known = sql.chat.get(userId);
      if (known) return known;
      const made = await create();
      await database.write(() => sql.setChat.run(made, userId));
      // Another request of the same citizen may have been first; its chat is theirs.
      return sql.chat.get(userId) ?? made;
    },
    messagesLeft: (userId) => sql.left.get(userId, clock.now().getTime()) ?? 0,
    grant: (userId, { messages, forMs }) =>
      database.write(() => {
        const now = clock.now().getTime();
        sql.grant.run({ userId, messages, now, until: now + forMs });
      }),
    spend: (userId) => database.write(() => void sql.spend.run(userId)),
    shut: (userId) => database.write(() => void sql.shut.run(userId)),
    permissions: (userId, templateId) => sql.permissions.get(userId, templateId) ?? 0,
    allow: (userId, templateId) => database.write(() => void sql.allow.run(userId, templateId)),
    used: (userId, templateId, key) =>
      database.write(() => {
        if (sql.noticed.run(noticeKey(key), clock.now().getTime()).changes > 0) sql.use.run(userId, templateId);
      }),
    wasNoticed: (key) => sql.wasNoticed.get(noticeKey(key)) !== undefined,
    forbid: (userId, templateId) => database.write(() => void sql.forbid.run(userId, templateId)),
  };
}

const noticeKey = (key: string): string => `notice ${key}`;

function prepareCitizens({ raw }: SqliteDatabase) {
  return {
    openId: raw.prepare<[string], Buffer>("SELECT open_id FROM mini_program_citizens WHERE user_id = ?").pluck(),
    meet: raw.prepare<[string, Buffer]>(
      "INSERT INTO mini_program_citizens (user_id, open_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
    ),
    chat: raw
      .prepare<[string], string | null>("SELECT conversation_id FROM mini_program_citizens WHERE user_id = ?")
      .pluck(),
    setChat: raw.prepare<[string, string]>(
      "UPDATE mini_program_citizens SET conversation_id = ? WHERE user_id = ? AND conversation_id IS NULL",
    ),
    left: raw
      .prepare<[string, number], number>(
        "SELECT messages_left FROM mini_program_citizens WHERE user_id = ? AND messages_until > ?",
      )
      .pluck(),
    grant: raw.prepare<[{ userId: string; messages: number; now: number; until: number }]>(
      `UPDATE mini_program_citizens
       SET messages_left = max(@messages, CASE WHEN messages_until > @now THEN messages_left ELSE 0 END),
           messages_until = max(@until, messages_until)
       WHERE user_id = @userId`,
    ),
    spend: raw.prepare<[string]>(
      "UPDATE mini_program_citizens SET messages_left = max(0, messages_left - 1) WHERE user_id = ?",
    ),
    shut: raw.prepare<[string]>(
      "UPDATE mini_program_citizens SET messages_left = 0, messages_until = 0 WHERE user_id = ?",
    ),
    permissions: raw
      .prepare<[string, string], number>(
        "SELECT remaining FROM mini_program_permissions WHERE user_id = ? AND template_id = ?",
      )
      .pluck(),
    allow: raw.prepare<[string, string]>(
      `INSERT INTO mini_program_permissions (user_id, template_id, remaining) VALUES (?, ?, 1)
       ON CONFLICT DO UPDATE SET remaining = min(remaining + 1, ${MOST_PERMISSIONS})`,
    ),
    use: raw.prepare<[string, string]>(
      "UPDATE mini_program_permissions SET remaining = max(0, remaining - 1) WHERE user_id = ? AND template_id = ?",
    ),
    forbid: raw.prepare<[string, string]>("DELETE FROM mini_program_permissions WHERE user_id = ? AND template_id = ?"),
    noticed: raw.prepare<[string, number]>(
      "INSERT INTO sent_words (channel, key, sent_at) VALUES ('mini-program', ?, ?) ON CONFLICT DO NOTHING",
    ),
    wasNoticed: raw.prepare<[string]>("SELECT 1 FROM sent_words WHERE channel = 'mini-program' AND key = ?"),
  };
}
