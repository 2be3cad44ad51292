import { StoreError } from "../../../bots/errors.ts";
import type {
  Account,
  ConversationRef,
  FilingState,
  Request,
  TicketUpdate,
  TicketView,
} from "../../../bots/model/index.ts";
import type { Submission } from "../../../bots/ports.ts";
import { conversationLane } from "../../outbox/lanes.ts";
import type { SqliteDatabase } from "./database.ts";
import type { JobTable } from "./jobs.ts";
import { type MatterColumns, matterColumns } from "./matters.ts";
import type { PersonTable } from "./persons.ts";
import type { SealedJson } from "./sealed-json.ts";
import { viewOf } from "./ticket-view.ts";

/** There is news for the group of the small matter that a request came from. */
export const WAKE_MATTER =
  "UPDATE small_matters SET due_at = 1, revision = revision + 1 WHERE request_id = ? AND matter IS NOT NULL";

interface RequestRow {
  seq: number;
  number: string | null;
  filing: Buffer;
  request: Buffer;
  has_left: 0 | 1;
}

/** A ticket and the conversation in which it was brought. */
export type OwnedTicket = TicketView & { owner: ConversationRef };

/** The part of the ticket news that requests need; see updates.ts. */
export interface UpdatesOfRequest {
  of(request: number): TicketUpdate[];
  adopt(number: string, request: RequestKey): void;
  /** Takes over what a ticket's other requests know of it; what happened from `since` on is told as well. */
  inherit(number: string, request: RequestKey, since: string): void;
}

export interface RequestKey {
  seq: number;
  id: string;
  from: ConversationRef;
}

interface SealedRequest {
  request: Request;
  columns: MatterColumns;
  filing: Buffer;
  sealed: Buffer;
}

export type RequestTable = ReturnType<typeof createRequestTable>;

export function createRequestTable(parts: {
  database: SqliteDatabase;
  sealed: SealedJson;
  jobs: JobTable;
  updates: UpdatesOfRequest;
  persons: Pick<PersonTable, "accountsOf" | "elsewhere">;
}) {
  const { sealed, jobs, updates, persons } = parts;
  const sql = prepareRequests(parts.database);

  function open(row: RequestRow): OwnedTicket {
    const request = sealed.open<Request>(row.request);
    const view = viewOf(request, sealed.open<FilingState>(row.filing), updates.of(row.seq));
    const voices = row.number === null ? 1 : (sql.voices.get(row.number) ?? 1);
    return { ...view, ...(voices > 1 ? { voices } : {}), owner: request.from };
  }

  /** Of a person's requests behind one ticket: one that has not left it, the asking account's own first. */
  function ownByNumber(number: string, of: Account): RequestRow | undefined {
    const rows = persons
      .accountsOf(of)
      .flatMap(({ channel, userId }) => sql.ownByNumber.get(number, channel, userId) ?? []);
    return rows.find((row) => row.has_left === 0) ?? rows[0];
  }

  /** In the conversation it was brought in first, then in the person's other accounts. */
  function tellFiling(requestId: string, from: ConversationRef): void {
    jobs.insert(jobs.seal({ laneId: conversationLane(from), work: { kind: "tell-filing", requestId } }));
    for (const to of persons.elsewhere(from)) {
      jobs.insert(jobs.seal({ laneId: conversationLane(to), work: { kind: "tell-filing", requestId, to } }));
    }
  }

  /** News that came before the number was known; and of a ticket that was there already, what the others know. */
  function takeOver(
    { number, acceptedAt, joining }: Extract<FilingState, { kind: "filed" }>,
    request: RequestKey,
  ): void {
    if (joining?.kind === "joined") {
      sql.standAside.run(request.seq);
      updates.inherit(number, request, acceptedAt);
    }
    updates.adopt(number, request);
  }

  return {
    seal: (request: Request): SealedRequest => ({
      request,
      columns: matterColumns(request),
      filing: sealed.close({ kind: "saved" }),
      sealed: sealed.close(request),
    }),

    insert({ request: { id, from }, columns, filing, sealed }: SealedRequest): void {
      const { topic, area, createdDay, isOffered } = columns;
      const owner = [from.channel, from.conversationId, from.userId] as const;
      sql.insert.run(id, ...owner, filing, sealed, topic, area, createdDay, isOffered);
    },

    load(requestId: string): Request | undefined {
      const row = sql.byId.get(requestId);
      return row && sealed.open<Request>(row.request);
    },

    view(requestId: string): OwnedTicket | undefined {
      const row = sql.byId.get(requestId);
      return row && open(row);
    },

    find(number: string, of?: Account): OwnedTicket | undefined {
      const row = of ? ownByNumber(number, of) : sql.byNumber.get(number);
      return row && open(row);
    },

    openNumbers: (): string[] => sql.openNumbers.all(),

    of(user: Account, limit: number): TicketView[] {
      const rows = persons.accountsOf(user).flatMap(({ channel, userId }) => sql.ofUser.all(channel, userId, limit));
      const newest = rows.toSorted((a, b) => b.seq - a.seq).slice(0, limit);
      return newest.map((row) => {
        const { owner: _, ...view } = open(row);
        return view;
      });
    },

    /** Filed and refused are final; a pending request may get a number, a refusal or a newer token. Inside a write. */
    recordSubmission(requestId: string, submission: Submission): "recorded" | "already" {
      const row = sql.byId.get(requestId);
      if (!row)
        throw new StoreError(`there is no request ${requestId} to record a submission of`, { retryable: false });
      const now = sealed.open<FilingState>(row.filing);
      const next = filingOf(submission);
      if (now.kind === "filed" || now.kind === "refused") return "already";
      if (now.kind === "pending" && next.kind === "pending" && now.token === next.token) return "already";
      sql.file.run(next.kind, next.kind === "filed" ? next.number : null, sealed.close(next), row.seq);
      if (next.kind === "pending") return "recorded";
      sql.wakeMatter.run(requestId);
      const { from } = sealed.open<Request>(row.request);
      tellFiling(requestId, from);
      if (next.kind === "filed") takeOver(next, { seq: row.seq, id: requestId, from });
      return "recorded";
    },
  };
}

