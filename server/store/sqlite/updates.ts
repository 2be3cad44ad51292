import { isAccountOf } from "../../../bots/accounts.ts";
import type { Account, ChannelName, ConversationRef, TicketUpdate } from "../../../bots/model/index.ts";
import type { Clock } from "../../../bots/ports.ts";
import { conversationLane } from "../../outbox/lanes.ts";
import type { SqliteDatabase } from "./database.ts";
import type { JobTable } from "./jobs.ts";
import type { PersonTable } from "./persons.ts";
import { type RequestKey, type UpdatesOfRequest, WAKE_MATTER } from "./requests.ts";
import type { SealedJson } from "./sealed-json.ts";

interface News {
  update_id: string;
  happened_at: number;
  news: Buffer;
}

interface RequestOfNumber {
  seq: number;
  id: string;
  channel: ChannelName;
  conversation_id: string;
  user_id: string;
  has_left: 0 | 1;
}

/** How long news of a number we do not know is kept: longer than a submission is ever on its way, as most of it is others'. */
const EARLY_DAYS = 3;
const DAY_MS = 86_400_000;

/** News of tickets. `record` and `adopt` must run inside a write. */
export function createUpdateTable(parts: {
  database: SqliteDatabase;
  sealed: SealedJson;
  jobs: JobTable;
  persons: Pick<PersonTable, "elsewhere">;
  clock: Clock;
}): UpdatesOfRequest & {
  record(update: TicketUpdate): "recorded" | "duplicate" | "unknown";
  load(requestId: string, updateId: string): TicketUpdate | undefined;
} {
  const { sealed, jobs, persons, clock } = parts;
  const sql = prepareUpdates(parts.database);

  const newsOf = (request: number) => sql.of.all(request).map((row) => sealed.open<TicketUpdate>(row));

  /** `toldAnyway`: accounts that hear of the ticket by a request of their own; the person is told once in each account. */
  function keep(request: RequestKey, news: News, toldAnyway: Account[] = []): boolean {
    const kept = sql.keep.run(request.seq, news.update_id, news.happened_at, news.news).changes === 1;
    const work = { kind: "notify" as const, requestId: request.id, updateId: news.update_id };
    if (!kept) return false;
    jobs.insert(jobs.seal({ laneId: conversationLane(request.from), work }));
    for (const to of persons.elsewhere(request.from)) {
      if (toldAnyway.some(isAccountOf(to))) continue;
      jobs.insert(jobs.seal({ laneId: conversationLane(to), work: { ...work, to } }));
      toldAnyway.push(to);
    }
    sql.wakeMatter.run(request.id);
    const newest = newsOf(request.seq).at(-1)?.status;
    sql.setOpen.run(newest === "closed" || newest === "withdrawn" ? 0 : 1, request.seq);
    return true;
  }

  /** What one request's news changes beside it: who has left hears no more, who comes first now stands for the ticket. */
  function mark(update: TicketUpdate, request: { seq: number }): void {
    if (update.voice?.now === "left") sql.leave.run(request.seq);
    if (update.voice?.now === "first") sql.standFirst.run(request.seq);
  }

  function park(number: string, news: News): void {
    const now = clock.now().getTime();
    sql.forget.run(now - EARLY_DAYS * DAY_MS);
    sql.park.run(number, news.update_id, now, news.happened_at, news.news);
  }

  return {
    record(update) {
      const news = { update_id: update.id, happened_at: Date.parse(update.at), news: sealed.close(update) };
      const { voice } = update;
      const all = sql.requestsOf.all(update.number);
      const requests = all.filter(({ id }) => !voice || voice.requestId === id);
      const toldAnyway: Account[] = all.filter((row) => !row.has_left).map(fromOf);
      if (requests.length === 0) {
        park(update.number, news);
        return "unknown";
      }
      const kept = requests.filter((row) => {
        if (row.has_left) return false;
        const isNew = keep({ seq: row.seq, id: row.id, from: fromOf(row) }, news, toldAnyway);
        if (isNew) mark(update, row);
        return isNew;
      });
      return kept.length > 0 ? "recorded" : "duplicate";
    },

    adopt(number, request) {
      for (const news of sql.parked.all(number)) {
        const update = sealed.open<TicketUpdate>(news.news);
        if (update.voice && update.voice.requestId !== request.id) continue;
        if (keep(request, news)) mark(update, request);
        sql.unpark.run(news.seq);
      }
    },

    inherit(number, request, since) {
      for (const row of sql.ofSibling.all(number, request.seq)) {
        const { voice, text, ...rest } = sealed.open<TicketUpdate>(row.news);
        if (voice) continue;
        // What the unit wrote before may speak to, or of, the person who asked first.
        if (Date.parse(rest.at) >= Date.parse(since)) keep(request, row);
        else sql.keep.run(request.seq, row.update_id, row.happened_at, sealed.close(rest));
      }
    },

    of: newsOf,

    load(requestId, updateId) {
      const row = sql.one.get(requestId, updateId);
      return row && sealed.open<TicketUpdate>(row);
    },
  };
}

const fromOf = ({ channel, conversation_id, user_id }: RequestOfNumber): ConversationRef => ({
  channel,
  conversationId: conversation_id,
  userId: user_id,
});

function prepareUpdates({ raw }: SqliteDatabase) {
  return {
    wakeMatter: raw.prepare<[string]>(WAKE_MATTER),
    keep: raw.prepare<[number, string, number, Buffer]>(`
      INSERT INTO ticket_updates (request, update_id, happened_at, news) VALUES (?, ?, ?, ?)
      ON CONFLICT (request, update_id) DO NOTHING`),
    setOpen: raw.prepare<[number, number]>("UPDATE requests SET is_open = ? WHERE seq = ?"),
    requestsOf: raw.prepare<[string], RequestOfNumber>(
      "SELECT seq, id, channel, conversation_id, user_id, has_left FROM requests WHERE number = ? ORDER BY seq",
    ),
    leave: raw.prepare<[number]>("UPDATE requests SET has_left = 1, is_offered = 0 WHERE seq = ?"),
    standFirst: raw.prepare<[number]>("UPDATE requests SET is_offered = 1 WHERE seq = ?"),
    ofSibling: raw.prepare<[string, number], News>(`
      SELECT update_id, happened_at, news FROM ticket_updates
      WHERE request = (SELECT seq FROM requests WHERE number = ? AND seq <> ? ORDER BY has_left, seq LIMIT 1)
      ORDER BY happened_at, seq`),
    of: raw
      .prepare<[number], Buffer>("SELECT news FROM ticket_updates WHERE request = ? ORDER BY happened_at, seq")
      .pluck(),
    one: raw
      .prepare<[string, string], Buffer>(`
        SELECT news FROM ticket_updates
        WHERE request = (SELECT seq FROM requests WHERE id = ?) AND update_id = ?`)
      .pluck(),
    park: raw.prepare<[string, string, number, number, Buffer]>(`
      INSERT INTO early_updates (number, update_id, received_at, happened_at, news) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (number, update_id) DO NOTHING`),
    parked: raw.prepare<[string], News & { seq: number }>(
      "SELECT seq, update_id, happened_at, news FROM early_updates WHERE number = ? ORDER BY happened_at, seq",
    ),
    unpark: raw.prepare<[number]>("DELETE FROM early_updates WHERE seq = ?"),
    forget: raw.prepare<[number]>("DELETE FROM early_updates WHERE received_at < ?"),
  };
}
