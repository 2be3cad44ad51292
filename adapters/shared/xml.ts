import { XMLParser } from "fast-xml-parser";

/** The elements below the root: text, or elements again. Of elements with the same name the last one counts. */
export interface XmlElements {
  [name: string]: string | XmlElements;
}

/** Messages are flat; the deepest that the platforms send (a list of scanned pictures) has four levels. */
const MOST_LEVELS = 8;
const CDATA = "#cdata";
const TEXT = "#text";

/** Values stay text: message numbers have 64 bits, more than a JavaScript number holds. */
const parser = new XMLParser({
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  cdataPropName: CDATA,
  maxNestedTags: MOST_LEVELS,
});

/**
 * The root's elements of a small XML document from outside; `undefined` when it is not well-formed, too deep, or declares a
 * document type (which is where entity bombs and files of the server come from).
 */
export function readXml(text: string): XmlElements | undefined {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return undefined;
  try {
    const document = parser.parse(text.replace(/^\uFEFF/, ""), true) as Record<string, unknown>;
    const [root, ...more] = Object.entries(document).filter(([name]) => name !== TEXT);
    const elements = root && more.length === 0 ? read(root[1]) : undefined;
    return typeof elements === "object" ? elements : undefined;
  } catch {
    return undefined;
  }
}

/** The text of an element; empty when there is none, or elements instead. */
export function textIn(elements: XmlElements, name: string): string {
  const value = Object.hasOwn(elements, name) ? elements[name] : undefined;
  return typeof value === "string" ? value : "";
}

/** `<xml>` around the fields in their order; numbers bare, texts as CDATA, as the platforms' documents write them. */
export function writeXml(fields: Record<string, string | number>): string {
  const elements = Object.entries(fields).map(([name, value]) => `<${name}>${content(value)}</${name}>`);
  return `<xml>${elements.join("")}</xml>`;
}

/** Characters that XML 1.0 (section 2.2) does not allow at all, lone surrogates included. */
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu;

function content(value: string | number): string {
  if (typeof value === "number") return String(value);
  // A CDATA section ends at "]]>", so that is divided between two.
  return `<![CDATA[${value.replace(FORBIDDEN, "").replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
}

function read(value: unknown): string | XmlElements {
  if (Array.isArray(value)) return read(value.at(-1));
  if (typeof value === "string") return decoded(value);
  if (typeof value !== "object" || value === null) return "";
  const members = Object.entries(value);
  const elements = members.filter(([name]) => name !== TEXT && name !== CDATA);
  if (elements.length === 0) return members.map(([name, part]) => textOf(name, part)).join("");
  return Object.fromEntries(elements.map(([name, member]) => [name, read(member)]));
}

/** White space around a CDATA section is layout; inside it nothing is an entity. */
function textOf(name: string, part: unknown): string {
  const text = Array.isArray(part) ? part.join("") : String(part);
  return name === CDATA ? text : decoded(text).trim();
}

const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,4}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return NAMED[String(name)] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
