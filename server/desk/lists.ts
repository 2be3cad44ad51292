import type { TicketStatus } from "../../bots/model/index.ts";
import type { Unit } from "./directory.ts";
import type { Joiner } from "./joiner-table.ts";
import type { DeskParts } from "./parts.ts";
import type { Ticket, TicketEvent } from "./ticket.ts";
import { maySee, seesTheCity, type Viewer } from "./viewer.ts";

export interface TicketFilter {
  unit?: string;
  state: "open" | "closed" | "all" | TicketStatus;
  /** The beginning of a number, or a part of the category. Citizens' words are sealed and cannot be searched. */
  query?: string;
  /** Counted from 1. */
  page: number;
  pageSize: number;
}

/** For other systems: by time of acceptance (`from <= createdAt < to`), newest first. */
export interface PublicFilter {
  numbers?: string[];
  categoryCodes?: string[];
  from?: Date;
  to?: Date;
  /** Withdrawn tickets count as closed. */
  open?: boolean;
  withConfidential: boolean;
  limit: number;
}

export interface Lists {
  /** Units that have tickets, or that match `query`; with the number of open tickets of each, most first. */
  units(viewer: Viewer, query?: string): (Unit & { open: number })[];
  /** Most urgent first, settled ones last. */
  tickets(viewer: Viewer, filter: TicketFilter): { tickets: Ticket[]; total: number };
  ticket(viewer: Viewer, number: string): { ticket: Ticket; events: TicketEvent[]; joiners: Joiner[] } | undefined;
  find(filter: PublicFilter): Ticket[];
}

const MAX_UNITS = 400;

export function createLists(parts: DeskParts): Lists {
  const openByUnit = parts.database.raw.prepare(
    "SELECT unit_id AS id, sum(open) AS open FROM tickets GROUP BY unit_id",
  );
  return {
    units(viewer, query) {
      const counts = new Map((openByUnit.all() as { id: string; open: number }[]).map((row) => [row.id, row.open]));
      const found = query
        ? parts.units.search(query, MAX_UNITS)
        : [...counts.keys()].flatMap((id) => parts.units.get(id) ?? []);
      return found
        .filter((unit) => seesTheCity(viewer) || unit.id === viewer.unitId)
        .map((unit) => ({ ...unit, open: counts.get(unit.id) ?? 0 }))
        .sort((a, b) => b.open - a.open || a.name.localeCompare(b.name, "zh-CN"));
    },
    tickets(viewer, filter) {
      const { where, parameters, isOfUnit } = staffCondition(viewer, filter);
      const order = isOfUnit ? "+clock, number" : "clock, number";
      const offset = (filter.page - 1) * filter.pageSize;
      return {
        tickets: parts.tickets.select(`${where} ORDER BY ${order} LIMIT ? OFFSET ?`, [
          ...parameters,
          filter.pageSize,
          offset,
        ]),
        total: parts.tickets.count(where, parameters),
      };
    },
    ticket(viewer, number) {
      const ticket = parts.tickets.find(number);
      if (!ticket || !maySee(viewer, ticket)) return undefined;
      return { ticket, events: parts.events.ofTicket(number), joiners: parts.joiners.ofTicket(number) };
    },
    find(filter) {
      const { where, parameters } = publicCondition(filter);
      return parts.tickets.select(`${where} ORDER BY created_at DESC, number DESC LIMIT ?`, [
        ...parameters,
        filter.limit,
      ]);
    },
  };
}

interface Condition {
  where: string;
  parameters: unknown[];
}

function all(clauses: [sql: string, ...parameters: unknown[]][]): Condition {
  return {
    where: clauses.length > 0 ? `WHERE ${clauses.map(([sql]) => `(${sql})`).join(" AND ")}` : "",
    parameters: clauses.flatMap(([, ...parameters]) => parameters),
  };
}

/**
 * A plus sign keeps SQLite from answering by the index of that column: one unit's tickets are few, and are to be found by the
 * unit and sorted, not by walking through the whole city's.
 */
function staffCondition(viewer: Viewer, filter: TicketFilter): Condition & { isOfUnit: boolean } {
  const clauses: [string, ...unknown[]][] = [];
  const ofUnit = (id: string) => clauses.push(["unit_id = ? OR second_unit_id = ?", id, id]);
  if (!seesTheCity(viewer)) ofUnit(viewer.role === "unit" ? (viewer.unitId ?? "") : "");
  if (filter.unit) ofUnit(filter.unit);
  const isOfUnit = clauses.length > 0;
  const plus = isOfUnit ? "+" : "";
  if (filter.state === "open") clauses.push([`${plus}open = 1`]);
  else if (filter.state !== "all") clauses.push([`${plus}state = ?`, filter.state]);
  if (filter.query) {
    const pattern = filter.query.replace(/[\\%_]/g, "\\$&");
    clauses.push(["number LIKE ? ESCAPE '\\' OR category_path LIKE ? ESCAPE '\\'", `${pattern}%`, `%${pattern}%`]);
  }
  return { ...all(clauses), isOfUnit };
}

function publicCondition(filter: PublicFilter): Condition {
  const clauses: [string, ...unknown[]][] = [];
  const among = (column: string, values: string[]) =>
    clauses.push([`${column} IN (SELECT value FROM json_each(?))`, JSON.stringify(values)]);
  if (filter.numbers) among("number", filter.numbers);
  if (filter.categoryCodes) among("category_code", filter.categoryCodes);
  if (filter.from) clauses.push(["created_at >= ?", filter.from.toISOString()]);
  if (filter.to) clauses.push(["created_at < ?", filter.to.toISOString()]);
  if (!filter.withConfidential) clauses.push(["confidential = 0"]);
  if (filter.open !== undefined) clauses.push(["open = ?", filter.open ? 1 : 0]);
  return all(clauses);
}
