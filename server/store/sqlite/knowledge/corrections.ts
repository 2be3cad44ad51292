import type { ChannelName, ConversationRef, OutboundMessage } from "../../../../bots/model/index.ts";
import { conversationLane } from "../../../outbox/lanes.ts";
import type { SqliteDatabase } from "../database.ts";
import type { JobTable } from "../jobs.ts";

/** To be said to everybody who was answered from one of the versions `oldest` to `newest` and from none after them. */
export interface Correction {
  id: string;
  entryId: string;
  /** The version that is right: who was answered from it hears nothing. */
  version: number;
  oldest: number;
  newest: number;
  words: string;
  by: string;
}

/** How often citizens were answered from a version, and in how many conversations. */
export interface AnsweredCount {
  version: number;
  channel: ChannelName;
  answers: number;
  conversations: number;
}

export type CorrectionTable = ReturnType<typeof createCorrectionTable>;

interface Recipient {
  channel: ChannelName;
  conversation_id: string;
  user_id: string;
  is_group: number;
}

/** Corrections on their way. `begin` and `carryOn` must run inside a write. */
export function createCorrectionTable({ database, jobs }: { database: SqliteDatabase; jobs: JobTable }) {
  const sql = prepareCorrections(database);
  const params = ({ entryId, version, oldest, newest }: Omit<Correction, "id" | "words" | "by">) => ({
    entryId,
    version,
    oldest,
    newest,
  });

  return {
    counts: (entryId: string): AnsweredCount[] => sql.counts.all(entryId),
    /** In how many conversations it would be said. */
    audience: (correction: Omit<Correction, "id" | "words" | "by">): number =>
      sql.audience.get(params(correction)) ?? 0,
    /** False when it was begun before. */
    begin(correction: Correction, at: Date): boolean {
      return sql.begin.run({ ...correction, at: at.getTime() }).changes === 1;
    },
    open: (): Correction | undefined => sql.open.get(),
    end(id: string, at: Date): void {
      sql.end.run(at.getTime(), id);
    },
    /** Leaves a job for each of the next conversations, once for each whatever happens; how many that were. */
    carryOn(correction: Correction, message: OutboundMessage, most: number): number {
      const recipients = sql.recipients.all({ ...params(correction), most });
      for (const { channel, conversation_id: conversationId, user_id: userId, is_group: group } of recipients) {
        sql.corrected.run(correction.entryId, correction.version, channel, conversationId, correction.id);
        const to: ConversationRef = {
          channel,
          conversationId,
          userId,
          ...(group === 1 ? { group: true as const } : {}),
        };
        jobs.insert(jobs.seal({ laneId: conversationLane(to), work: { kind: "say", to, message } }));
      }
      return recipients.length;
    },
  };
}

const AUDIENCE = `
  FROM (SELECT DISTINCT channel, conversation_id FROM knowledge_answered
        WHERE entry_id = @entryId AND version BETWEEN @oldest AND @newest) AS was
  JOIN conversations AS c ON c.channel = was.channel AND c.conversation_id = was.conversation_id
  WHERE NOT EXISTS (
      SELECT 1 FROM knowledge_answered AS later WHERE later.entry_id = @entryId AND later.version > @newest
        AND later.channel = was.channel AND later.conversation_id = was.conversation_id)
    AND NOT EXISTS (
      SELECT 1 FROM knowledge_corrected AS done WHERE done.entry_id = @entryId AND done.version = @version
        AND done.channel = was.channel AND done.conversation_id = was.conversation_id)`;

function prepareCorrections({ raw }: SqliteDatabase) {
  type Which = { entryId: string; version: number; oldest: number; newest: number };
  return {
    counts: raw.prepare<[string], AnsweredCount>(`
      SELECT version, channel, count(*) AS answers, count(DISTINCT conversation_id) AS conversations
      FROM knowledge_answered WHERE entry_id = ? GROUP BY version, channel ORDER BY version DESC, channel`),
    audience: raw.prepare<Which, number>(`SELECT count(*) ${AUDIENCE}`).pluck(),
    begin: raw.prepare(`
      INSERT INTO knowledge_corrections (id, entry_id, version, oldest, newest, words, by, at)
      VALUES (@id, @entryId, @version, @oldest, @newest, @words, @by, @at) ON CONFLICT DO NOTHING`),
    open: raw.prepare<[], Correction>(`
      SELECT id, entry_id AS entryId, version, oldest, newest, words, by FROM knowledge_corrections
      WHERE ended_at IS NULL ORDER BY at LIMIT 1`),
    end: raw.prepare("UPDATE knowledge_corrections SET ended_at = ? WHERE id = ?"),
    recipients: raw.prepare<Which & { most: number }, Recipient>(
      `SELECT was.channel, was.conversation_id, c.user_id, c.is_group ${AUDIENCE} LIMIT @most`,
    ),
    corrected: raw.prepare("INSERT INTO knowledge_corrected VALUES (?, ?, ?, ?, ?)"),
  };
}
