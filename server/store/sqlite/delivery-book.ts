import type { DeliveryBook } from "../../../adapters/shared/delivery-book.ts";
import type { ChannelName } from "../../../bots/model/index.ts";
import type { Clock } from "../../../bots/ports.ts";
import type { Seal } from "../seal.ts";
import type { SqliteDatabase } from "./database.ts";

/** Longer than any job is tried again by itself. */
const REMEMBERED_MS = 30 * 24 * 3_600_000;

/** The book of one channel. */
export function createDeliveryBook(parts: {
  database: SqliteDatabase;
  seal: Seal;
  clock: Clock;
  channel: ChannelName;
}): DeliveryBook {
  const { database, seal, clock, channel } = parts;
  const sql = prepareBook(database);
  return {
    wasSent: (key) => sql.wasSent.get(channel, key) !== undefined,
    recordSent: (keys) =>
      database.write(() => {
        const now = clock.now().getTime();
        for (const key of keys) sql.sent.run(channel, key, now);
        sql.forgetSent.run(now - REMEMBERED_MS);
      }),
    keep(userId, words) {
      const sealed = words.map(({ key, text }) => ({ key, text: seal.close(text) }));
      return database.write(() => {
        for (const { key, text } of sealed) sql.keep.run(channel, userId, key, clock.now().getTime(), text);
      });
    },
    keptFor: (userId) => sql.kept.all(channel, userId).map(({ key, words }) => ({ key, text: seal.open(words) })),
    forget: (keys) =>
      database.write(() => {
        for (const key of keys) sql.forget.run(channel, key);
      }),
  };
}

function prepareBook({ raw }: SqliteDatabase) {
  return {
    wasSent: raw.prepare<[string, string]>("SELECT 1 FROM sent_words WHERE channel = ? AND key = ?"),
    sent: raw.prepare<[string, string, number]>(
      "INSERT INTO sent_words (channel, key, sent_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
    ),
    forgetSent: raw.prepare<[number]>("DELETE FROM sent_words WHERE sent_at < ?"),
    keep: raw.prepare<[string, string, string, number, Buffer]>(
      "INSERT INTO kept_words (channel, user_id, key, kept_at, words) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    ),
    kept: raw.prepare<[string, string], { key: string; words: Buffer }>(
      "SELECT key, words FROM kept_words WHERE channel = ? AND user_id = ? ORDER BY seq LIMIT 50",
    ),
    forget: raw.prepare<[string, string]>("DELETE FROM kept_words WHERE channel = ? AND key = ?"),
  };
}
