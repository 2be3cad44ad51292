import type { XmlElements } from "./xml.ts";

/** As flat as the same messages in XML. */
const MOST_LEVELS = 8;

/**
 * The members of a small JSON object from outside in the form that `readXml` gives, for platforms that send either: every number as it
 * was written, for message numbers have 64 bits, more than a JavaScript number holds. Of a list the last element counts, as of XML
 * elements of one name. `undefined` when it is not JSON, not an object, or too deep.
 */
export function readJsonElements(text: string): XmlElements | undefined {
  if (isTooDeep(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""), asWritten);
    const elements = read(value);
    return typeof elements === "object" && !Array.isArray(value) ? elements : undefined;
  } catch {
    return undefined;
  }
}

/** `source` is what stood there ("JSON.parse source text access", ECMAScript proposal of stage 4). */
const asWritten = (_key: string, value: unknown, context?: { source?: string }): unknown =>
  typeof value === "number" ? (context?.source ?? String(value)) : value;

/** A string, as far as it goes, so that none is looked at twice; or a bracket outside of strings. */
const STRING_OR_BRACKET = /"(?:[^"\\]+|\\.?)*(?:"|$)|[[\]{}]/gs;

/** Counted before anything is built. */
function isTooDeep(text: string): boolean {
  let level = 0;
  for (const [token] of text.matchAll(STRING_OR_BRACKET)) {
    if (token === "{" || token === "[") level += 1;
    else if (token === "}" || token === "]") level -= 1;
    if (level > MOST_LEVELS) return true;
  }
  return false;
}

function read(value: unknown): string | XmlElements {
  if (Array.isArray(value)) return read(value.at(-1));
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  if (typeof value !== "object" || value === null) return "";
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, read(member)]));
}
