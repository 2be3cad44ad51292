import { Button } from "antd";
import { type KeyboardEvent, useCallback, useEffect, useRef } from "react";
import { addressOf } from "../../address.ts";
import { go } from "../../navigation.ts";
import type { KnowledgeApi } from "../api.ts";
import { addDays, dayOf } from "../days.ts";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import { EntryTable } from "./entry-table.tsx";
import { ListFilters } from "./list-filters.tsx";

const PAGE_SIZE = 20;

/** All entries, found while one types. What is asked for stands in the address, so Back and a link that is passed on give the same list. */
export function ListPage({ api, query }: { api: KnowledgeApi; query: URLSearchParams }) {
  const asked = query.toString();
  const box = useRef<HTMLElement>(null);
  const list = useLoaded(
    useCallback((signal: AbortSignal) => api.entries(readQuery(new URLSearchParams(asked)), signal), [api, asked]),
  );
  const facets = useLoaded(useCallback((signal: AbortSignal) => api.facets(signal), [api]));
  const page = Number(query.get("page") ?? 1);
  const change = (fields: Record<string, string | undefined>) => {
    const next = { ...Object.fromEntries(query), page: undefined, ...fields };
    go(addressOf(["knowledge", "entries"], next), { replace: fields.page === undefined });
  };
  // What is typed is what is shown: only then Enter knows which one is the first.
  const isSettled = (typed: string) => !list.loading && typed.trim() === (query.get("q") ?? "");
  useSlash(box);

  return (
    <section
      ref={box}
      className="panel"
      onKeyDown={(event) => walk(event, box.current, isSettled)}
      aria-label="条目列表"
    >
      <div className="panel-head">
        <p className="soft small">
          共 {facets.value?.total ?? "…"} 条。按 <kbd>/</kbd> 查找，<kbd>↑</kbd> <kbd>↓</kbd> 选择，<kbd>Enter</kbd>{" "}
          打开。
        </p>
        <Button type="primary" onClick={() => go(addressOf(["knowledge", "new"]))} data-testid="new-entry">
          新建条目
        </Button>
      </div>
      <ListFilters query={query} facets={facets.value} onChange={change} />
      <Trouble error={list.error} onRetry={list.reload} />
      <EntryTable
        found={list.value}
        loading={list.loading}
        page={page}
        pageSize={PAGE_SIZE}
        isNarrowed={[...query.keys()].some((key) => key !== "page")}
        onPage={(number) => change({ page: String(number) })}
      />
    </section>
  );
}

function readQuery(query: URLSearchParams) {
  const text = (name: string) => query.get(name) ?? undefined;
  const due = query.get("due");
  return {
    q: text("q"),
    status: text("status"),
    owner: text("owner"),
    region: text("region"),
    reviewBy: due === null ? undefined : addDays(dayOf(new Date()), Number(due) || 0),
    page: Number(query.get("page") ?? 1),
    pageSize: PAGE_SIZE,
  };
}

/** "/" goes to the search field from everywhere but where one types. */
function useSlash(box: { current: HTMLElement | null }): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const isTyping =
        event.target instanceof HTMLElement && event.target.matches("input, textarea, [contenteditable]");
      if (event.key !== "/" || isTyping) return;
      event.preventDefault();
      box.current?.querySelector<HTMLInputElement>("input[type=search]")?.focus();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [box]);
}

/** ↑ and ↓ go from the search field into the list and along its links; Enter in the field opens the first. */
function walk(event: KeyboardEvent, box: HTMLElement | null, isSettled: (typed: string) => boolean): void {
  const links = [...(box?.querySelectorAll<HTMLAnchorElement>("a.entry-link") ?? [])];
  const field = box?.querySelector<HTMLInputElement>("input[type=search]");
  const at = links.indexOf(document.activeElement as HTMLAnchorElement);
  const isSearching = document.activeElement === field;
  if (at < 0 && !isSearching) return;
  if (event.key === "Enter" && isSearching && !event.nativeEvent.isComposing && isSettled(field?.value ?? "")) {
    links[0]?.click();
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  const next = at + (event.key === "ArrowDown" ? 1 : -1);
  if (next < 0) field?.focus();
  else links[next]?.focus();
}
