import { setImmediate } from "node:timers/promises";
import type { VersionState } from "../../knowledge/life/states.ts";
import type { EntryStatus } from "../../knowledge/policies/entry.ts";
import { normalize } from "../../knowledge/text/normalize.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";
import type { KnowledgeStore } from "../store/sqlite/knowledge-store.ts";
import { type Book, isIn, type Row, type ShelfItem, toBook } from "./shelf-book.ts";
import { compareWords, type DayEvent, eventsOf, type Facets, facetsOf } from "./shelf-overview.ts";

export interface ShelfQuery {
  /** Words that all have to stand in the entry; none finds everything. */
  q?: string;
  status?: EntryStatus | VersionState;
  owner?: string;
  region?: string;
  audience?: string;
  /** Entries in use whose day of review is this one or earlier, YYYY-MM-DD. */
  reviewBy?: string;
  offset: number;
  limit: number;
}

/** The editors' list, held in memory so that it can be searched with every letter that is typed. */
export interface Shelf {
  find(query: ShelfQuery): Promise<{ items: ShelfItem[]; total: number }>;
  facets(): Promise<Facets>;
  /** What falls on the days from `from` to `to`, both included, by day; `total` counts those beyond `limit` too. */
  calendar(days: { from: string; to: string }, limit: number): Promise<{ events: DayEvent[]; total: number }>;
}

/** Entries taken over before others get their turn. */
const CHUNK = 100;
const MAX_WORDS = 8;

export function createShelf(parts: { database: SqliteDatabase; store: Pick<KnowledgeStore, "settled"> }): Shelf {
  const { database, store } = parts;
  const isUnderWay = database.raw.prepare("SELECT 1 FROM knowledge_imports WHERE state = 'importing' LIMIT 1");
  const changed = database.raw.prepare<[number, number], Row>(`
    SELECT e.id, e.edit, e.status, e.version, e.head, v.state, v.author, v.saved_at, v.body,
      e.ends_on, CASE e.status WHEN 'published' THEN json_extract(e.body, '$.reviewOn') END AS review_on,
      (SELECT min(publish_at) FROM knowledge_versions AS s WHERE s.entry_id = e.id AND s.state = 'scheduled') AS publish_at
    FROM knowledge_entry_rows AS e JOIN knowledge_versions AS v ON v.entry_id = e.id AND v.version = e.head
    WHERE e.edit > ? ORDER BY e.edit LIMIT ?`);
  /** The next ones; undefined while some of a file may be among them and others not yet. */
  const read = database.raw.transaction(() => (isUnderWay.get() ? undefined : changed.all(seen, CHUNK)));
  const books = new Map<string, Book>();
  let seen = 0;
  let running: Promise<void> | undefined;
  /** Newest first; made when it is wanted. */
  let order: Book[] | undefined;

  async function takeOver(): Promise<void> {
    for (;;) {
      const rows = read();
      if (!rows) await store.settled();
      for (const row of rows ?? []) {
        books.delete(row.id);
        books.set(row.id, toBook(row));
        seen = row.edit;
        order = undefined;
      }
      if (rows && rows.length < CHUNK) return;
      await setImmediate();
    }
  }

  async function newestFirst(): Promise<Book[]> {
    running ??= takeOver().finally(() => {
      running = undefined;
    });
    await running;
    order ??= [...books.values()].reverse();
    return order;
  }

  return {
    facets: async () => facetsOf(await newestFirst()),
    async calendar({ from, to }, limit) {
      const events = (await newestFirst()).flatMap(eventsOf).filter(({ day }) => from <= day && day <= to);
      events.sort((a, b) => compareWords(a.day, b.day) || compareWords(a.kind, b.kind));
      return { events: events.slice(0, limit), total: events.length };
    },
    async find(query) {
      const all = await newestFirst();
      const words = normalize(query.q ?? "")
        .split(" ")
        .filter(Boolean)
        .slice(0, MAX_WORDS);
      const accepted = all.filter((book) => fits(book, query));
      const found = words.length === 0 ? accepted : ranked(accepted, words);
      const items = found.slice(query.offset, query.offset + query.limit).map(({ item }) => item);
      return { items, total: found.length };
    },
  };
}

/** Those that are called so before those that only say so. */
function ranked(books: readonly Book[], words: readonly string[]): Book[] {
  const called: Book[] = [];
  const saying: Book[] = [];
  for (const book of books) {
    const missing = words.filter((word) => !book.front.includes(word));
    if (missing.length === 0) called.push(book);
    else if (missing.every((word) => book.inside.includes(word))) saying.push(book);
  }
  return [...called, ...saying];
}

function fits({ item, reviewOn }: Book, { status, owner, region, audience, reviewBy }: ShelfQuery): boolean {
  if (owner !== undefined && item.owner !== owner) return false;
  if (region !== undefined && item.region !== region) return false;
  if (audience !== undefined && item.audience !== audience) return false;
  if (reviewBy !== undefined && (reviewOn === undefined || reviewOn > reviewBy)) return false;
  return status === undefined || isIn(item, status);
}
