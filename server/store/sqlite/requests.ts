import { StoreError } from "../../../bots/errors.ts";
import type { ConversationRef, FilingState, Request, TicketUpdate, TicketView } from "../../../bots/model/index.ts";
import type { Submission } from "../../../bots/ports.ts";
import { conversationLane } from "../../outbox/lanes.ts";
import type { SqliteDatabase } from "./database.ts";
import type { JobTable } from "./jobs.ts";
import { type MatterColumns, matterColumns } from "./matters.ts";
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
}

/** A ticket and the conversation in which it was brought. */
export type OwnedTicket = TicketView & { owner: ConversationRef };

/** The part of the ticket news that requests need; see updates.ts. */
export interface UpdatesOfRequest {
  of(request: number): TicketUpdate[];
  adopt(number: string, request: { seq: number; id: string; laneId: string }): void;
  /** Takes over what a ticket's other requests know of it; what happened from `since` on is told as well. */
  inherit(number: string, request: { seq: number; id: string; laneId: string }, since: string): void;
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
}) {
  const { sealed, jobs, updates } = parts;
  const sql = prepareRequests(parts.database);

  function open(row: RequestRow): OwnedTicket {
    const request = sealed.open<Request>(row.request);
    const view = viewOf(request, sealed.open<FilingState>(row.filing), updates.of(row.seq));
    const voices = row.number === null ? 1 : (sql.voices.get(row.number) ?? 1);
    return { ...view, ...(voices > 1 ? { voices } : {}), owner: request.from };
  }

  /** News that came before the number was known; and of a ticket that was there already, what the others know. */
  function takeOver(
    { number, acceptedAt, joining }: Extract<FilingState, { kind: "filed" }>,
    request: { seq: number; id: string; laneId: string },
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

    find(number: string, of?: Pick<ConversationRef, "channel" | "userId">): OwnedTicket | undefined {
      const row = of ? sql.ownByNumber.get(number, of.channel, of.userId) : sql.byNumber.get(number);
      return row && open(row);
    },

    openNumbers: (): string[] => sql.openNumbers.all(),

    of(user: Pick<ConversationRef, "channel" | "userId">, limit: number): TicketView[] {
      return sql.ofUser.all(user.channel, user.userId, limit).map((row) => {
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
      const laneId = conversationLane(sealed.open<Request>(row.request).from);
      jobs.insert(jobs.seal({ laneId, work: { kind: "tell-filing", requestId } }));
      if (next.kind === "filed") takeOver(next, { seq: row.seq, id: requestId, laneId });
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
    byId: raw.prepare<[string], RequestRow>("SELECT seq, number, filing, request FROM requests WHERE id = ?"),
    byNumber: raw.prepare<[string], RequestRow>(
      "SELECT seq, number, filing, request FROM requests WHERE number = ? ORDER BY has_left, seq LIMIT 1",
    ),
    ownByNumber: raw.prepare<[string, string, string], RequestRow>(`
      SELECT seq, number, filing, request FROM requests
      WHERE number = ? AND channel = ? AND user_id = ? ORDER BY has_left, seq LIMIT 1`),
    voices: raw.prepare<[string], number>("SELECT count(*) FROM requests WHERE number = ? AND has_left = 0").pluck(),
    standAside: raw.prepare<[number]>("UPDATE requests SET is_offered = 0 WHERE seq = ?"),
    ofUser: raw.prepare<[string, string, number], RequestRow>(
      "SELECT seq, number, filing, request FROM requests WHERE channel = ? AND user_id = ? ORDER BY seq DESC LIMIT ?",
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
