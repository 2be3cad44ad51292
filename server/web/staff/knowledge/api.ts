import { type Call, search } from "../call.ts";
import { createImportApi, type ImportApi } from "./import/api.ts";
import type {
  AnsweredCount,
  AuditLine,
  CalendarEvent,
  CheckJob,
  Content,
  Entry,
  EntryPage,
  Facets,
  FieldChange,
  Gap,
  Rates,
  Tried,
  Version,
  VersionLine,
} from "./model.ts";

export interface EntryQuery {
  q?: string;
  status?: string;
  owner?: string;
  region?: string;
  reviewBy?: string;
  page: number;
  pageSize: number;
}

/** What is done with one version. */
export type Step =
  | { deed: "submit" | "approve" | "unschedule"; edit: number }
  | { deed: "reject"; edit: number; note: string }
  | { deed: "publish"; edit: number; publishAt?: string; note?: string };

/** `versions`: the wrong ones, oldest and newest. */
export interface CorrectionWish {
  text: string;
  versions?: { oldest: number; newest: number };
}

export interface KnowledgeApi {
  entries(query: EntryQuery, signal?: AbortSignal): Promise<EntryPage>;
  facets(signal?: AbortSignal): Promise<Facets>;
  calendar(
    days: { from: string; to: string },
    signal?: AbortSignal,
  ): Promise<{ events: CalendarEvent[]; total: number }>;
  entry(id: string, signal?: AbortSignal): Promise<Entry>;
  create(content: Content): Promise<Entry>;
  /** Throws what `conflictOf` reads where somebody else saved since `base`. */
  save(id: string, base: number, content: Content): Promise<Entry>;
  step(id: string, version: number, step: Step): Promise<Entry>;
  withdraw(id: string, note: string): Promise<Entry>;
  startCheck(id: string, version: number, signal?: AbortSignal): Promise<CheckJob>;
  readCheck(id: string, version: number, signal?: AbortSignal): Promise<CheckJob>;
  cancelCheck(id: string, version: number): Promise<CheckJob>;
  versions(id: string, signal?: AbortSignal): Promise<VersionLine[]>;
  version(id: string, version: number, signal?: AbortSignal): Promise<Version>;
  diff(id: string, from: number, to: number, signal?: AbortSignal): Promise<FieldChange[]>;
  audit(id: string, before: number | undefined, signal?: AbortSignal): Promise<AuditLine[]>;
  tryOut(question: string, base: "published" | "draft", signal?: AbortSignal): Promise<Tried>;
  gaps(signal?: AbortSignal): Promise<Gap[]>;
  draftOf(gap: string): Promise<string>;
  rates(
    query: { unit: "day" | "week"; from: string; to: string; around?: string },
    signal?: AbortSignal,
  ): Promise<Rates>;
  answered(id: string, signal?: AbortSignal): Promise<AnsweredCount[]>;
  previewCorrection(id: string, wish: CorrectionWish): Promise<{ conversations: number; text: string }>;
  /** The same key again is done once. */
  correct(id: string, wish: CorrectionWish & { key: string }): Promise<{ conversations: number }>;
  imports: ImportApi;
}

export function createKnowledgeApi(call: Call): KnowledgeApi {
  const get = <T>(path: string, signal?: AbortSignal) => call<T>("GET", `/knowledge${path}`, undefined, signal);
  const post = <T>(path: string, body: unknown = {}, signal?: AbortSignal) =>
    call<T>("POST", `/knowledge${path}`, body, signal);
  const of = (id: string, rest = "") => `/entries/${encodeURIComponent(id)}${rest}`;

  return {
    entries: (query, signal) => get(`/entries${search({ ...query })}`, signal),
    facets: (signal) => get("/facets", signal),
    calendar: (days, signal) => get(`/calendar${search(days)}`, signal),
    entry: (id, signal) => get(of(id), signal),
    create: (content) => post("/entries", content),
    save: (id, base, content) => call("PUT", `/knowledge${of(id)}`, { base, content }),
    step: (id, version, { deed, ...body }) => post(of(id, `/versions/${version}/${deed}`), body),
    withdraw: (id, note) => post(of(id, "/withdraw"), { note }),
    startCheck: (id, version, signal) => post(of(id, `/versions/${version}/check/start`), {}, signal),
    readCheck: (id, version, signal) => get(of(id, `/versions/${version}/check`), signal),
    cancelCheck: (id, version) => post(of(id, `/versions/${version}/check/cancel`)),
    versions: async (id, signal) => (await get<{ versions: VersionLine[] }>(of(id, "/versions"), signal)).versions,
    version: (id, version, signal) => get(of(id, `/versions/${version}`), signal),
    diff: async (id, from, to, signal) =>
      (await get<{ changes: FieldChange[] }>(of(id, `/diff${search({ from, to })}`), signal)).changes,
    audit: async (id, before, signal) =>
      (await get<{ lines: AuditLine[] }>(of(id, `/audit${search({ before })}`), signal)).lines,
    tryOut: (question, base, signal) => post("/try", { question, base }, signal),
    gaps: async (signal) => (await get<{ gaps: Gap[] }>("/gaps?limit=100", signal)).gaps,
    draftOf: async (gap) => (await post<{ entryId: string }>(`/gaps/${encodeURIComponent(gap)}/draft`)).entryId,
    rates: (query, signal) => get(`/rates${search(query)}`, signal),
    answered: async (id, signal) => (await get<{ counts: AnsweredCount[] }>(of(id, "/answered"), signal)).counts,
    previewCorrection: (id, wish) => post(of(id, "/corrections/preview"), wish),
    imports: createImportApi(call),
    correct: (id, wish) => post(of(id, "/corrections"), wish),
  };
}
