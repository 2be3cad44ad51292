import type { VersionState } from "../../knowledge/life/states.ts";
import { dayInBeijing } from "../../knowledge/policies/validity.ts";
import { type Book, isIn, type ShelfItem } from "./shelf-book.ts";

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

const SHELF_STATES = [
  "draft",
  "review",
  "approved",
  "scheduled",
  "published",
  "withdrawn",
  "expired",
] as const satisfies VersionState[];

export function facetsOf(books: readonly Book[]): Facets {
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

/** For sorting by code points. */
export const compareWords = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** What falls on days, of one entry. */
export function eventsOf({ item, endsOn, reviewOn }: Book): DayEvent[] {
  const at = item.publishAt;
  return [
    ...(endsOn === undefined ? [] : [{ kind: "expiry" as const, day: endsOn, item }]),
    ...(reviewOn === undefined ? [] : [{ kind: "review" as const, day: reviewOn, item }]),
    ...(at === undefined ? [] : [{ kind: "publish" as const, day: dayInBeijing(at), at, item }]),
  ];
}
