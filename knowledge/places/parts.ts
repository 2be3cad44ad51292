import type { AddressParts } from "../../bots/model/index.ts";
import type { AddressSpan } from "./parsing/parser.ts";

const LABELS: Readonly<Record<string, keyof AddressParts>> = {
  road: "road",
  roadno: "number",
  houseno: "building",
  cellno: "unit",
  roomno: "room",
};

/** The parser often takes 8号院 for a place with a name of its own. */
const HOUSE = /^[甲乙丙丁]?\d+号院?$/;

/** Road, number, building, unit and room among the parts of an address; `undefined` when it has none of them. The first of each counts. */
export function partsOf(spans: readonly AddressSpan[]): AddressParts | undefined {
  const parts: AddressParts = {};
  for (const { label, text } of spans) {
    const part = HOUSE.test(text) ? "number" : LABELS[label];
    if (part !== undefined) parts[part] ??= text;
  }
  return Object.keys(parts).length > 0 ? parts : undefined;
}

const DOOR = "[东西南北]{1,2}门|[正侧后]门|\\d+号楼(?:\\d+单元)?|\\d+单元|地下车?库|[东西南北]区|[东西南北]侧";
const DETAIL = new RegExp(`(?:小区|社区|院子?|园区|公园|学校|医院|商场|楼下|我们|我家)的?(${DOOR})`, "u");

/** Which door or side of the place is meant, where that stands apart from the address: 我们小区北门那个垃圾站…，望京西园四区. */
export function detailOutside(text: string, { start, end }: { start: number; end: number }): string | undefined {
  return DETAIL.exec(text.slice(0, start))?.[1] ?? DETAIL.exec(text.slice(end))?.[1];
}
