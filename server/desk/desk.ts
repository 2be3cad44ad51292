import { randomInt } from "node:crypto";
import { join } from "node:path";
import type { TicketUpdate } from "../../bots/model/index.ts";
import type { Clock } from "../../bots/ports.ts";
import type { Seal } from "../store/seal.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";
import type { CatalogueLeaf, DeskCatalogue, DivisionRow } from "./catalogue.ts";
import { type Act, createAct } from "./citizen-acts.ts";
import { createUnitDirectory, type UnitDirectory } from "./directory.ts";
import { createEventLog, type NewsSpan } from "./event-log.ts";
import { createHandle, type Handle } from "./handling.ts";
import { createJoinerTable, type Joiner } from "./joiner-table.ts";
import { createLists, type Lists } from "./lists.ts";
import type { DeskParts } from "./parts.ts";
import { createSubmit, type Submit } from "./submit.ts";
import type { Ticket, TicketEvent, TicketSource } from "./ticket.ts";
import { createTicketTable } from "./ticket-table.ts";
import { forEveryVoice } from "./voices.ts";

/** The migrations of the desk's own file `DATA_DIR/desk.sqlite`, for `openDatabase`. */
export const deskMigrationsDir = join(import.meta.dirname, "migrations");

export interface TicketWithHistory {
  ticket: Ticket;
  events: TicketEvent[];
  /** Everybody else who stands or stood behind it. */
  joiners: Joiner[];
}

/** The embedded dispatch system. */
export interface Desk {
  submit: Submit;
  act: Act;
  handle: Handle;
  lists: Lists;
  units: UnitDirectory;
  leaves: readonly CatalogueLeaf[];
  leaf(code: string): CatalogueLeaf | undefined;
  ticket(number: string): TicketWithHistory | undefined;
  /** The number that a key of this source has become, if any. */
  numberByKey(source: TicketSource, idempotencyKey: string): string | undefined;
  /** Changes of status of the tickets of one source, oldest first, some hundreds at a time. */
  updatesSince(cursor: string | null, source?: TicketSource): { updates: TicketUpdate[]; cursor: string | null };
  /** The same by time, for systems that ask so. */
  updatesBetween(span: NewsSpan): TicketUpdate[];
  /** Calls back after every committed change; returns how to stop that. */
  onChange(listener: () => void): () => void;
}

export interface DeskOptions {
  database: SqliteDatabase;
  seal: Seal;
  catalogue: DeskCatalogue;
  divisions: Iterable<DivisionRow>;
  clock: Clock;
  /** Uniform in [0, 1); from the system's cryptographic source when absent. */
  random?: () => number;
}

export function createDesk(options: DeskOptions): Desk {
  const { database, seal, catalogue, divisions, clock } = options;
  const listeners = new Set<() => void>();
  const leaves = new Map(catalogue.leaves.map((leaf) => [leaf.code, leaf]));
  const parts: DeskParts = {
    database,
    tickets: createTicketTable({ database, seal }),
    joiners: createJoinerTable({ database, seal }),
    events: createEventLog({ database, seal }),
    units: createUnitDirectory(catalogue, divisions),
    catalogueVersion: catalogue.version,
    leaf: (code) => leaves.get(code),
    clock,
    random: options.random ?? (() => randomInt(2 ** 32) / 2 ** 32),
    changed: () => {
      for (const listener of listeners) listener();
    },
  };
  return {
    submit: createSubmit(parts),
    act: createAct(parts),
    handle: createHandle(parts),
    lists: createLists(parts),
    units: parts.units,
    leaves: catalogue.leaves,
    leaf: parts.leaf,
    ticket(number) {
      const ticket = parts.tickets.find(number);
      return ticket && { ticket, events: parts.events.ofTicket(number), joiners: parts.joiners.ofTicket(number) };
    },
    numberByKey: (source, key) => parts.tickets.findByKey(source, key)?.number,
    updatesSince(after, source = "bot") {
      const { updates, cursor } = parts.events.newsSince(after, source);
      return { updates: forEveryVoice(parts, updates), cursor };
    },
    updatesBetween: parts.events.newsBetween,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
