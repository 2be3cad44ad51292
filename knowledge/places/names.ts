import { normalize } from "../text/normalize.ts";
import type { DivisionRecord } from "./divisions.ts";
import { codeOf, type Landmark, namesOf } from "./landmarks.ts";
import { isWithin } from "./tree.ts";

/** How far a name can be trusted on its own: an official or unmistakable name, or a word that also means other things. */
export type Strength = "strong" | "weak";

export interface NameEntry {
  strength: Strength;
  /** Short for a division's name, or a landmark's name, or the official one. */
  form: "full" | "short" | "landmark";
  /** Codes of all divisions called so. */
  codes: string[];
}

/** Short names of Beijing's divisions that are everyday words as well: 人行天桥, 平房, 朝阳的房间, 大兴土木. */
const ORDINARY = new Set(
  "前门 天桥 平房 东风 城子 清水 新村 光明 胜利 曙光 温泉 果园 鼓楼 城关 新镇 向阳 迎风 河北 新华 东升 安定 礼贤 滨河 空港 城南 城北 旧县 四海 北庄 荣华 和义 文景 石楼 大兴 朝阳 永定 古城 龙潭 沙河 八角 上地 小关 百善 龙山 宝山 渤海 康庄 梨园 玉桥 石园 朝外 双丰 兴丰 清源 博兴 仁和 永宁 永顺 龙泉 延寿 木林 石城 花乡 新北区 学院路 建国门 中心 和平 幸福 团结 台湖 马坊 通运".split(
    " ",
  ),
);
const INSTITUTION = /(部|局|厂|社|院|大学|学院|大街|小街|街|路|站|机场|科技园|园区|房子|市场|商场)$/;
const NUMBERED =
  /^[一二三四五六七八九十东西南北中前后上下新老大小]?[一二三四五六七八九十东西南北中新老]?(社区|村|街村|区社区|里社区|街社区)$/;

const isOrdinary = (short: string, record: DivisionRecord): boolean =>
  ORDINARY.has(short) ||
  short.length < 2 ||
  /^[东西南北][二三四五六]环$/.test(short) ||
  (record.level === "community" && (short.length < 3 || INSTITUTION.test(short)));

/** Every name by which a place of the city may be called, in simplified lower case. */
export function nameTable(
  divisions: readonly DivisionRecord[],
  landmarks: readonly Landmark[],
): ReadonlyMap<string, NameEntry> {
  const table = new Map<string, NameEntry>();
  for (const record of divisions) addDivision(table, record);
  for (const entry of table.values()) entry.codes = entry.form === "short" ? uppermost(entry.codes) : entry.codes;
  for (const landmark of landmarks) {
    const code = ownCommunity(landmark, table) ?? ownSubdistrict(landmark, table) ?? codeOf(landmark);
    if (code === undefined) continue;
    for (const name of namesOf(landmark)) putName(table, name, code, { form: "landmark", strength: "strong" });
  }
  return table;
}

function addDivision(table: Map<string, NameEntry>, record: DivisionRecord): void {
  const { name, code, short } = record;
  const vague = name.length < 3 || NUMBERED.test(name);
  putName(table, name, code, { form: "full", strength: vague ? "weak" : "strong" });
  for (const one of short) {
    putName(table, one, code, { form: "short", strength: isOrdinary(one, record) ? "weak" : "strong" });
  }
}

function putName(
  table: Map<string, NameEntry>,
  written: string,
  code: string,
  { form, strength }: Omit<NameEntry, "codes">,
): void {
  const name = normalize(written);
  const known = table.get(name);
  if (!known || rank(form) > rank(known.form)) table.set(name, { form, strength, codes: [code] });
  else if (known.form === form && !known.codes.includes(code)) known.codes.push(code);
}

/** A station that only the district is known of is taken to lie in the subdistrict that it is called after. */
function ownSubdistrict({ name, kind, district }: Landmark, table: ReadonlyMap<string, NameEntry>): string | undefined {
  if (kind !== "station" || district === undefined) return undefined;
  const codes = table.get(normalize(name.replace(/(?:地铁)?站$/, "")))?.codes ?? [];
  const within = codes.filter((code) => code.length === 9 && isWithin(code, district));
  return within.length === 1 ? within[0] : undefined;
}

/** 望京西园四区 is an estate and, by the same name, a community of its subdistrict. */
function ownCommunity(
  { name, kind, subdistrict }: Landmark,
  table: ReadonlyMap<string, NameEntry>,
): string | undefined {
  if (kind !== "estate" || subdistrict === undefined) return undefined;
  const within = [name, `${name}社区`]
    .flatMap((one) => table.get(normalize(one))?.codes ?? [])
    .filter((code) => isWithin(code, subdistrict));
  const codes = [...new Set(within)].filter((code) => code.length === 12);
  return codes.length === 1 ? codes[0] : undefined;
}

/** 延庆 is the district before it is its 延庆镇: of a short name's divisions those that lie in another of them drop out. */
const uppermost = (codes: readonly string[]): string[] =>
  codes.filter((code) => !codes.some((other) => other !== code && isWithin(code, other)));

/** A landmark's name outranks a short name that happens to be the same; an official name outranks both. */
const rank = (form: NameEntry["form"]): number => ["short", "landmark", "full"].indexOf(form);
