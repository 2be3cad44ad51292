import { randomBytes } from "node:crypto";
import type { Activity, ActivityDraft, ActivityLog, ActivityPage, KeyedDraft } from "../../../adapters/web/index.ts";
import { StoreError } from "../../../bots/errors.ts";
import type { WordsInPlace } from "../../delivery/in-place.ts";
import type { Seal } from "../seal.ts";
import type { SqliteDatabase } from "./database.ts";

const OTHER_PROCESS_POLL_MS = 1_000;

type Listener = Parameters<ActivityLog["subscribe"]>[1];

interface Row {
  seq: number;
  activity: Buffer;
}

/** The log, with appends that are part of somebody else's write. */
export interface SqliteActivityLog extends ActivityLog {
  /** Seals everything now. Nothing is kept where there is no such conversation. */
  prepare(conversationId: string, drafts: readonly KeyedDraft[]): WordsInPlace;
}

/** The web channel's log in SQLite. An append is one statement, sealed before and durable after. */
export function createActivityLog(options: { database: SqliteDatabase; seal: Seal }): SqliteActivityLog {
  const { database, seal } = options;
  const sql = prepare(database);
  const listeners = createListeners(database);

  function open(conversationId: string, { seq, activity }: Row): Activity {
    const draft = JSON.parse(seal.open(activity)) as ActivityDraft;
    return withPlace(conversationId, seq, draft);
  }

  /** One append, sealed; `run` answers its place, or undefined where the key is there already. */
  function ready(conversationId: string, { key, draft }: KeyedDraft) {
    const digest = seal.digest(key);
    const sealed = seal.close(JSON.stringify(draft));
    return { digest, sealed, run: () => sql.append.get({ conversationId, digest, sealed, at: draft.timestamp }) };
  }

  return {
    prepare(conversationId, drafts) {
      const appends = drafts.map((each) => ready(conversationId, each));
      let places: (number | undefined)[] = [];
      return {
        keep() {
          if (sql.owner.get(conversationId) === undefined) return false;
          places = appends.map(({ run }) => run());
          return true;
        },
        tell() {
          const activities = drafts.flatMap(({ draft }, i) => {
            const seq = places[i];
            return seq === undefined ? [] : [withPlace(conversationId, seq, draft)];
          });
          // What the citizen asked by is answered first: the commit is followed by that answer at once.
          setImmediate(listeners.tell, conversationId, { activities, watermark: String(places.at(-1)) });
        },
      };
    },
    async create(userId) {
      const id = randomBytes(18).toString("base64url");
      await database.write(() => sql.create.run(id, userId));
      return id;
    },
    async owner(conversationId) {
      return sql.owner.get(conversationId);
    },
    async append(conversationId, key, draft) {
      const { digest, sealed, run } = ready(conversationId, { key, draft });
      const { row, duplicate } = await database
        .write(() => {
          const seq = run();
          if (seq !== undefined) return { row: { seq, activity: sealed }, duplicate: false };
          return { row: sql.byKey.get(conversationId, digest) as Row, duplicate: true };
        })
        .catch((cause: unknown) => {
          throw appendError(conversationId, cause);
        });
      const watermark = String(row.seq);
      const activity = duplicate ? open(conversationId, row) : withPlace(conversationId, row.seq, draft);
      if (!duplicate) listeners.tell(conversationId, { activities: [activity], watermark });
      return { watermark, duplicate, activity };
    },
    async since(conversationId, watermark, limit) {
      const asked = Number(watermark);
      const rows = sql.since.all(conversationId, asked, limit);
      // A client may know more than the log after a restore; from the end on it misses nothing new.
      const last = rows.at(-1)?.seq ?? Math.min(asked, sql.end.get(conversationId) ?? 0);
      return { activities: rows.map((row) => open(conversationId, row)), watermark: String(last) };
    },
    subscribe: listeners.subscribe,
    isWatched: listeners.has,
  };
}

function prepare({ raw }: SqliteDatabase) {
  return {
    create: raw.prepare<[string, string]>(
      "INSERT INTO web_conversations (id, user_id, created_at) VALUES (?, ?, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))",
    ),
    owner: raw.prepare<[string], string>("SELECT user_id FROM web_conversations WHERE id = ?").pluck(),
    append: raw
      .prepare<[{ conversationId: string; digest: string; sealed: Buffer; at: string }], number>(
        `INSERT INTO web_activities (conversation_id, seq, key, activity, created_at)
         SELECT @conversationId, coalesce(max(seq), 0) + 1, @digest, @sealed, @at
         FROM web_activities WHERE conversation_id = @conversationId
         ON CONFLICT (conversation_id, key) DO NOTHING RETURNING seq`,
      )
      .pluck(),
    byKey: raw.prepare<[string, string], Row>(
      "SELECT seq, activity FROM web_activities WHERE conversation_id = ? AND key = ?",
    ),
    since: raw.prepare<[string, number, number], Row>(
      "SELECT seq, activity FROM web_activities WHERE conversation_id = ? AND seq > ? ORDER BY seq LIMIT ?",
    ),
    end: raw.prepare<[string], number | null>("SELECT max(seq) FROM web_activities WHERE conversation_id = ?").pluck(),
  };
}

const withPlace = (conversationId: string, seq: number, draft: ActivityDraft): Activity => ({
  ...draft,
  id: `${conversationId}|${String(seq).padStart(7, "0")}`,
  channelId: "directline",
  conversation: { id: conversationId },
});

function appendError(conversationId: string, cause: unknown): StoreError {
  const gone = cause instanceof Error && "code" in cause && cause.code === "SQLITE_CONSTRAINT_FOREIGNKEY";
  return gone
    ? new StoreError(`there is no web conversation ${conversationId}`, { retryable: false, cause })
    : new StoreError(`an activity of web conversation ${conversationId} was not kept`, { retryable: true, cause });
}

/** Tells of appends here at once. Those of another process show in `data_version`, looked at only while somebody listens. */
function createListeners({ raw }: SqliteDatabase) {
  const byConversation = new Map<string, Set<Listener>>();
  let timer: NodeJS.Timeout | undefined;
  let seenVersion: unknown;

  function poll(): void {
    if (!raw.open) return;
    const version = raw.pragma("data_version", { simple: true });
    if (version === seenVersion) return;
    seenVersion = version;
    for (const conversationId of [...byConversation.keys()]) tell(conversationId);
  }

  function tell(conversationId: string, appended?: ActivityPage): void {
    for (const listener of [...(byConversation.get(conversationId) ?? [])]) listener(appended);
  }

  function subscribe(conversationId: string, listener: Listener): () => void {
    const listeners: Set<Listener> = byConversation.get(conversationId) ?? new Set();
    byConversation.set(conversationId, listeners.add(listener));
    if (timer === undefined) {
      seenVersion = raw.pragma("data_version", { simple: true });
      timer = setInterval(poll, OTHER_PROCESS_POLL_MS);
    }
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && byConversation.get(conversationId) === listeners)
        byConversation.delete(conversationId);
      if (byConversation.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  }

  return { tell, subscribe, has: (conversationId: string) => byConversation.has(conversationId) };
}
