/** What a response consists of; `undefined` members are left out. */
export type Value = string | number | boolean | undefined | Value[] | { [name: string]: Value };

/** GeoReport v2 names the elements of its lists; everything else is named by its key. */
const itemNames: Record<string, string> = {
  services: "service",
  attributes: "attribute",
  values: "value",
  service_requests: "request",
  service_request_updates: "request_update",
  errors: "error",
  endpoints: "endpoint",
  formats: "format",
};

/** A whole document in UTF-8, with `root` as its outermost element. */
export function toXml(root: string, value: Value): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${element(root, value)}`;
}

function element(name: string, value: Value): string {
  if (value === undefined) return "";
  const inside = content(name, value);
  return inside === "" ? `<${name}/>` : `<${name}>${inside}</${name}>`;
}

function content(name: string, value: Exclude<Value, undefined>): string {
  if (Array.isArray(value)) return value.map((item) => element(itemNames[name] ?? "item", item)).join("");
  if (typeof value === "object") {
    return Object.entries(value)
      .map(([key, member]) => element(key, member))
      .join("");
  }
  return escapeText(String(value));
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;" };
/** Characters that XML 1.0 (section 2.2) does not allow at all, lone surrogates included. */
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu;

function escapeText(text: string): string {
  return text.replace(FORBIDDEN, "").replace(/[&<>"\r]/g, (character) => entities[character] ?? "");
}
