/** What `/api/knowledge` gives. Times ISO 8601 with zone, days YYYY-MM-DD in Beijing. */
export interface Person {
  username: string;
  name: string;
}

export type VersionState =
  | "draft"
  | "review"
  | "approved"
  | "scheduled"
  | "published"
  | "superseded"
  | "withdrawn"
  | "expired"
  | "aside";

export type EntryStatus = "draft" | "published" | "withdrawn" | "expired";

export interface EntryItem {
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
  status: EntryStatus;
  version: number;
  head: number;
  headState: VersionState;
  author: Person;
  savedAt: string;
  publishAt?: string;
  demonstration?: boolean;
}

export interface EntryPage {
  entries: EntryItem[];
  total: number;
}

interface FacetCount {
  value: string;
  count: number;
}

export interface Facets {
  total: number;
  states: FacetCount[];
  owners: FacetCount[];
  regions: FacetCount[];
}

export interface SourceOf {
  title: string;
  issuer?: string;
  number?: string;
  article?: string;
  url?: string;
  checkedOn?: string;
  checkedBy?: "text" | "memory";
}

export interface TestQuestion {
  question: string;
  expect: "this" | "refuse";
}

export interface Content {
  id?: string;
  question?: string;
  title?: string;
  text: string;
  similar: string[];
  source?: SourceOf;
  validFrom?: string;
  validTo?: string;
  category?: string;
  region?: string;
  audience?: string;
  owner?: string;
  reviewOn?: string;
  tests?: TestQuestion[];
  demonstration?: boolean;
}

export interface VersionLine {
  version: number;
  state: VersionState;
  base?: number;
  author: Person;
  writers: Person[];
  savedAt: string;
  publishAt?: string;
  publishedAt?: string;
}

export interface Version extends VersionLine {
  content: Content;
}

export interface Entry {
  id: string;
  edit: number;
  status: EntryStatus;
  shown?: Version;
  head: Version;
  scheduled?: Version;
  may: string[];
  mayNot: { deed: string; why: string }[];
  helpful: number;
  unhelpful: number;
}

export interface Piece {
  kind: "same" | "removed" | "added";
  text: string;
}

export type FieldChange =
  | { field: string; kind: "text"; before?: string; after?: string; pieces: Piece[] }
  | { field: string; kind: "list"; removed: string[]; added: string[] };

/** Somebody else saved first; `yours`: where the other text lies. */
export interface Conflict {
  error: { code: "conflict"; message: string };
  head: Version;
  yours: number;
  changed: FieldChange[];
}

export interface AuditLine {
  seq: number;
  at: string;
  by: Person;
  deed: string;
  entryId: string;
  version?: number;
  from?: string;
  to?: string;
  note?: string;
}

export interface Check {
  tests: {
    asked: number;
    tried: number;
    failed: (TestQuestion & { of: string; got?: string; broken: boolean })[];
  };
  questions: {
    asked: number;
    tried: number;
    changed: { question: string; change: "lost" | "other" | "gained"; before?: string; after?: string }[];
  };
}

/** A check on its way, which goes on without the page. */
export interface CheckJob {
  state: "running" | "done" | "cancelled" | "failed";
  done: number;
  total: number;
  result?: Check;
}

export interface Candidate {
  id: string;
  version?: number;
  kind: "entry" | "document";
  question: string;
  score: number;
  features: Record<string, number>;
  scope?: TriedScope;
}

/** For where and for whom alone an entry holds, and what that did to it. */
export interface TriedScope {
  region?: string;
  audience?: string;
  effect?: "excluded" | "preferred" | "held-back" | "asked";
  because?: "region" | "audience";
}

export interface Tried {
  kind: "answered" | "unsure";
  text?: string;
  confidence: number;
  threshold: number;
  asksSomething: boolean;
  sources: { entryId: string; version?: number; question: string; quote: string; title: string; article?: string }[];
  candidates: Candidate[];
  region?: string;
  misspelt?: { typed: string; meant: string }[];
}

export interface CalendarEvent {
  kind: "expiry" | "review" | "publish";
  day: string;
  at?: string;
  id: string;
  question?: string;
  title?: string;
  owner?: string;
  version: number;
}

export interface Gap {
  id: string;
  size: number;
  typical: string;
  examples: string[];
  firstAt: string;
  lastAt: string;
  entryId?: string;
}

export interface Rate {
  from: string;
  asked: number;
  answered: number;
  unhelpful: number;
  share: number;
}

export interface Rates {
  periods: Rate[];
  before?: Rate;
  after?: Rate;
}

export interface AnsweredCount {
  version: number;
  channel: string;
  answers: number;
  conversations: number;
}

/** What an entry is called: its question, or its title where it is a document. */
export const nameOf = (entry: { question?: string; title?: string; id?: string }): string =>
  entry.question || entry.title || `（还没有写问题）${entry.id ?? ""}`;