function filingOf(submission: Submission): Exclude<FilingState, { kind: "saved" }> {
  switch (submission.kind) {
    case "accepted":
      return { ...submission, kind: "filed" };
    case "pending":
      return { kind: "pending", token: submission.token };
    case "refused":
      return { kind: "refused", reason: submission.reason };
    default:
      throw submission satisfies never;
  }
}

function prepareRequests({ raw }: SqliteDatabase) {
  return {
    insert: raw.prepare<
      [string, string, string, string, Buffer, Buffer, string | null, string | null, number, number]
    >(`
      INSERT INTO requests
        (id, channel, conversation_id, user_id, filing_kind, filing, request, topic, area, created_day, is_offered)
      VALUES (?, ?, ?, ?, 'saved', ?, ?, ?, ?, ?, ?)`),
    byId: raw.prepare<[string], RequestRow>("SELECT seq, number, filing, request, has_left FROM requests WHERE id = ?"),
    byNumber: raw.prepare<[string], RequestRow>(
      "SELECT seq, number, filing, request, has_left FROM requests WHERE number = ? ORDER BY has_left, seq LIMIT 1",
    ),
    ownByNumber: raw.prepare<[string, string, string], RequestRow>(`
      SELECT seq, number, filing, request, has_left FROM requests
      WHERE number = ? AND channel = ? AND user_id = ? ORDER BY has_left, seq LIMIT 1`),
    voices: raw.prepare<[string], number>("SELECT count(*) FROM requests WHERE number = ? AND has_left = 0").pluck(),
    standAside: raw.prepare<[number]>("UPDATE requests SET is_offered = 0 WHERE seq = ?"),
    ofUser: raw.prepare<[string, string, number], RequestRow>(
      "SELECT seq, number, filing, request, has_left FROM requests WHERE channel = ? AND user_id = ? ORDER BY seq DESC LIMIT ?",
    ),
    openNumbers: raw
      .prepare<[], string>(
        "SELECT number FROM requests WHERE is_open = 1 AND number IS NOT NULL ORDER BY seq DESC LIMIT 1000",
      )
      .pluck(),
    wakeMatter: raw.prepare<[string]>(WAKE_MATTER),
    file: raw.prepare<[string, string | null, Buffer, number]>(
      "UPDATE requests SET filing_kind = ?, number = ?, filing = ? WHERE seq = ?",
    ),
  };
}
