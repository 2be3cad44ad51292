import { XMLParser } from "fast-xml-parser";
import { z } from "zod";

/** Elements that are lists in GeoReport v2 and in the updates extension; in JSON they are arrays. */
const lists = new Set([
  "services",
  "attributes",
  "values",
  "service_requests",
  "service_request_updates",
  "service_requests_updates",
  "errors",
]);

const parser = new XMLParser({
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  ignoreAttributes: true,
  ignoreDeclaration: true,
});

/**
 * An Open311 answer, XML or JSON, in the shape that JSON has; `undefined` when it is neither. Document type declarations are refused
 * (entity expansion), and entities are decoded here and not by the parser.
 */
export function readDocument(text: string): unknown {
  const body = text.replace(/^\uFEFF/, "").trim();
  try {
    if (!body.startsWith("<")) return JSON.parse(body) as unknown;
    if (/<!(DOCTYPE|ENTITY)/i.test(body)) return undefined;
    const [root] = Object.entries(parser.parse(body, true) as Record<string, unknown>);
    return root && lists.has(root[0]) ? items(root[1]) : root && shape(root[1]);
  } catch {
    return undefined;
  }
}

/** The members of a list element, whatever the single element is called. */
function items(list: unknown): unknown[] {
  if (typeof list !== "object" || list === null) return [];
  return Object.entries(list)
    .filter(([name]) => name !== "#text")
    .flatMap(([, member]) => (Array.isArray(member) ? member : [member]) as unknown[])
    .map(shape);
}

function shape(value: unknown): unknown {
  if (typeof value === "string") return decode(value);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([name]) => name !== "#text");
  return Object.fromEntries(members.map(([name, member]) => [name, lists.has(name) ? items(member) : shape(member)]));
}

const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decode(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return named[String(name)] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** A field that servers write as text, number or nothing; empty counts as absent. */
const loose = z
  .union([z.string(), z.number(), z.boolean(), z.null(), z.object({})])
  .optional()
  .transform((value) =>
    value === null || value === undefined || typeof value === "object" ? undefined : String(value).trim() || undefined,
  );

export const serviceRows = z.array(z.object({ service_code: loose, service_name: loose, metadata: loose }));
export const definitionDocument = z.object({ attributes: z.array(z.object({ code: loose })) });
export const requestRows = z.array(
  z.object({
    service_request_id: loose,
    token: loose,
    status: loose,
    status_notes: loose,
    description: loose,
    agency_responsible: loose,
    requested_datetime: loose,
    updated_datetime: loose,
    expected_datetime: loose,
  }),
);
export const updateRows = z.array(
  z.object({
    update_id: loose,
    service_request_id: loose,
    status: loose,
    external_status_code: loose,
    updated_datetime: loose,
    description: loose,
    agency_responsible: loose,
    expected_datetime: loose,
  }),
);
export const errorRows = z.array(z.object({ code: loose, description: loose })).min(1);
export type RequestRow = z.output<typeof requestRows>[number];
export type UpdateRow = z.output<typeof updateRows>[number];
