import type { Mention } from "./mentions.ts";

/** Characters that belong to sentences rather than to addresses. */
const FILLER =
  "[^\\s，。！？；,.!?;：:、“”\"'（）()的了在是有被没不把和与我你他她它们这那都也又就还很太着过给让向对说请要想能会为因从到]";
const UNIT =
  "(?:号院|号楼|号|院(?!子)|单元|层|楼(?![上下道里顶梯])|室|栋|座|幢|区(?!域)|里(?!面)|路口|路(?![灯面人牌障边过肩])|大街|街|巷|胡同|小区|社区|村|家园|花园|园|苑|庄|大厦|广场|公园|中学|小学|学校|幼儿园|医院|地铁站|公交站|站(?!着)|桥|东门|西门|南门|北门|门口|门(?![禁面锁卫])|路东|路西|路南|路北|市场|商场|超市|停车场|对面|旁边|附近|东侧|西侧|南侧|北侧|交叉口)";
const TAIL = new RegExp(`^(?:${FILLER}{0,8}?${UNIT})+`, "u");
const BETWEEN = new RegExp(`^${FILLER}{0,8}$`, "u");
const CITY_BEFORE = /北京市?$/;
const MAX_TAIL = 40;

/** The stretch of text that reads as one address around `anchor`: neighbouring names, and numbers and doors after them. */
export function addressSpan(
  text: string,
  anchor: Mention,
  mentions: readonly Mention[],
): { start: number; end: number } {
  const at = mentions.indexOf(anchor);
  let first = at;
  while (
    first > 0 &&
    BETWEEN.test(text.slice((mentions[first - 1] as Mention).end, (mentions[first] as Mention).start))
  )
    first--;
  let last = at;
  while (
    last < mentions.length - 1 &&
    BETWEEN.test(text.slice((mentions[last] as Mention).end, (mentions[last + 1] as Mention).start))
  ) {
    last++;
  }
  const { start } = mentions[first] as Mention;
  const { end } = mentions[last] as Mention;
  const city = CITY_BEFORE.exec(text.slice(0, start))?.[0].length ?? 0;
  const tail = TAIL.exec(text.slice(end, end + MAX_TAIL))?.[0].length ?? 0;
  return { start: start - city, end: end + tail };
}
