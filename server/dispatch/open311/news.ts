import { z } from "zod";
import type { TicketUpdate } from "../../../bots/model/index.ts";
import type { Clock, DispatchClient } from "../../../bots/ports.ts";
import { MAX_ROWS, MAX_SPAN_MS } from "../../http/open311/vocabulary.ts";
import type { Endpoint } from "./endpoint.ts";
import { type RequestRow, requestRows, type UpdateRow, updateRows } from "./read-document.ts";
import { statusOf, timeOf } from "./status.ts";

interface NewsOptions {
  endpoint: Endpoint;
  clock: Clock;
  /** Numbers of our tickets that are not settled yet; asked for one by one where the endpoint has no list of updates. */
  openNumbers?: () => Promise<string[]>;
}

/** `from`: up to where everything was read. `seen`: ids within the overlap before it. */
const cursorShape = z.object({ from: z.iso.datetime(), seen: z.array(z.string()) });
type Cursor = z.output<typeof cursorShape>;

/** Updates that the other side writes down late are still found when they are not older than this. */
const OVERLAP_MS = 5 * 60_000;
const NUMBERS_AT_ONCE = 50;

/** News by asking: the updates extension where the endpoint has it, else the state of each open ticket. */
export function createNews(options: NewsOptions): DispatchClient["updatesSince"] {
  return async (text) => {
    const now = options.clock.now();
    const cursor = readCursor(text, now);
    const extension = await viaExtension(options.endpoint, cursor, now);
    if (extension) return { updates: extension.updates, cursor: JSON.stringify(extension.cursor) };
    return { updates: await viaRequests(options, now), cursor: text };
  };
}

function readCursor(text: string | null, now: Date): Cursor {
  const start: Cursor = { from: new Date(now.getTime() - MAX_SPAN_MS + OVERLAP_MS).toISOString(), seen: [] };
  if (text === null) return start;
  try {
    return cursorShape.parse(JSON.parse(text));
  } catch {
    return start;
  }
}

/** Reads window after window until now. `undefined` when the endpoint does not have the extension. */
async function viaExtension(
  endpoint: Endpoint,
  cursor: Cursor,
  now: Date,
): Promise<{ updates: TicketUpdate[]; cursor: Cursor } | undefined> {
  const seen = new Set(cursor.seen);
  const updates: TicketUpdate[] = [];
  let start = Date.parse(cursor.from) - OVERLAP_MS;
  for (;;) {
    const end = Math.min(start + MAX_SPAN_MS, now.getTime());
    const rows = await readUpdates(endpoint, start, end);
    if (!rows) return undefined;
    const read = rows.flatMap((row) => toUpdate(row, now));
    const fresh = read.filter((update) => !seen.has(update.id));
    for (const update of fresh) seen.add(update.id);
    updates.push(...fresh);
    const last = Math.max(start, ...read.map((update) => Date.parse(update.at)));
    // A full page is not the whole window: go on from its last row. Where that does not move, the page is all there is to get.
    const isCut = rows.length >= MAX_ROWS && last > start;
    if (!isCut && end >= now.getTime()) break;
    start = isCut ? last : end;
  }
  updates.sort((a, b) => a.at.localeCompare(b.at));
  const recent = updates.filter((update) => Date.parse(update.at) >= now.getTime() - 2 * OVERLAP_MS);
  const kept = [...cursor.seen.slice(-MAX_ROWS), ...recent.map((update) => update.id)];
  return { updates, cursor: { from: now.toISOString(), seen: kept.slice(-2 * MAX_ROWS) } };
}

async function readUpdates(endpoint: Endpoint, start: number, end: number): Promise<UpdateRow[] | undefined> {
  const answer = await endpoint.get("servicerequestupdates", {
    start_date: new Date(start).toISOString(),
    end_date: new Date(end).toISOString(),
  });
  const rows = updateRows.safeParse(answer.kind === "ok" ? answer.body : undefined);
  return rows.success ? rows.data : undefined;
}

function toUpdate(row: UpdateRow, now: Date): TicketUpdate[] {
  const number = row.service_request_id;
  if (number === undefined) return [];
  const unit = row.agency_responsible;
  const status = statusOf(row.status, row.external_status_code, unit !== undefined);
  const at = timeOf(row.updated_datetime, now);
  const id = row.update_id ?? `${number}/${status}/${at}`;
  return [{ id, number, status, at, unit, text: row.description, dueAt: optionalTime(row.expected_datetime) }];
}

async function viaRequests({ endpoint, openNumbers }: NewsOptions, now: Date): Promise<TicketUpdate[]> {
  const numbers = (await openNumbers?.()) ?? [];
  const updates: TicketUpdate[] = [];
  for (let index = 0; index < numbers.length; index += NUMBERS_AT_ONCE) {
    const asked = numbers.slice(index, index + NUMBERS_AT_ONCE);
    const answer = await endpoint.get("requests", { service_request_id: asked.join(",") });
    const rows = requestRows.safeParse(answer.kind === "ok" ? answer.body : undefined);
    if (rows.success) updates.push(...rows.data.flatMap((row) => toState(row, asked, now)));
  }
  return updates;
}

/** The id is made of what the news consists of, so that the same state read twice is one update. */
function toState(row: RequestRow, asked: string[], now: Date): TicketUpdate[] {
  const number = row.service_request_id;
  if (number === undefined || !asked.includes(number)) return [];
  const unit = row.agency_responsible;
  const status = statusOf(row.status, undefined, unit !== undefined);
  const id = [number, status, row.updated_datetime ?? "", unit ?? ""].join("/");
  const at = timeOf(row.updated_datetime, now);
  return [{ id, number, status, at, unit, text: row.status_notes, dueAt: optionalTime(row.expected_datetime) }];
}

function optionalTime(text: string | undefined): string | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
