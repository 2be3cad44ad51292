import type { ConversationRef, InboundContent, OutboundMessage, Work } from "../../../bots/model/index.ts";
import { asideOf, conversationLane } from "../../outbox/lanes.ts";
import type { SqliteDatabase } from "./database.ts";
import type { SealedJson } from "./sealed-json.ts";

/** One line of a conversation as it really took place: `at` is when the message was received, or handed to the channel. */
export type TranscriptLine =
  | { by: "citizen"; at: Date; userId: string; content: InboundContent }
  | { by: "bot"; at: Date; message: OutboundMessage }
  /** A person's words; `speaker` as the citizen was told. */
  | { by: "staff"; at: Date; speaker: string; message: OutboundMessage };

export interface Transcripts {
  /** The newest lines, oldest of them first. */
  transcript(ref: Pick<ConversationRef, "channel" | "conversationId">, limit: number): Promise<TranscriptLine[]>;
  /** What was said and has not reached the channel, in order; `failed`: it was given up, as the channel does not take it. */
  undelivered(
    ref: Pick<ConversationRef, "channel" | "conversationId">,
  ): Promise<{ message: OutboundMessage; failed: boolean }[]>;
  /**
   * The end of the retention period (个人信息保护法 第十九条: 保存期限应当为实现处理目的所必要的最短时间): deletes messages, settled jobs
   * ended hand-offs and resting conversations older than `before`. Requests and their news are kept; they are the ticket's file.
   * A message id older than that is no longer known as a redelivery. Returns the number of rows deleted.
   */
  pruneTranscripts(before: Date): Promise<number>;
}

/** Rows in one transaction, so that a long clean-up never keeps citizens waiting. */
const PRUNE_CHUNK = 500;

export function createTranscripts(parts: { database: SqliteDatabase; sealed: SealedJson }): Transcripts {
  const { database, sealed } = parts;
  const { raw } = database;
  const heard = raw.prepare<[string, string, number], { at: number; userId: string; content: Buffer }>(`
    SELECT received_at AS at, user_id AS userId, content FROM inbound
    WHERE conversation = (SELECT id FROM conversations WHERE channel = ? AND conversation_id = ?)
    ORDER BY seq DESC LIMIT ?`);
  const said = raw.prepare<[string, number], { at: number; work: Buffer }>(`
    SELECT settled_at AS at, work FROM jobs WHERE lane = ? AND outcome = 'done' ORDER BY seq DESC LIMIT ?`);
  // Two halves, so that each finds its own index: a lane has few jobs that wait, and few jobs ever die.
  const unsaid = raw.prepare<{ lane: string; aside: string }, { work: Buffer; failed: 0 | 1 }>(`
    SELECT work, failed FROM (
      SELECT seq, work, 1 AS failed FROM jobs WHERE outcome = 'dead' AND lane IN (@lane, @aside)
      UNION ALL SELECT seq, work, 0 FROM jobs WHERE outcome IS NULL AND lane IN (@lane, @aside))
    ORDER BY seq`);
  const pruning = preparePruning(database);

  return {
    async transcript(ref, limit) {
      const citizen = heard.all(ref.channel, ref.conversationId, limit).map(({ content, at, userId }) => ({
        by: "citizen" as const,
        at: new Date(at),
        userId,
        content: sealed.open<InboundContent>(content),
      }));
      const lane = conversationLane(ref);
      const settled = [...said.all(lane, limit), ...said.all(asideOf(lane), limit)].sort((a, b) => b.at - a.at);
      const bot = settled.slice(0, limit).flatMap(({ work, at }) => {
        const done = sealed.open<Work>(work);
        return done.kind === "say" ? [saidLine(new Date(at), done.message)] : [];
      });
      return [...citizen.reverse(), ...bot.reverse()].sort((a, b) => a.at.getTime() - b.at.getTime()).slice(-limit);
    },

    async undelivered(ref) {
      const lane = conversationLane(ref);
      return unsaid.all({ lane, aside: asideOf(lane) }).flatMap(({ work, failed }) => {
        const job = sealed.open<Work>(work);
        return job.kind === "say" ? [{ message: job.message, failed: failed === 1 }] : [];
      });
    },

    async pruneTranscripts(before) {
      let deleted = 0;
      for (const step of pruning) {
        let changes: number;
        do {
          changes = await database.write(() => step.run(before.getTime(), PRUNE_CHUNK).changes);
          deleted += changes;
        } while (changes > 0);
      }
      return deleted;
    },
  };
}

function saidLine(at: Date, message: OutboundMessage): TranscriptLine {
  const speaker = message.kind === "text" ? message.speaker : undefined;
  return speaker === undefined ? { by: "bot", at, message } : { by: "staff", at, speaker, message };
}

/** In this order: a conversation goes after its messages. Rows lie in the order of their age, so each chunk is found at the front. */
function preparePruning({ raw }: SqliteDatabase) {
  return [
    raw.prepare<[number, number]>(`
      DELETE FROM inbound WHERE seq IN (
        SELECT seq FROM inbound
        WHERE seq < coalesce((SELECT seq FROM inbound WHERE received_at >= ? ORDER BY seq LIMIT 1), 9e18) ORDER BY seq LIMIT ?)`),
    raw.prepare<[number, number]>(`
      DELETE FROM jobs WHERE seq IN (
        SELECT seq FROM jobs
        WHERE seq < coalesce((SELECT seq FROM jobs WHERE created_at >= ? ORDER BY seq LIMIT 1), 9e18)
          AND outcome IS NOT NULL ORDER BY seq LIMIT ?)`),
    raw.prepare<[number, number]>(`
      DELETE FROM conversations WHERE id IN (
        SELECT id FROM conversations
        WHERE updated_at < ? AND NOT EXISTS (SELECT 1 FROM inbound WHERE conversation = conversations.id) LIMIT ?)`),
    raw.prepare<[number, number]>(`
      DELETE FROM handoffs WHERE seq IN (
        SELECT seq FROM handoffs
        WHERE ended_at < ? OR NOT EXISTS (
          SELECT 1 FROM conversations
          WHERE channel = handoffs.channel AND conversation_id = handoffs.conversation_id) LIMIT ?)`),
    // What is counted of small matters stays; what people said in them goes.
    raw.prepare<[number, number]>(`
      UPDATE small_matters SET matter = NULL, due_at = NULL WHERE seq IN (
        SELECT seq FROM small_matters WHERE ended_at < ? AND matter IS NOT NULL LIMIT ?)`),
  ];
}
