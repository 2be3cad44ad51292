import type { z } from "zod";
import type { KnowledgeReader } from "../../knowledge/reader.ts";
import type { ShelfItem } from "../../knowledge/shelf-book.ts";
import type { DayEvent } from "../../knowledge/shelf-overview.ts";
import type { StaffUser } from "../../staff/account.ts";
import type { AuditLine } from "../../store/sqlite/knowledge/audit-table.ts";
import type { VersionRow } from "../../store/sqlite/knowledge/entry-table.ts";
import type { auditView, calendarView, entryList, entryView, versionList, versionView } from "./schemas.ts";
import { whyNot } from "./why-not.ts";

type Json<Schema extends z.ZodType> = z.output<Schema>;
type Version = Json<typeof versionView>;

export type Views = ReturnType<typeof createViews>;

/** What the program itself did, as people read it. */
const NOBODY: Readonly<Record<string, string>> = { import: "导入", clock: "系统定时" };

const timeOf = (at: Date | undefined): string | undefined => at?.toISOString();

/** What the service gives as the JSON of the schemas; usernames get the names that colleagues know. */
export function createViews(accounts: StaffUser[]) {
  const names = new Map(accounts.map(({ username, name }) => [username, name]));
  const person = (username: string) => ({ username, name: names.get(username) ?? NOBODY[username] ?? username });

  const line = ({ version, state, base, author, writers, savedAt, publishAt, publishedAt }: VersionRow) => ({
    version,
    state,
    base,
    author: person(author),
    writers: writers.map(person),
    savedAt: savedAt.toISOString(),
    publishAt: timeOf(publishAt),
    publishedAt: timeOf(publishedAt),
  });
  const version = (row: VersionRow): Version => ({ ...line(row), content: row.content });

  return {
    person,
    version,
    versions: (rows: VersionRow[]): Json<typeof versionList> => ({ versions: rows.map(line) }),
    list: ({ items, total }: { items: ShelfItem[]; total: number }): Json<typeof entryList> => ({
      entries: items.map(({ author, savedAt, publishAt, ...item }) => ({
        ...item,
        author: person(author),
        savedAt: savedAt.toISOString(),
        publishAt: timeOf(publishAt),
      })),
      total,
    }),
    calendar: ({ events, total }: { events: DayEvent[]; total: number }): Json<typeof calendarView> => ({
      events: events.map(({ kind, day, at, item }) => {
        const { id, question, title, owner, version } = item;
        return { kind, day, at: timeOf(at), id, question, title, owner, version };
      }),
      total,
    }),
    entry(found: NonNullable<ReturnType<KnowledgeReader["entry"]>>, opinions: { helpful: number; unhelpful: number }) {
      const { entry, shown, head, scheduled, may, mayNot } = found;
      const view: Json<typeof entryView> = {
        id: entry.id,
        edit: entry.edit,
        status: entry.status,
        shown: shown && version(shown),
        head: version(head),
        scheduled: scheduled && version(scheduled),
        may,
        mayNot: mayNot.map((denied) => ({ deed: denied.deed, why: whyNot(denied, accounts) })),
        ...opinions,
      };
      return view;
    },
    audit: (lines: (AuditLine & { seq: number })[]): Json<typeof auditView> => ({
      lines: lines.map(({ by, at, ...rest }) => ({ ...rest, by: person(by), at: at.toISOString() })),
    }),
  };
}
