import type { Content } from "../../knowledge/life/content.ts";
import type { VersionState } from "../../knowledge/life/states.ts";
import type { EntryStatus } from "../../knowledge/policies/entry.ts";
import { normalize } from "../../knowledge/text/normalize.ts";

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

/** An entry with its newest version, as the database has it. */
export interface Row {
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

/** An entry as it can be searched. */
export interface Book {
  item: ShelfItem;
  /** What it is called and filed under; then what it says. */
  front: string;
  inside: string;
  /** Of the version in use, YYYY-MM-DD; a newer draft may have others. */
  endsOn?: string;
  reviewOn?: string;
}

/** Whether the list with this state shows it. */
export function isIn(item: ShelfItem, status: EntryStatus | VersionState): boolean {
  if (status === "scheduled") return item.publishAt !== undefined;
  return status === item.status ? status !== "draft" || item.headState === "draft" : status === item.headState;
}

/** As the row has it; its text is normalised here, once, for every search. */
export function toBook(row: Row): Book {
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
