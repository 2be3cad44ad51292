import { StoreError } from "../../../bots/errors.ts";
import {
  type ChannelName,
  CLOCK,
  type Conversation,
  type ConversationRef,
  type ConversationState,
  type Effect,
  emptyState,
  type StaffTurn,
  type Turn,
} from "../../../bots/model/index.ts";
import type { Clock } from "../../../bots/ports.ts";
import { conversationLane, requestLane, ticketLane } from "../../outbox/lanes.ts";
import type { SqliteDatabase } from "./database.ts";
import type { GroupTable } from "./groups.ts";
import type { HandoffTable } from "./handoffs.ts";
import type { JobTable } from "./jobs.ts";
import type { AskedTable } from "./knowledge/asked-table.ts";
import type { PersonTable, PreparedDeed } from "./persons.ts";
import type { RequestTable } from "./requests.ts";
import type { SealedJson } from "./sealed-json.ts";
import type { SmallMatterTable } from "./small-matters.ts";
import type { createTurnWords } from "./turn-words.ts";

interface ConversationRow {
  user_id: string;
  is_group: number;
  revision: number;
  state: Buffer;
}

/** Conversations, and the turns that carry them on. */
export function createTurns(parts: {
  database: SqliteDatabase;
  sealed: SealedJson;
  clock: Clock;
  jobs: JobTable;
  requests: RequestTable;
  handoffs: HandoffTable;
  asked: AskedTable;
  groups: GroupTable;
  smallMatters: SmallMatterTable;
  persons: PersonTable;
  wordsOf: ReturnType<typeof createTurnWords>;
}) {
  const { sealed, clock, jobs, requests, handoffs, asked, groups, smallMatters, persons, wordsOf } = parts;
  const sql = prepareTurns(parts.database);

  function find(ref: ConversationRef): ConversationRow | undefined {
    const row = sql.find.get(ref.channel, ref.conversationId);
    if (row && row.is_group === 0 && row.user_id !== ref.userId) {
      throw new StoreError(`conversation ${ref.conversationId} of ${ref.channel} belongs to another user`, {
        retryable: false,
      });
    }
    return row;
  }

  /** What an effect leaves behind, sealed at once and run later, inside the transaction. */
  function prepareEffect(effect: Exclude<Effect, { kind: "account" }>, from: ConversationRef, now: number): () => void {
    switch (effect.kind) {
      case "file": {
        const { id: requestId, smallMatter } = effect.request;
        const row = requests.seal(effect.request);
        const job = jobs.seal({ laneId: requestLane(requestId), work: { kind: "file", requestId } });
        return () => {
          requests.insert(row);
          jobs.insert(job);
          if (smallMatter !== undefined) smallMatters.escalate(smallMatter, requestId, new Date(now));
        };
      }
      case "act": {
        const { actionId, number, action } = effect;
        const job = jobs.seal({
          laneId: ticketLane(number),
          work: { kind: "act", actionId, number, action, to: from },
        });
        return () => jobs.insert(job);
      }
      case "feedback": {
        const { entryId, helpful, question } = effect;
        const opinion = () => sql.feedback.run(entryId, helpful ? 1 : 0, now);
        if (helpful || question === undefined) return opinion;
        const keep = asked.prepare({ question, outcome: "unhelpful" }, from, new Date(now));
        return () => {
          opinion();
          keep();
        };
      }
      case "asked": {
        const outcome = effect.from ? ("answered" as const) : ("unsure" as const);
        return asked.prepare({ ...effect, outcome }, from, new Date(now));
      }
      case "handoff":
        return handoffs.prepare(effect.handoff);
      case "small-matter":
        return smallMatters.prepare(effect.matter);
      case "community-group":
        return () => groups.save(effect.group);
      case "record": {
        const detail = sealed.close(effect.detail);
        return () => sql.record.run(effect.what, from.channel, from.conversationId, from.userId, now, detail);
      }
      default:
        throw effect satisfies never;
    }
  }

  /** Whether what an effect builds on is still so: a small matter, and what a citizen is told from the knowledge base. */
  function isCurrent(effect: Effect): boolean {
    if (effect.kind === "asked") return effect.from === undefined || asked.isCurrent(effect.from);
    if (effect.kind === "small-matter") return smallMatters.isNext(effect.matter);
    const matter = effect.kind === "file" ? effect.request.smallMatter : undefined;
    return matter === undefined || smallMatters.mayBecomeTicket(matter);
  }

  /** All that follows from a turn besides words; `holds`: what it tells and what its account deeds rest on is still true. */
  function prepareEffects(effects: Effect[], from: ConversationRef, now: number): PreparedDeed {
    const accountDeeds: PreparedDeed[] = [];
    const deeds: (() => void)[] = [];
    for (const effect of effects) {
      if (effect.kind === "account") accountDeeds.push(persons.prepare(effect.deed, from));
      else deeds.push(prepareEffect(effect, from, now));
    }
    return {
      holds: () => effects.every(isCurrent) && accountDeeds.every((deed) => deed.holds()),
      run() {
        for (const deed of deeds) deed();
        for (const deed of accountDeeds) deed.run();
      },
    };
  }

  /** The row of the conversation, one revision further; undefined when the turn is stale. */
  function advance(from: ConversationRef, baseRevision: number, state: Buffer, now: number): number | undefined {
    const { channel, conversationId, userId } = from;
    const id =
      baseRevision === 0
        ? sql.begin.get(channel, conversationId, userId, from.group ? 1 : 0, now, state)
        : sql.advance.get(state, now, channel, conversationId, baseRevision, userId);
    if (id === undefined) find(from);
    return id;
  }

  return {
    hasMessage: (channel: ChannelName, messageId: string): boolean => sql.seen.get(channel, messageId) !== undefined,

    load(ref: ConversationRef): Conversation {
      const row = find(ref);
      if (!row) return { ref, revision: 0, state: emptyState() };
      return { ref, revision: row.revision, state: sealed.open<ConversationState>(row.state) };
    },

    /** Seals everything now. `run` is to be run inside a write, `tell` to be called when that is durable. */
    prepare(turn: Turn): { run(): "committed" | "duplicate" | "stale"; tell(): void } {
      const { message, effects } = turn;
      const { from } = message;
      const now = clock.now().getTime();
      const laneId = conversationLane(from);
      const state = sealed.close(turn.state);
      const content = sealed.close(message.content);
      const words = wordsOf(message, turn.say);
      const following = prepareEffects(effects, from, now);
      const run = () => {
        if (sql.seen.get(from.channel, message.id) !== undefined) return "duplicate";
        if (!following.holds()) return "stale";
        const conversation = advance(from, turn.baseRevision, state, now);
        if (conversation === undefined) return "stale";
        sql.keep.run(from.channel, message.id, conversation, from.userId, message.sentAt.getTime(), now, content);
        jobs.recall(laneId);
        words.keep();
        following.run();
        return "committed";
      };
      return { run, tell: words.tell };
    },

    /** As `prepare`, for what an operator or the clock does. */
    prepareStaff(turn: StaffTurn): () => "committed" | "duplicate" | "stale" {
      const { from } = turn.handoff;
      const now = clock.now();
      const laneId = conversationLane(from);
      const state = sealed.close(turn.state);
      // A person's words are said to somebody who is there; the clock's can wait.
      const unasked = turn.by === CLOCK ? ({ unasked: true } as const) : {};
      const words = turn.say.map((message) =>
        jobs.seal({ laneId, work: { kind: "say", to: from, message, ...unasked } }),
      );
      const keep = handoffs.prepare(turn.handoff);
      return () => {
        if (handoffs.isDone(turn.key)) return "duplicate";
        if (advance(from, turn.baseRevision, state, now.getTime()) === undefined) return "stale";
        keep();
        handoffs.note(turn.key, {
          handoffId: turn.handoff.id,
          by: turn.by,
          deed: turn.deed,
          about: turn.about,
          at: now,
        });
        for (const job of words) jobs.insert(job);
        return "committed";
      };
    },
  };
}

