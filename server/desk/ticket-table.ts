import type { RequestKind, TicketStatus } from "../../bots/model/index.ts";
import type { Seal } from "../store/seal.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";
import type { ResponseGrade } from "./catalogue.ts";
import type { DeskContact, Ticket, TicketBody, TicketSource, UnitRef } from "./ticket.ts";
import { isOpen } from "./ticket.ts";

interface TicketRow {
  number: string;
  source: TicketSource;
  idempotency_key: string;
  kind: RequestKind;
  category_code: string | null;
  category_path: string | null;
  catalogue_version: string;
  unit_id: string;
  unit_name: string;
  second_unit_id: string | null;
  second_unit_name: string | null;
  way: Ticket["way"];
  grade: ResponseGrade;
  state: TicketStatus;
  open: number;
  clock: number;
  confidential: number;
  urges: number;
  created_at: string;
  updated_at: string;
  due_at: string;
  closed_at: string | null;
  sealed_body: Buffer;
  sealed_contact: Buffer | null;
  voices: number;
  first_left_at: string | null;
}

/** Reading and writing single tickets. The writing ones are to be called inside `database.write`. */
export interface TicketTable {
  find(number: string): Ticket | undefined;
  findByKey(source: TicketSource, idempotencyKey: string): Ticket | undefined;
  has(number: string): boolean;
  insert(ticket: Ticket, idempotencyKey: string): void;
  /** Keeps what can change in a ticket: state, urges, voices, times, and the body, to which a supplement adds files. */
  update(ticket: Ticket): void;
  /** Tickets by an SQL condition on `tickets`; for the lists of this room only. */
  select(condition: string, parameters: unknown[]): Ticket[];
  count(condition: string, parameters: unknown[]): number;
}

const SEPARATOR = " / ";

export function createTicketTable({ database, seal }: { database: SqliteDatabase; seal: Seal }): TicketTable {
  const { raw } = database;
  const byNumber = raw.prepare("SELECT * FROM tickets WHERE number = ?");
  const byKey = raw.prepare("SELECT * FROM tickets WHERE source = ? AND idempotency_key = ?");
  const exists = raw.prepare("SELECT 1 FROM tickets WHERE number = ?").pluck();
  const insert = raw.prepare(
    `INSERT INTO tickets VALUES (@number, @source, @idempotency_key, @kind, @category_code, @category_path,
      @catalogue_version, @unit_id, @unit_name, @second_unit_id, @second_unit_name, @way, @grade, @state, @open, @clock,
      @confidential, @urges, @created_at, @updated_at, @due_at, @closed_at, @sealed_body, @sealed_contact, @voices,
      @first_left_at)`,
  );
  const update = raw.prepare(
    `UPDATE tickets SET state = ?, open = ?, clock = ?, urges = ?, voices = ?, first_left_at = ?, updated_at = ?, closed_at = ?,
      sealed_body = ?
      WHERE number = ?`,
  );
  const read = (row: unknown) => (row === undefined ? undefined : fromRow(row as TicketRow, seal));
  return {
    find: (number) => read(byNumber.get(number)),
    findByKey: (source, key) => read(byKey.get(source, key)),
    has: (number) => exists.get(number) !== undefined,
    insert: (ticket, key) => {
      insert.run(toRow(ticket, key, seal));
    },
    update: (ticket) => {
      const open = isOpen(ticket.state) ? 1 : 0;
      const { state, urges, voices, firstLeftAt, updatedAt, closedAt, number } = ticket;
      const body = seal.close(JSON.stringify(ticket.body));
      update.run(
        ...[state, open, clockOf(ticket), urges, voices],
        ...[firstLeftAt ?? null, updatedAt, closedAt ?? null, body, number],
      );
    },
    select: (condition, parameters) =>
      raw
        .prepare(`SELECT * FROM tickets ${condition}`)
        .all(...parameters)
        .map((row) => fromRow(row as TicketRow, seal)),
    count: (condition, parameters) =>
      raw
        .prepare(`SELECT count(*) FROM tickets ${condition}`)
        .pluck()
        .get(...parameters) as number,
  };
}

/** Larger than any time in milliseconds that will come, so that settled tickets follow all open ones. */
const AFTER_ALL_OPEN = 1e15;

function clockOf(ticket: Ticket): number {
  return isOpen(ticket.state) ? Date.parse(ticket.dueAt) : AFTER_ALL_OPEN - Date.parse(ticket.updatedAt);
}

function toRow(ticket: Ticket, idempotencyKey: string, seal: Seal): TicketRow {
  return {
    number: ticket.number,
    source: ticket.source,
    idempotency_key: idempotencyKey,
    kind: ticket.kind,
    category_code: ticket.categoryCode ?? null,
    category_path: ticket.categoryPath.length > 0 ? ticket.categoryPath.join(SEPARATOR) : null,
    catalogue_version: ticket.catalogueVersion,
    unit_id: ticket.unit.id,
    unit_name: ticket.unit.name,
    second_unit_id: ticket.second?.id ?? null,
    second_unit_name: ticket.second?.name ?? null,
    way: ticket.way,
    grade: ticket.grade,
    state: ticket.state,
    open: isOpen(ticket.state) ? 1 : 0,
    clock: clockOf(ticket),
    confidential: ticket.confidential ? 1 : 0,
    urges: ticket.urges,
    created_at: ticket.createdAt,
    updated_at: ticket.updatedAt,
    due_at: ticket.dueAt,
    closed_at: ticket.closedAt ?? null,
    sealed_body: seal.close(JSON.stringify(ticket.body)),
    sealed_contact: ticket.contact ? seal.close(JSON.stringify(ticket.contact)) : null,
    voices: ticket.voices,
    first_left_at: ticket.firstLeftAt ?? null,
  };
}

function fromRow(row: TicketRow, seal: Seal): Ticket {
  return {
    number: row.number,
    source: row.source,
    kind: row.kind,
    categoryCode: row.category_code ?? undefined,
    categoryPath: row.category_path?.split(SEPARATOR) ?? [],
    catalogueVersion: row.catalogue_version,
    unit: { id: row.unit_id, name: row.unit_name },
    second: secondUnit(row),
    way: row.way,
    grade: row.grade,
    state: row.state,
    confidential: row.confidential === 1,
    urges: row.urges,
    voices: row.voices,
    firstLeftAt: row.first_left_at ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    dueAt: row.due_at,
    closedAt: row.closed_at ?? undefined,
    body: JSON.parse(seal.open(row.sealed_body)) as TicketBody,
    contact: row.sealed_contact ? (JSON.parse(seal.open(row.sealed_contact)) as DeskContact) : undefined,
  };
}

function secondUnit(row: TicketRow): UnitRef | undefined {
  return row.second_unit_id === null ? undefined : { id: row.second_unit_id, name: row.second_unit_name ?? "" };
}
