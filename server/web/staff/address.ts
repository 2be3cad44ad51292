import { useSyncExternalStore } from "react";

/** Where in the console somebody is: the part of the address after `/staff/`, and its query. */
export interface Address {
  parts: string[];
  query: URLSearchParams;
}

const BASE = "/staff/";
const listeners = new Set<() => void>();
/** Asks somebody whether they mean to leave what is not saved; calls `leave` when they do. */
type Guard = (leave: () => void) => void;
let guard: Guard | undefined;
let shown: string | undefined;

const current = (): string => shown ?? hrefNow();

function hrefNow(): string {
  return `${window.location.pathname}${window.location.search}`;
}

/** `/staff/knowledge/entries/a%2Fb?tab=audit` → `["knowledge", "entries", "a/b"]` and `tab`. */
export function readAddress(href: string): Address {
  const { pathname, searchParams } = new URL(href, "http://console");
  const parts = pathname.startsWith(BASE) ? pathname.slice(BASE.length).split("/").filter(Boolean) : [];
  return { parts: parts.map(decoded), query: searchParams };
}

/** Empty values leave the query. */
export function addressOf(parts: string[], query: Record<string, string | number | undefined> = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return `${BASE}${parts.map(encodeURIComponent).join("/")}${search && `?${search}`}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function show(href: string): void {
  shown = href;
  for (const listener of listeners) listener();
}

const pathOf = (href: string): string => href.split("?")[0] ?? "";

/** Goes to an address of the console; `replace` leaves no step for the browser's Back. */
export function go(href: string, options: { replace?: boolean } = {}): void {
  const move = () => {
    window.history[options.replace ? "replaceState" : "pushState"](null, "", href);
    show(href);
  };
  if (guard && pathOf(href) !== pathOf(current())) guard(move);
  else move();
}

/** While `ask` is set, leaving the page by a link or Back asks first; closing the tab too, in the browser's own words. */
export function guardLeaving(ask: Guard): () => void {
  guard = ask;
  const beforeUnload = (event: BeforeUnloadEvent) => event.preventDefault();
  window.addEventListener("beforeunload", beforeUnload);
  return () => {
    if (guard === ask) guard = undefined;
    window.removeEventListener("beforeunload", beforeUnload);
  };
}

/** Back and Forward have moved already; where somebody is to be asked, the address is put back until they have answered. */
function onPopState(): void {
  const wanted = hrefNow();
  const from = current();
  if (!guard || pathOf(wanted) === pathOf(from)) {
    show(wanted);
    return;
  }
  window.history.pushState(null, "", from);
  guard(() => {
    window.history.pushState(null, "", wanted);
    show(wanted);
  });
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener("popstate", onPopState);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener("popstate", onPopState);
  };
}

/** The address, as it changes. */
export function useHref(): string {
  return useSyncExternalStore(subscribe, current);
}
