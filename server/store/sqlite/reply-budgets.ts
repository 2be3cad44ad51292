import type { ReplyBudget } from "../../../adapters/shared/reply-budget.ts";
import type { ChannelName } from "../../../bots/model/index.ts";
import type { Clock } from "../../../bots/ports.ts";
import type { SqliteDatabase } from "./database.ts";

/** `most` messages within `windowMs` of what a citizen of the channel wrote last. */
export function createReplyBudget(parts: {
  database: SqliteDatabase;
  clock: Clock;
  channel: ChannelName;
  most: number;
  windowMs: number;
}): ReplyBudget {
  const { database, clock, channel, most, windowMs } = parts;
  const { raw } = database;
  const find = raw.prepare<[string, string], { heard_at: number; spent: number }>(
    "SELECT heard_at, spent FROM reply_budgets WHERE channel = ? AND conversation_id = ?",
  );
  const heard = raw.prepare<[string, string, number]>(`
    INSERT INTO reply_budgets (channel, conversation_id, heard_at, spent) VALUES (?, ?, ?, 0)
    ON CONFLICT DO UPDATE SET heard_at = excluded.heard_at, spent = 0 WHERE heard_at <= excluded.heard_at`);
  const forget = raw.prepare<[string, number]>("DELETE FROM reply_budgets WHERE channel = ? AND heard_at < ?");
  const spend = raw.prepare<[string, string]>(
    "UPDATE reply_budgets SET spent = spent + 1 WHERE channel = ? AND conversation_id = ?",
  );
  const shut = raw.prepare<[number, string, string, number]>(
    "UPDATE reply_budgets SET spent = ? WHERE channel = ? AND conversation_id = ? AND heard_at <= ?",
  );
  return {
    left(conversationId) {
      const row = find.get(channel, conversationId);
      if (!row || clock.now().getTime() - row.heard_at >= windowMs) return 0;
      return Math.max(0, most - row.spent);
    },
    heard: (conversationId, at) =>
      database.write(() => {
        heard.run(channel, conversationId, at.getTime());
        forget.run(channel, clock.now().getTime() - windowMs);
      }),
    spend: (conversationId) => database.write(() => void spend.run(channel, conversationId)),
    shut: (conversationId, at) => database.write(() => void shut.run(most, channel, conversationId, at.getTime())),
  };
}
