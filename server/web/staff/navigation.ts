import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
/** Asks somebody whether they mean to leave what is not saved; calls `leave` when they do. */
type Guard = (leave: () => void) => void;
let guard: Guard | undefined;
let shown: string | undefined;

const current = (): string => shown ?? hrefNow();

function hrefNow(): string {
  return `${window.location.pathname}${window.location.search}`;
}

function show(href: string): void {
  shown = href;
  for (const listener of listeners) listener();
}

const pathOf = (href: string): string => href.split("?")[0] ?? "";

/** Goes to an address of the console. `replace` leaves no step for the browser's Back; `isSaved`: nothing is lost by it, nobody is asked. */
export function go(href: string, options: { replace?: boolean; isSaved?: boolean } = {}): void {
  const move = () => {
    window.history[options.replace ? "replaceState" : "pushState"](null, "", href);
    show(href);
  };
  if (guard && !options.isSaved && pathOf(href) !== pathOf(current())) guard(move);
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
