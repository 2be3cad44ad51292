import type { Division, GeoPoint, Place } from "../../../bots/model/index.ts";
import type { Gazetteer } from "../../../bots/ports.ts";
import type { CatalogueLeaf } from "../../desk/catalogue.ts";
import type { UnitDirectory } from "../../desk/directory.ts";
import type { DeskContact, DeskRequest } from "../../desk/ticket.ts";
import { readAttributes } from "./attributes.ts";
import type { Fault, Fields } from "./reply.ts";
import { MAX_TEXT } from "./vocabulary.ts";

/** A POST request as far as it can be read without looking anything up, or all that is wrong with it. */
export type Draft =
  | { kind: "faults"; faults: [Fault, ...Fault[]] }
  | { kind: "draft"; request: Omit<DeskRequest, "id" | "place" | "createdAt">; location: Location };

export interface Location {
  text?: string;
  point?: GeoPoint;
  addressId?: string;
}

export function readDraft(fields: Fields, leafOf: (code: string) => CatalogueLeaf | undefined): Draft {
  const code = fields.get("service_code");
  if (code === undefined) return faults([400, "service_code was not provided"]);
  const leaf = leafOf(code);
  if (!leaf) return faults([404, "service_code was not found"]);
  const values = readAttributes(fields);
  const location = readLocation(fields);
  const description = fields.get("description") ?? "";
  const wrong = [
    ...location.wrong,
    ...values.wrong,
    ...textFaults(description),
    ...mediaFaults(fields.get("media_url")),
  ];
  const [first, ...rest] = wrong;
  if (first !== undefined) return faults([400, first], ...rest.map((text): [400, string] => [400, text]));
  const media = fields.get("media_url");
  const lines = [description, ...values.extra, ...(media ? [`附件链接：${media}`] : [])];
  return {
    kind: "draft",
    location: location.value,
    request: {
      kind: values.kind,
      category: { code: leaf.code, path: [...leaf.path] },
      description: withLines(description, lines.slice(1)),
      occurredAt: values.occurredAt,
      wants: values.wants,
      confidential: values.confidential,
      contact: readContact(fields),
      evidence: [],
    },
  };
}

function faults(first: [Fault["code"], string], ...rest: [Fault["code"], string][]): Draft {
  const toFault = ([code, description]: [Fault["code"], string]): Fault => ({ code, description });
  return { kind: "faults", faults: [toFault(first), ...rest.map(toFault)] };
}

/** A source line that ends the description stays its last line. */
function withLines(description: string, lines: string[]): string {
  if (lines.length === 0) return description;
  const own = description.split("\n");
  const last = own.at(-1)?.startsWith("来源编号：") ? own.pop() : undefined;
  return [...own, ...lines, ...(last === undefined ? [] : [last])].join("\n");
}

function textFaults(description: string): string[] {
  if (description.trim() === "") return ["description was not provided"];
  return [...description].length > MAX_TEXT ? [`description must not be longer than ${MAX_TEXT} characters`] : [];
}

export function mediaFaults(url: string | undefined): string[] {
  if (url === undefined) return [];
  return /^https?:\/\/\S{1,2000}$/.test(url) ? [] : ["media_url must be an http or https address"];
}

function readLocation(fields: Fields): { value: Location; wrong: string[] } {
  const lat = fields.get("lat");
  const long = fields.get("long");
  const text = fields.get("address_string")?.trim();
  const addressId = fields.get("address_id")?.trim();
  if (lat !== undefined || long !== undefined) {
    const latitude = coordinate(lat, 90);
    const longitude = coordinate(long, 180);
    if (latitude === undefined || longitude === undefined) {
      return { value: {}, wrong: ["lat and long must both be given, in WGS84 degrees"] };
    }
    return { value: { text, addressId, point: { latitude, longitude, label: text } }, wrong: [] };
  }
  const missing = text === undefined && addressId === undefined;
  return {
    value: { text, addressId },
    wrong: missing ? ["a location was not provided: lat and long, address_string or address_id"] : [],
  };
}

function coordinate(text: string | undefined, limit: number): number | undefined {
  const value = text === undefined || !/^\s*[+-]?\d+(\.\d+)?\s*$/.test(text) ? Number.NaN : Number(text);
  return Math.abs(value) <= limit ? value : undefined;
}

function readContact(fields: Fields): DeskContact | undefined {
  const phone = fields.get("phone")?.trim();
  const email = fields.get("email")?.trim();
  const names = [fields.get("last_name"), fields.get("first_name")].flatMap((name) => name?.trim() || []);
  const name = names.some((part) => /\p{Script=Han}/u.test(part)) ? names.join("") : names.reverse().join(" ");
  if (!phone && !email && name === "") return undefined;
  return { name: name || undefined, phone, email };
}

export type Locate = Pick<Gazetteer, "resolve" | "nearest">;

/** The place of a request: the administrative tree by `address_id`, else by the text, else by the point. */
export async function placeOf(location: Location, units: UnitDirectory, locate: Locate | undefined): Promise<Place> {
  const found = location.text ? await locate?.resolve(location.text) : undefined;
  const nearest = !found && location.point ? await locate?.nearest(location.point) : undefined;
  const listed = location.addressId ? tree(location.addressId, units) : undefined;
  const text = location.text ?? nearest?.text ?? (listed ? listed.text : (location.addressId ?? ""));
  const base: Place = { confidence: 0, ...nearest, ...found, text };
  return { ...base, ...(listed && { ...listed.divisions, confidence: 1 }), point: location.point ?? base.point };
}

/** Division codes nest: 6, 9 and 12 digits. */
function tree(addressId: string, units: UnitDirectory) {
  const at = (length: number): Division | undefined => {
    const row = addressId.length >= length ? units.division(addressId.slice(0, length)) : undefined;
    return row && { code: row.code, name: row.name };
  };
  const divisions = { district: at(6), subdistrict: at(9), community: at(12) };
  const names = [divisions.district, divisions.subdistrict, divisions.community].flatMap((level) => level?.name ?? []);
  return names.length === 0 ? undefined : { divisions, text: names.join("") };
}
