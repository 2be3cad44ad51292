import { setImmediate } from "node:timers/promises";
import type { Content } from "../../knowledge/life/content.ts";
import type { VersionState } from "../../knowledge/life/states.ts";
import type { EntryStatus } from "../../knowledge/policies/entry.ts";
import { dayInBeijing } from "../../knowledge/policies/validity.ts";
import { normalize } from "../../knowledge/text/normalize.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";

/** One entry in the editors' list, as its newest version has it. */
export interface ShelfItem {
  id: string;
  edit: number;
  question?: string;
  title?: string;
  category?: string;
  region?: string;
  audience?: string;
  owner?: string;
  reviewOn?: string;
  validTo?: string;
  /** As citizens have it; draft: never published. */
  status: EntryStatus;
  version: number;
  head: number;
  headState: VersionState;
  author: string;
  savedAt: Date;
  publishAt?: Date;
  /** Not verified by anybody: see docs/knowledge.md. */
  demonstration?: boolean;
}

/** How many entries have one value of a field. */
export interface FacetCount {
  value: string;
  count: number;
}

/** What the list can be narrowed by, most frequent first. `states`: as `status` of a query finds them. */
export interface Facets {
  total: number;
  states: FacetCount[];
  owners: FacetCount[];
  regions: FacetCount[];
}

/** What falls on a day: a version in use ends or is to be looked at, or another comes into use. */
export interface DayEvent {
  kind: "expiry" | "review" | "publish";
  /** YYYY-MM-DD in Beijing. */
  day: string;
  /** Of "publish". */
  at?: Date;
  item: ShelfItem;
}

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

interface Row {
  id: string;
  edit: number;
  status: EntryStatus;
  version: number;
  head: number;
  state: VersionState;
  author: string;
  saved_at: number;
  publish_at: number | null;
  ends_on: string | null;
  review_on: string | null;
  body: string;
}

interface Book {
  item: ShelfItem;
  /** What it is called and filed under; then what it says. */
  front: string;
  inside: string;
  /** Of the version in use, YYYY-MM-DD; a newer draft may have others. */
  endsOn?: string;
  reviewOn?: string;
}

/** Entries taken over before others get their turn. */
const CHUNK = 100;
const MAX_WORDS = 8;

export function createShelf({ database }: { database: SqliteDatabase }): Shelf {
  const changed = database.raw.prepare<[number, number], Row>(`
    SELECT e.id, e.edit, e.status, e.version, e.head, v.state, v.author, v.saved_at, v.body,
      e.ends_on, CASE e.status WHEN 'published' THEN json_extract(e.body, '$.reviewOn') END AS review_on,
      (SELECT min(publish_at) FROM knowledge_versions AS s WHERE s.entry_id = e.id AND s.state = 'scheduled') AS publish_at
    FROM knowledge_entries AS e JOIN knowledge_versions AS v ON v.entry_id = e.id AND v.version = e.head
    WHERE e.edit > ? ORDER BY e.edit LIMIT ?`);
  const books = new Map<string, Book>();
  let seen = 0;
  let running: Promise<void> | undefined;
  /** Newest first; made when it is wanted. */
  let order: Book[] | undefined;

  async function takeOver(): Promise<void> {
    for (;;) {
      const rows = changed.all(seen, CHUNK);
      for (const row of rows) {
        books.delete(row.id);
        books.set(row.id, toBook(row));
        seen = row.edit;
        order = undefined;
      }
      if (rows.length < CHUNK) return;
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

function isIn(item: ShelfItem, status: EntryStatus | VersionState): boolean {
  if (status === "scheduled") return item.publishAt !== undefined;
  return status === item.status ? status !== "draft" || item.headState === "draft" : status === item.headState;
}

const SHELF_STATES = [
  "draft",
  "review",
  "approved",
  "scheduled",
  "published",
  "withdrawn",
  "expired",
] as const satisfies VersionState[];

function facetsOf(books: readonly Book[]): Facets {
  const states = SHELF_STATES.map((value) => ({ value, count: books.filter(({ item }) => isIn(item, value)).length }));
  return { total: books.length, states, owners: countBy(books, "owner"), regions: countBy(books, "region") };
}

function countBy(books: readonly Book[], field: "owner" | "region"): FacetCount[] {
  const counts = new Map<string, number>();
  for (const { item } of books) {
    const value = item[field];
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}

const compareWords = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

function eventsOf({ item, endsOn, reviewOn }: Book): DayEvent[] {
  const at = item.publishAt;
  return [
    ...(endsOn === undefined ? [] : [{ kind: "expiry" as const, day: endsOn, item }]),
    ...(reviewOn === undefined ? [] : [{ kind: "review" as const, day: reviewOn, item }]),
    ...(at === undefined ? [] : [{ kind: "publish" as const, day: dayInBeijing(at), at, item }]),
  ];
}

function toBook(row: Row): Book {
  const content = JSON.parse(row.body) as Content;
  const { id, question, title, category, region, audience, owner, reviewOn, validTo, demonstration } = content;
  const { edit, status, version, head, author } = row;
  const item: ShelfItem = {
    ...{ id, edit, question, title, category, region, audience, owner, reviewOn, validTo, demonstration },
    ...{ status, version, head, author },
    headState: row.state,
    savedAt: new Date(row.saved_at),
    publishAt: row.publish_at === null ? undefined : new Date(row.publish_at),
  };
  const { source } = content;
  const names = [id, question, title, ...content.similar, category, owner, region, source?.title, source?.number];
  const dates = { endsOn: row.ends_on ?? undefined, reviewOn: row.review_on ?? undefined };
  return { item, front: normalize(names.filter(Boolean).join("\n")), inside: normalize(content.text), ...dates };
}
