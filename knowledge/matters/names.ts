import type { Place } from "../../bots/model/index.ts";
import { normalize } from "../text/normalize.ts";

/** Words of position after a name. */
const POSITION =
  /(?:的|[东南西北]门口?|门口|门前|门外|门内|路口|交叉口|附近|旁边?|对面|楼[上下前后顶]|前面?|后面|[东南西北][侧边面门]|外|内|里面|中段|全段|一带|公交站|地铁站|站|[A-Da-d]\d?口|工地|小区|社区)+$/u;
const ROAD_END = /(?<=[^\d一二三四五六七八九十](?:大街|胡同|路|街)|[一二三四五六七八九十](?:条|街))(?!口|灯|面|边|人)/u;
/** What many places have, and so the name of none. */
const GENERIC = /^(?:公厕|公园|花园|广场|市场|超市|学校|医院|工地|路边|河边|小花园|地下车库|校区|大门|路口)$/u;
const NUMERAL = "[A-Za-z]?\\d+|[一二三四五六七八九十百]+";
const NUMBERED = new RegExp(`(${NUMERAL})(号楼|号院|单元|号|楼|栋|幢|座|区|期|街|条|巷|院)(?![道年])`, "gu");
const GATE = /[东南西北]门/gu;
const DIGITS: Record<string, number> = { 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };

/** Names in an address, with divisions, house numbers and words of position taken off: 望京西园四区北门外 gives 望京西园四区. */
export function namesIn({ text, district, subdistrict }: Place): string[] {
  const divisions = [{ name: "北京市" }, district, subdistrict].flatMap((each) => (each ? [each.name] : []));
  const rest = divisions.reduce(withoutDivision, normalize(text).replace(/\s+/g, ""));
  return rest
    .split(/[与和及、,，;；()（）]|至/u)
    .flatMap((part) => part.split(ROAD_END))
    .map((part) => part.replace(/(?:\d+号楼|\d+号院|\d+单元|\d+[号楼栋幢座院]).*$/u, "").replace(POSITION, ""))
    .filter((name) => name.length >= 2 && !GENERIC.test(name));
}

/** A division at the beginning of an address, in full or for short; it is compared by its code. */
function withoutDivision(address: string, name: string): string {
  const short = name.replace(/(?:街道|地区|[市区县镇乡])$/u, "");
  const begin = [name, short].find((each) => address.startsWith(each));
  return begin === undefined || address.length - begin.length === 1 ? address : address.slice(begin.length);
}

/** Numbers of houses, blocks and streets by what they count: 芳古园一区5号楼 gives 区 {1} and 楼 {5}; gates are kept as 门. */
export function numbersIn(text: string): Map<string, Set<string>> {
  const plain = normalize(text);
  const found = new Map<string, Set<string>>();
  const put = (unit: string, value: string) => found.set(unit, (found.get(unit) ?? new Set()).add(value));
  for (const [, numeral = "", unit = ""] of plain.matchAll(NUMBERED)) put(unitOf(unit), plainNumber(numeral));
  for (const [gate] of plain.matchAll(GATE)) put("门", gate);
  return found;
}

/** 5号楼, 5楼, 5栋 are the same thing to those who live there; and so are 17号 and 17号院 of a street. */
function unitOf(unit: string): string {
  if (/^(?:号楼|楼|栋|幢|座)$/u.test(unit)) return "楼";
  return unit === "号院" || unit === "院" ? "号" : unit;
}

function plainNumber(numeral: string): string {
  if (!/^[一二三四五六七八九十]+$/u.test(numeral)) return numeral.toLowerCase();
  const [tens = "", ones = ""] = numeral.includes("十") ? numeral.split("十") : ["0", numeral];
  return String((tens === "0" ? 0 : (DIGITS[tens] ?? 1)) * 10 + (DIGITS[ones] ?? 0));
}

const SAME_SHARE = 0.7;

/** Whether two names are one: the same, one within the other, or nearly so. */
export function isSameName(a: string, b: string): boolean {
  return commonRun(a, b) / Math.min(a.length, b.length) >= SAME_SHARE;
}

/** Length of the longest stretch that both have. */
function commonRun(a: string, b: string): number {
  let longest = 0;
  for (let i = 0; i < a.length; i++) {
    while (longest < a.length - i && b.includes(a.slice(i, i + longest + 1))) longest += 1;
  }
  return longest;
}