function prepareTurns({ raw }: SqliteDatabase) {
  return {
    find: raw.prepare<[string, string], ConversationRow>(
      "SELECT user_id, is_group, revision, state FROM conversations WHERE channel = ? AND conversation_id = ?",
    ),
    begin: raw
      .prepare<[string, string, string, number, number, Buffer], number>(`
        INSERT INTO conversations (channel, conversation_id, user_id, is_group, revision, updated_at, state)
        VALUES (?, ?, ?, ?, 1, ?, ?) ON CONFLICT DO NOTHING RETURNING id`)
      .pluck(),
    advance: raw
      .prepare<[Buffer, number, string, string, number, string], number>(`
        UPDATE conversations SET revision = revision + 1, state = ?, updated_at = ?
        WHERE channel = ? AND conversation_id = ? AND revision = ? AND (is_group = 1 OR user_id = ?) RETURNING id`)
      .pluck(),
    seen: raw.prepare<[string, string]>("SELECT 1 FROM inbound WHERE channel = ? AND message_id = ?"),
    keep: raw.prepare<[string, string, number, string, number, number, Buffer]>(`
      INSERT INTO inbound (channel, message_id, conversation, user_id, sent_at, received_at, content)
      VALUES (?, ?, ?, ?, ?, ?, ?)`),
    feedback: raw.prepare<[string, number, number]>(
      "INSERT INTO feedback (entry_id, helpful, given_at) VALUES (?, ?, ?)",
    ),
    record: raw.prepare<[string, string, string, string, number, Buffer]>(`
      INSERT INTO records (what, channel, conversation_id, user_id, noted_at, detail) VALUES (?, ?, ?, ?, ?, ?)`),
  };
}
