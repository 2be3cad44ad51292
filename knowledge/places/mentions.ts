import type { MisspeltNames, Slip } from "./misspelt.ts";
import type { NameEntry } from "./names.ts";

/** A name found in a text, by UTF-16 offsets. */
export interface Mention {
  start: number;
  end: number;
  name: string;
  entry: NameEntry;
  /** Set where the text has it misspelt. */
  slip?: Slip;
}

/** 东四 in 东四环, 朝阳 in 朝阳群众, 望京 in a dish: what must not follow or come before a name. */
const NOT_AFTER =
  /^(环|群众|土木|产业|经济|企业|牌|战争|方向盘|大桃|烤鸭|啤酒|球拍|某|省|石家庄|保定|廊坊|唐山|张家口|承德|沧州|衡水|邢台|邯郸|秦皇岛)/;
const NOT_BEFORE = /(?:人行|过街|立交|拖拉|一栋|一间|几间|老|[^地住]叫)$/;
/** A name of a person: 我叫张延庆, 王佐良先生, 李朝阳 by itself. */
const PERSON_BEFORE = /(?:(?:我叫|名叫|姓名[是:]?|联系人[是:]?)\p{Script=Han}{0,2})$/u;
const FAMILY_NAME_BEFORE = /(?:本人|我是|找|^)\p{Script=Han}$/u;
const PERSON_AFTER = /^(?:\p{Script=Han}?(?:女士|先生|小姐|师傅|老师|大爷|大妈|阿姨|同志)|[，,]?(?:电话|手机)|$)/u;
const TITLE_AFTER = /^\p{Script=Han}?(?:女士|先生|小姐|师傅|大爷|大妈|阿姨|同志)/u;
/** What makes an everyday word a place. */
const PLACE_AFTER =
  /^(区(?!别)|街道|地区|镇|乡|新城|村|社区|小区|桥|地铁站|站|派出所|法院|医院|公园|这边|这里|那边|附近)/;
/** 我家住平房 says what the house is like. */
const NEVER_ALONE = new Set(["平房"]);
const PLACE_BEFORE = /(北京市?|家住|住在|位于|地址[是:：]?|我在|就在)$/;
/** A road or a park is called after a community, and an institution after a subdistrict, without lying in it. */
const ROAD_AFTER = /^[内外]?[东西南北中]?(?:大街|街(?!道)|路(?!口)|桥|立交|胡同|巷)/;
const INSTITUTION_AFTER = /^(?:医院|大学|中学|小学|学校|学院|法院|银行|饭店|酒店|宾馆|公司|驾校|支行)/;

/** For the first two characters of all names how long the longest of them is. */
export function longestNames(table: ReadonlyMap<string, NameEntry>): Map<string, number> {
  const longest = new Map<string, number>();
  for (const name of table.keys()) {
    const beginning = name.slice(0, 2);
    longest.set(beginning, Math.max(longest.get(beginning) ?? 0, name.length));
  }
  return longest;
}

/** The longest names first, from left to right, none overlapping another; the words of the text must not be torn by a short one. */
export function mentionsIn(
  text: string,
  table: ReadonlyMap<string, NameEntry>,
  longest: ReadonlyMap<string, number>,
  isTorn: (start: number, end: number) => boolean,
): Mention[] {
  const mentions: Mention[] = [];
  for (let start = 0; start < text.length; start++) {
    const most = longest.get(text.slice(start, start + 2)) ?? 0;
    for (let end = Math.min(text.length, start + most); end - start >= 2; end--) {
      const name = text.slice(start, end);
      const entry = table.get(name);
      if (!entry || !isPossible(text, { start, end, name, entry }, isTorn)) continue;
      mentions.push({ start, end, name, entry: asNamed(entry, text.slice(end)) });
      start = end - 1;
      break;
    }
  }
  return mentions;
}

function isPossible(text: string, mention: Mention, isTorn: (start: number, end: number) => boolean): boolean {
  const before = text.slice(Math.max(0, mention.start - 8), mention.start);
  const after = text.slice(mention.end, mention.end + 8);
  if (NOT_AFTER.test(after) || NOT_BEFORE.test(before)) return false;
  const { form } = mention.entry;
  if (form === "full") return true;
  const isWhole = () => PLACE_AFTER.test(after) || !isTorn(mention.start, mention.end);
  if (form === "landmark") return mention.name.length > 3 || isWhole();
  if (PERSON_BEFORE.test(before) || TITLE_AFTER.test(after)) return false;
  return !(FAMILY_NAME_BEFORE.test(before) && PERSON_AFTER.test(after)) && isWhole();
}

/** What of a short name still holds when a road, a park or an institution is called after it. */
function asNamed(entry: NameEntry, after: string): NameEntry {
  if (entry.form !== "short") return entry;
  const isCommunity = entry.codes.some((code) => code.length === 12);
  const road = isCommunity ? ROAD_AFTER.test(after) : /^[内外]大?街/.test(after);
  if (!road && !INSTITUTION_AFTER.test(after)) return entry;
  const codes = [...new Set(entry.codes.map((code) => code.slice(0, 6)))];
  return { ...entry, strength: isCommunity ? "weak" : entry.strength, codes };
}

/** Names with a slip, where no name stands that is written right and as long. Only the first part of a long text is searched. */
export function misspeltIn(text: string, exact: readonly Mention[], names: MisspeltNames, most: number): Mention[] {
  const found: Mention[] = [];
  const end = Math.min(text.length, most);
  for (let start = 0; start + names.shortest <= end; start++) {
    const best = misspeltAt(text.slice(0, end), start, exact, names);
    if (!best) continue;
    found.push(best);
    start = best.end - 1;
  }
  return found;
}

function misspeltAt(text: string, start: number, exact: readonly Mention[], names: MisspeltNames): Mention | undefined {
  const over = exact.filter((one) => one.end > start);
  if (over.some((one) => one.start < start)) return undefined;
  let best: Mention | undefined;
  for (let size = names.shortest; size <= names.longest && start + size <= text.length; size++) {
    const end = start + size;
    const torn = over.some((one) => one.start < end && one.end > end);
    const [first, ...rest] = torn ? [] : names.find(text.slice(start, end));
    if (!first) continue;
    const kept = over.filter((one) => one.start < end).reduce((sum, one) => sum + one.end - one.start, 0);
    if (size < kept + 2 || (best && best.slip === "sound" && first.slip !== "sound")) continue;
    const codes = [...new Set([first, ...rest].flatMap(({ entry }) => entry.codes))];
    best = { start, end, name: first.name, entry: { ...first.entry, codes }, slip: first.slip };
  }
  return best;
}

/** Whether the words around a doubtful name show that a place is meant. */
export function isConfirmed(mention: Mention, text: string, all: readonly Mention[]): boolean {
  if (PLACE_AFTER.test(text.slice(mention.end, mention.end + 4))) return true;
  if (all.some((other) => other.end === mention.start || other.start === mention.end)) return true;
  if (mention.entry.form !== "short" || NEVER_ALONE.has(mention.name)) return false;
  return PLACE_BEFORE.test(text.slice(Math.max(0, mention.start - 6), mention.start));
}
