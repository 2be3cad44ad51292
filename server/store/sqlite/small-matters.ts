import type { ConversationRef, SmallMatter } from "../../../bots/model/index.ts";
import type { SqliteDatabase } from "./database.ts";
import type { SealedJson } from "./sealed-json.ts";

type Room = Pick<ConversationRef, "channel" | "conversationId">;

interface Row {
  matter: Buffer;
  revision: number;
}

/** Small matters. What `prepare` gives, and `escalate`, must run inside a write. */
export type SmallMatterTable = ReturnType<typeof createSmallMatterTable>;

export function createSmallMatterTable({ database, sealed }: { database: SqliteDatabase; sealed: SealedJson }) {
  const sql = prepareSmallMatters(database);
  // News of its ticket count as a change too, and are noted in the column alone.
  const opened = ({ matter, revision }: Row): SmallMatter => ({ ...sealed.open<SmallMatter>(matter), revision });
  const millis = (at: string | undefined) => (at === undefined ? null : Date.parse(at));

  /** Sealed at once, kept later. */
  function prepare(matter: SmallMatter): () => void {
    const row = sealed.close(matter);
    const { id, channel, conversationId, number, state, community, revision } = matter;
    const { category = null, solvedBy = null, requestId = null } = matter;
    return () => {
      sql.keep.run(
        ...[id, channel, conversationId, number, state, community, category, solvedBy, requestId, revision],
        ...[millis(matter.openedAt), millis(matter.dueAt), millis(matter.endedAt), row],
      );
    };
  }

  function load(id: string): SmallMatter | undefined {
    const row = sql.find.get(id);
    return row && opened(row);
  }

  return {
    prepare,
    load,
    /** Whether nobody has changed the matter since `matter` was computed from it. */
    isNext: ({ id, revision }: SmallMatter): boolean => (sql.revision.get(id) ?? 0) === revision - 1,
    /** Whether it has not ended yet, in the group or by becoming a request before. */
    mayBecomeTicket: (id: string): boolean => sql.mayBecomeTicket.get(id) !== undefined,
    /** The matter has become a request; news of that make it due. */
    escalate(id: string, requestId: string, now: Date): void {
      const matter = load(id);
      if (!matter) return;
      prepare({
        ...matter,
        state: "escalated",
        requestId,
        endedAt: now.toISOString(),
        dueAt: undefined,
        revision: matter.revision + 1,
      })();
    },
    current: ({ channel, conversationId }: Room, solvedSince: Date): SmallMatter[] =>
      sql.current.all(channel, conversationId, solvedSince.getTime()).map(opened),
    lastNumber: ({ channel, conversationId }: Room): number => sql.last.get(channel, conversationId) ?? 0,
    due: (now: Date, limit: number): SmallMatter[] => sql.due.all(now.getTime(), limit).map(opened),
    /** Plain columns only, newest first: what may be counted and shown to whoever need not know the words. */
    counted: (limit: number): CountedMatter[] => sql.counted.all(limit),
  };
}

export interface CountedMatter {
  id: string;
  conversationId: string;
  number: number;
  state: SmallMatter["state"];
  community: string;
  category: string | null;
  solvedBy: string | null;
  openedAt: number;
  dueAt: number | null;
  endedAt: number | null;
}

function prepareSmallMatters({ raw }: SqliteDatabase) {
  return {
    keep: raw.prepare<(string | number | null | Buffer)[]>(`
      INSERT INTO small_matters (id, channel, conversation_id, number, state, community, category, solved_by, request_id,
        revision, opened_at, due_at, ended_at, matter)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET state = excluded.state, category = excluded.category, solved_by = excluded.solved_by,
        request_id = excluded.request_id, revision = excluded.revision, due_at = excluded.due_at,
        ended_at = excluded.ended_at, matter = excluded.matter`),
    find: raw.prepare<[string], Row>("SELECT matter, revision FROM small_matters WHERE id = ? AND matter IS NOT NULL"),
    mayBecomeTicket: raw.prepare<[string]>("SELECT 1 FROM small_matters WHERE id = ? AND state IN ('open', 'asking')"),
    revision: raw.prepare<[string], number>("SELECT revision FROM small_matters WHERE id = ?").pluck(),
    current: raw.prepare<[string, string, number], Row>(`
      SELECT matter, revision FROM small_matters WHERE channel = ? AND conversation_id = ? AND matter IS NOT NULL
        AND (ended_at IS NULL OR (state = 'solved' AND ended_at >= ?)) ORDER BY number`),
    last: raw
      .prepare<[string, string], number | null>(
        "SELECT max(number) FROM small_matters WHERE channel = ? AND conversation_id = ?",
      )
      .pluck(),
    due: raw.prepare<[number, number], Row>(
      "SELECT matter, revision FROM small_matters WHERE due_at <= ? AND matter IS NOT NULL ORDER BY due_at, seq LIMIT ?",
    ),
    counted: raw.prepare<[number], CountedMatter>(`
      SELECT id, conversation_id AS conversationId, number, state, community, category, solved_by AS solvedBy,
        opened_at AS openedAt, due_at AS dueAt, ended_at AS endedAt
      FROM small_matters ORDER BY seq DESC LIMIT ?`),
  };
}
