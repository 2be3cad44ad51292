import type { NameEntry } from "./names.ts";

/** A name found in a text, by UTF-16 offsets. */
export interface Mention {
  start: number;
  end: number;
  name: string;
  entry: NameEntry;
}

/** 东四 in 东四环, 朝阳 in 朝阳群众, 望京 in a dish: what must not follow or come before a name. */
const NOT_AFTER = /^(环|群众|土木|产业|经济|企业|牌|战争|方向盘)/;
const NOT_BEFORE = /(人行|过街|立交|拖拉|一栋|一间|几间|老)$/;
/** What makes an everyday word a place. */
const PLACE_AFTER =
  /^(区|街道|地区|镇|乡|新城|村|社区|小区|东路|西路|南路|北路|路\d|大街|地铁站|站|派出所|法院|医院|公园|这边|这里|那边|附近)/;
const PLACE_BEFORE = /(北京市?|家住|住在|位于|地址[是:：]?|我在|就在)$/;

/** The longest names first, from left to right, none overlapping another. */
export function mentionsIn(text: string, table: ReadonlyMap<string, NameEntry>, longest: number): Mention[] {
  const mentions: Mention[] = [];
  for (let start = 0; start < text.length; start++) {
    for (let end = Math.min(text.length, start + longest); end - start >= 2; end--) {
      const name = text.slice(start, end);
      const entry = table.get(name);
      if (!entry || NOT_AFTER.test(text.slice(end)) || NOT_BEFORE.test(text.slice(0, start))) continue;
      mentions.push({ start, end, name, entry });
      start = end - 1;
      break;
    }
  }
  return mentions;
}

/** Whether the words around a doubtful name show that a place is meant. */
export function isConfirmed(mention: Mention, text: string, all: readonly Mention[]): boolean {
  if (PLACE_AFTER.test(text.slice(mention.end))) return true;
  if (all.some((other) => other.end === mention.start || other.start === mention.end)) return true;
  return mention.entry.form === "short" && PLACE_BEFORE.test(text.slice(0, mention.start)) && mention.name.length >= 2;
}
