import { setImmediate } from "node:timers/promises";
import type { Content } from "../../knowledge/life/content.ts";
import type { VersionState } from "../../knowledge/life/states.ts";
import type { EntryStatus } from "../../knowledge/policies/entry.ts";
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
  body: string;
}

interface Book {
  item: ShelfItem;
  /** What it is called and filed under; then what it says. */
  front: string;
  inside: string;
}

/** Entries taken over before others get their turn. */
const CHUNK = 100;
const MAX_WORDS = 8;

export function createShelf({ database }: { database: SqliteDatabase }): Shelf {
  const changed = database.raw.prepare<[number, number], Row>(`
    SELECT e.id, e.edit, e.status, e.version, e.head, v.state, v.author, v.saved_at, v.body,
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

  return {
    async find(query) {
      running ??= takeOver().finally(() => {
        running = undefined;
      });
      await running;
      order ??= [...books.values()].reverse();
      const words = normalize(query.q ?? "")
        .split(" ")
        .filter(Boolean)
        .slice(0, MAX_WORDS);
      const accepted = order.filter(({ item }) => fits(item, query));
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

function fits(item: ShelfItem, { status, owner, region, audience, reviewBy }: ShelfQuery): boolean {
  if (owner !== undefined && item.owner !== owner) return false;
  if (region !== undefined && item.region !== region) return false;
  if (audience !== undefined && item.audience !== audience) return false;
  if (reviewBy !== undefined && !isDue(item, reviewBy)) return false;
  if (status === undefined) return true;
  if (status === "scheduled") return item.publishAt !== undefined;
  return status === item.status ? status !== "draft" || item.headState === "draft" : status === item.headState;
}

const isDue = ({ status, reviewOn }: ShelfItem, by: string): boolean =>
  status === "published" && reviewOn !== undefined && reviewOn <= by;

function toBook(row: Row): Book {
  const content = JSON.parse(row.body) as Content;
  const { id, question, title, category, region, audience, owner, reviewOn, validTo } = content;
  const { edit, status, version, head, author } = row;
  const item: ShelfItem = {
    ...{ id, edit, question, title, category, region, audience, owner, reviewOn, validTo },
    ...{ status, version, head, author },
    headState: row.state,
    savedAt: new Date(row.saved_at),
    publishAt: row.publish_at === null ? undefined : new Date(row.publish_at),
  };
  const { source } = content;
  const names = [id, question, title, ...content.similar, category, owner, region, source?.title, source?.number];
  return { item, front: normalize(names.filter(Boolean).join("\n")), inside: normalize(content.text) };
}
