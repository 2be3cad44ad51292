import { StoreError } from "../../../bots/errors.ts";
import type { ConversationRef, FilingState, Request, TicketUpdate, TicketView } from "../../../bots/model/index.ts";
import type { Submission } from "../../../bots/ports.ts";
import { conversationLane } from "../../outbox/lanes.ts";
import type { SqliteDatabase } from "./database.ts";
import type { JobTable } from "./jobs.ts";
import type { SealedJson } from "./sealed-json.ts";
import { viewOf } from "./ticket-view.ts";

interface RequestRow {
  seq: number;
  filing: Buffer;
  request: Buffer;
}

/** A ticket and the conversation in which it was brought. */
export type OwnedTicket = TicketView & { owner: ConversationRef };

/** The part of the ticket news that requests need; see updates.ts. */
export interface UpdatesOfRequest {
  of(request: number): TicketUpdate[];
  adopt(number: string, request: { seq: number; id: string; laneId: string }): void;
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
    return { ...viewOf(request, sealed.open<FilingState>(row.filing), updates.of(row.seq)), owner: request.from };
  }

  return {
    seal: (request: Request) => ({ request, filing: sealed.close({ kind: "saved" }), sealed: sealed.close(request) }),

    insert(row: { request: Request; filing: Buffer; sealed: Buffer }): void {
      const { id, from } = row.request;
      sql.insert.run(id, from.channel, from.conversationId, from.userId, row.filing, row.sealed);
    },

    load(requestId: string): Request | undefined {
      const row = sql.byId.get(requestId);
      return row && sealed.open<Request>(row.request);
    },

    view(requestId: string): OwnedTicket | undefined {
      const row = sql.byId.get(requestId);
      return row && open(row);
    },

    find(number: string): OwnedTicket | undefined {
      const row = sql.byNumber.get(number);
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
      const laneId = conversationLane(sealed.open<Request>(row.request).from);
      jobs.insert(jobs.seal({ laneId, work: { kind: "tell-filing", requestId } }));
      if (next.kind === "filed") updates.adopt(next.number, { seq: row.seq, id: requestId, laneId });
      return "recorded";
    },
  };
}

function filingOf(submission: Submission): Exclude<FilingState, { kind: "saved" }> {
  switch (submission.kind) {
    case "accepted":
      return { kind: "filed", number: submission.number, acceptedAt: submission.acceptedAt };
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
    insert: raw.prepare<[string, string, string, string, Buffer, Buffer]>(`
      INSERT INTO requests (id, channel, conversation_id, user_id, filing_kind, filing, request)
      VALUES (?, ?, ?, ?, 'saved', ?, ?)`),
    byId: raw.prepare<[string], RequestRow>("SELECT seq, filing, request FROM requests WHERE id = ?"),
    byNumber: raw.prepare<[string], RequestRow>(
      "SELECT seq, filing, request FROM requests WHERE number = ? ORDER BY seq LIMIT 1",
    ),
    ofUser: raw.prepare<[string, string, number], RequestRow>(
      "SELECT seq, filing, request FROM requests WHERE channel = ? AND user_id = ? ORDER BY seq DESC LIMIT ?",
    ),
    openNumbers: raw
      .prepare<[], string>(
        "SELECT number FROM requests WHERE is_open = 1 AND number IS NOT NULL ORDER BY seq DESC LIMIT 1000",
      )
      .pluck(),
    file: raw.prepare<[string, string | null, Buffer, number]>(
      "UPDATE requests SET filing_kind = ?, number = ?, filing = ? WHERE seq = ?",
    ),
  };
}
