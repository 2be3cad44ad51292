import type { Seal } from "../store/seal.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";
import type { DeskContact, TicketBody, TicketSource } from "./ticket.ts";

/** Somebody who joined a ticket that another person had brought. All times ISO 8601 in UTC. */
export interface Joiner {
  number: string;
  requestId: string;
  joinedAt: string;
  urges: number;
  leftAt?: string;
  body: TicketBody;
  contact?: DeskContact;
}

interface JoinerRow {
  number: string;
  request_id: string;
  joined_at: string;
  urges: number;
  left_at: string | null;
  sealed_body: Buffer;
  sealed_contact: Buffer | null;
}

/** The writing ones are to be called inside `database.write`. */
export interface JoinerTable {
  findByKey(source: TicketSource, idempotencyKey: string): Joiner | undefined;
  find(number: string, requestId: string): Joiner | undefined;
  /** In the order in which they joined, those who left included. */
  ofTicket(number: string): Joiner[];
  insert(joiner: Joiner, source: TicketSource, idempotencyKey: string): void;
  /** Keeps what can change: urges, that somebody has left, and the body, to which a supplement adds files. */
  update(joiner: Joiner): void;
}

export function createJoinerTable({ database, seal }: { database: SqliteDatabase; seal: Seal }): JoinerTable {
  const { raw } = database;
  const byKey = raw.prepare("SELECT * FROM joiners WHERE source = ? AND idempotency_key = ?");
  const byRequest = raw.prepare("SELECT * FROM joiners WHERE number = ? AND request_id = ?");
  const ofTicket = raw.prepare("SELECT * FROM joiners WHERE number = ? ORDER BY seq");
  const insert = raw.prepare(
    `INSERT INTO joiners (number, source, idempotency_key, request_id, joined_at, urges, sealed_body, sealed_contact)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = raw.prepare(
    "UPDATE joiners SET urges = ?, left_at = ?, sealed_body = ? WHERE number = ? AND request_id = ?",
  );
  const read = (row: unknown) => (row === undefined ? undefined : fromRow(row as JoinerRow, seal));
  return {
    findByKey: (source, key) => read(byKey.get(source, key)),
    find: (number, requestId) => read(byRequest.get(number, requestId)),
    ofTicket: (number) => ofTicket.all(number).map((row) => fromRow(row as JoinerRow, seal)),
    insert: ({ number, requestId, joinedAt, urges, body, contact }, source, key) => {
      const words = seal.close(JSON.stringify(body));
      const sealedContact = contact ? seal.close(JSON.stringify(contact)) : null;
      insert.run(number, source, key, requestId, joinedAt, urges, words, sealedContact);
    },
    update: ({ urges, leftAt, body, number, requestId }) => {
      update.run(urges, leftAt ?? null, seal.close(JSON.stringify(body)), number, requestId);
    },
  };
}

const fromRow = (row: JoinerRow, seal: Seal): Joiner => ({
  number: row.number,
  requestId: row.request_id,
  joinedAt: row.joined_at,
  urges: row.urges,
  leftAt: row.left_at ?? undefined,
  body: JSON.parse(seal.open(row.sealed_body)) as TicketBody,
  contact: row.sealed_contact ? (JSON.parse(seal.open(row.sealed_contact)) as DeskContact) : undefined,
});
