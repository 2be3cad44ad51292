import type { TicketStatus, TicketUpdate } from "../../bots/model/index.ts";
import type { Seal } from "../store/seal.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";
import type { EventKind, TicketEvent, TicketSource } from "./ticket.ts";

interface EventRow {
  seq: number;
  number: string;
  kind: EventKind;
  status: TicketStatus | null;
  at: string;
  unit_name: string | null;
  due_at: string | null;
  sealed_text: Buffer | null;
  sealed_actor: Buffer | null;
  request_id: string | null;
}

/** The history of all tickets, only ever added to. `append` is to be called inside `database.write`. */
export interface EventLog {
  /** `status`: the ticket's, for an event that is news without changing it. */
  append(source: TicketSource, event: Omit<TicketEvent, "seq"> & { status?: TicketStatus }): void;
  ofTicket(number: string): TicketEvent[];
  /** Changes of status after a cursor, oldest first, a limited number at a time. */
  newsSince(cursor: string | null, source: TicketSource): { updates: TicketUpdate[]; cursor: string | null };
  /** Changes of status with `from <= at < to`, oldest first, at most `limit`. */
  newsBetween(span: NewsSpan): TicketUpdate[];
}

export interface NewsSpan {
  source: TicketSource;
  from: Date;
  to: Date;
  limit: number;
}

const NEWS_AT_ONCE = 500;

export function createEventLog({ database, seal }: { database: SqliteDatabase; seal: Seal }): EventLog {
  const { raw } = database;
  const insert = raw.prepare(
    `INSERT INTO events (number, source, kind, status, at, unit_name, due_at, sealed_text, sealed_actor,
      request_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const ofTicket = raw.prepare("SELECT * FROM events WHERE number = ? ORDER BY seq");
  const news = raw.prepare(
    "SELECT * FROM events WHERE source = ? AND seq > ? AND status IS NOT NULL ORDER BY seq LIMIT ?",
  );
  const between = raw.prepare(
    "SELECT * FROM events WHERE source = ? AND at >= ? AND at < ? AND status IS NOT NULL ORDER BY at, seq LIMIT ?",
  );
  const closed = (text: string | undefined) => (text === undefined ? null : seal.close(text));
  const read = (row: unknown) => toEvent(row as EventRow, seal);
  return {
    append: (source, { number, kind, status = statusOf(kind), at, unit, dueAt, text, actor, requestId }) => {
      const when = [at, unit ?? null, dueAt ?? null] as const;
      insert.run(number, source, kind, status, ...when, closed(text), closed(actor), requestId ?? null);
    },
    ofTicket: (number) => ofTicket.all(number).map(read),
    newsSince: (cursor, source) => {
      const after = cursor === null ? 0 : Number(cursor) || 0;
      const rows = news.all(source, after, NEWS_AT_ONCE) as EventRow[];
      const last = rows.at(-1);
      return { updates: rows.flatMap((row) => toUpdate(row, seal)), cursor: last ? String(last.seq) : cursor };
    },
    newsBetween: ({ source, from, to, limit }) =>
      (between.all(source, from.toISOString(), to.toISOString(), limit) as EventRow[]).flatMap((row) =>
        toUpdate(row, seal),
      ),
  };
}

function statusOf(kind: EventKind): TicketStatus | null {
  switch (kind) {
    case "urged":
    case "supplemented":
    case "joined":
    case "leads":
      return null;
    case "left":
      return "withdrawn";
    default:
      return kind;
  }
}

function toEvent(row: EventRow, seal: Seal): TicketEvent {
  return {
    seq: row.seq,
    number: row.number,
    kind: row.kind,
    at: row.at,
    unit: row.unit_name ?? undefined,
    dueAt: row.due_at ?? undefined,
    text: row.sealed_text ? seal.open(row.sealed_text) : undefined,
    actor: row.sealed_actor ? seal.open(row.sealed_actor) : undefined,
    requestId: row.request_id ?? undefined,
  };
}

/** As the citizen's side sees it: without the name of the member of staff. */
function toUpdate(row: EventRow, seal: Seal): TicketUpdate[] {
  const { kind, status } = row;
  if (status === null) return [];
  const { number, seq, at, unit, text, dueAt, requestId } = toEvent(row, seal);
  const update: TicketUpdate = { id: `${number}-${seq}`, number, status, at, unit, text, dueAt };
  if (requestId === undefined || (kind !== "left" && kind !== "leads")) return [update];
  return [{ ...update, text: undefined, voice: { requestId, now: kind === "left" ? "left" : "first" } }];
}
