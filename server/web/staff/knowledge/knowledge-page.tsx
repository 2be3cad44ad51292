import "./knowledge.css";
import "./entry/entry.css";
import "./gaps/gaps.css";
import "./import/import.css";
import "./review/review.css";
import "./try/try.css";
import { addressOf } from "../address.ts";
import { Link } from "../link.tsx";
import type { StaffUser } from "../model.ts";
import type { KnowledgeApi } from "./api.ts";
import { CalendarPage } from "./calendar-page.tsx";
import { EntryPage } from "./entry/entry-page.tsx";
import { NewEntryPage } from "./entry/new-entry-page.tsx";
import { GapsPage } from "./gaps/gaps-page.tsx";
import { ImportPage } from "./import/import-page.tsx";
import { ListPage } from "./list/list-page.tsx";
import { QueuePage } from "./queue-page.tsx";
import { TryPage } from "./try/try-page.tsx";

interface Props {
  api: KnowledgeApi;
  user: StaffUser;
  /** The address below `/staff/knowledge/`. */
  parts: string[];
  query: URLSearchParams;
}

const PAGES = [
  ["entries", "条目"],
  ["queue", "待办"],
  ["try", "试问"],
  ["calendar", "日历"],
  ["gaps", "缺口"],
  ["import", "导入导出"],
] as const;

/** The rooms of those who keep the knowledge base. Which one it is, is in the address. */
export function KnowledgePage(props: Props) {
  const [room = "entries"] = props.parts;
  return (
    <div className="knowledge">
      <nav aria-label="知识库" className="rooms">
        {PAGES.map(([key, label]) => (
          <Link
            key={key}
            href={addressOf(["knowledge", key])}
            className={key === room ? "room room-here" : "room"}
            aria-current={key === room ? "page" : undefined}
          >
            {label}
          </Link>
        ))}
      </nav>
      <Room {...props} />
    </div>
  );
}

function Room({ api, user, parts, query }: Props) {
  const [room = "entries", id] = parts;
  switch (room) {
    case "queue":
      return <QueuePage api={api} query={query} />;
    case "try":
      return <TryPage api={api} query={query} />;
    case "calendar":
      return <CalendarPage api={api} query={query} />;
    case "gaps":
      return <GapsPage api={api} />;
    case "import":
      return <ImportPage api={api.imports} query={query} />;
    case "new":
      return <NewEntryPage api={api} user={user} />;
    default:
      if (id === undefined) return <ListPage api={api} query={query} />;
      return <EntryPage key={id} api={api} user={user} id={id} query={query} />;
  }
}
