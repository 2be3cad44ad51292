/** Where in the console somebody is: the part of the address after `/staff/`, and its query. */
export interface Address {
  parts: string[];
  query: URLSearchParams;
}

const BASE = "/staff/";

/** `/staff/knowledge/entries/a%2Fb?tab=audit` → `["knowledge", "entries", "a/b"]` and `tab`. */
export function readAddress(href: string): Address {
  const { pathname, searchParams } = new URL(href, "http://console");
  const parts = pathname.startsWith(BASE) ? pathname.slice(BASE.length).split("/").filter(Boolean) : [];
  return { parts: parts.map(decoded), query: searchParams };
}

/** Empty values leave the query. */
export function addressOf(parts: string[], query: Record<string, string | number | undefined> = {}): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") given.set(name, String(value));
  }
  const search = given.toString();
  return `${BASE}${parts.map(encodeURIComponent).join("/")}${search && `?${search}`}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
