import type { Mention } from "./mentions.ts";
import type { AddressFinder, FoundAddress } from "./parsing/address-in.ts";

/** Characters that belong to sentences rather than to addresses. */
const FILLER =
  "[^\\s，。！？；,.!?;：:、“”\"'（）()的了在是有被没不把和与我你他她它们这那都也又就还很太着过给让向对说请要想能会为因从到]";
const BETWEEN = new RegExp(`^${FILLER}{0,8}$`, "u");
const CITY_BEFORE = /北京市?$/;
const NUMBER = "[0-9a-z一二三四五六七八九十甲乙丙丁][0-9a-z一二三四五六七八九十甲乙丙丁-]{0,5}";
const COUNTED =
  "号院|号楼|号|院(?!子)|单元|层|楼(?![上下道里顶梯])|室|栋|座|幢|区(?!域)|里(?!面)|街坊|弄|门(?![禁面锁卫])|口";
const POSITION =
  "社区|小区|村(?!民)|路口|交叉口|十字路口|[东西南北正后]门|门口|路[东西南北]|[东西南北]侧|对面|旁边?|附近|地下车?库|停车场|站台|地铁站|公交站|出站口|[东西南北]广场|校区";
/** What may follow a name: numbers of houses and doors, then where it is from there. */
const TAIL = new RegExp(`^(?:(?:${NUMBER}(?:${COUNTED}))*(?:${POSITION})?)+`, "u");
const MAX_TAIL = 40;
/** 路口 is a place of its own on the road. */
const CROSSING = /^路口$/;
/** The clause around a name that is shown to the finder. */
const CLAUSE_END = /[，。！？；,!?;\n]/;
const MAX_CLAUSE = 60;

export interface Extent {
  start: number;
  end: number;
  /** The address in it as the finder divides it. */
  found?: FoundAddress;
}

/** The stretch of text that reads as one address around `anchor`: neighbouring names, and roads, numbers and doors beside them. */
export function addressSpan(
  text: string,
  anchor: Mention,
  mentions: readonly Mention[],
  finder: Pick<AddressFinder, "addressIn"> | undefined,
): Extent {
  const { start, end } = neighbours(text, anchor, mentions);
  const city = CITY_BEFORE.exec(text.slice(Math.max(0, start - 3), start))?.[0].length ?? 0;
  const tail = TAIL.exec(text.slice(end, end + MAX_TAIL))?.[0].length ?? 0;
  const named = { start: start - city, end: end + tail };
  const found = finder && foundAround(text, named, finder);
  if (!found) return named;
  const last = Math.max(named.end, found.end);
  const crossing = CROSSING.test(text.slice(last - 1, last + 1)) ? 1 : 0;
  return { start: Math.min(named.start, found.start), end: last + crossing, found };
}

function neighbours(text: string, anchor: Mention, mentions: readonly Mention[]): { start: number; end: number } {
  const isNear = (one: Mention, next: Mention) => BETWEEN.test(text.slice(one.end, next.start));
  let first = mentions.indexOf(anchor);
  let last = first;
  while (first > 0 && isNear(mentions[first - 1] as Mention, mentions[first] as Mention)) first--;
  while (last < mentions.length - 1 && isNear(mentions[last] as Mention, mentions[last + 1] as Mention)) last++;
  return { start: (mentions[first] as Mention).start, end: (mentions[last] as Mention).end };
}

function foundAround(
  text: string,
  { start, end }: { start: number; end: number },
  finder: Pick<AddressFinder, "addressIn">,
): FoundAddress | undefined {
  const from = clauseStart(text, start);
  const clause = text.slice(from, clauseEnd(text, end));
  const found = finder.addressIn(clause).find((one) => one.start + from < end && one.end + from > start);
  if (!found) return undefined;
  const spans = found.spans.map((span) => ({ ...span, start: span.start + from, end: span.end + from }));
  return { ...found, spans, start: found.start + from, end: found.end + from };
}

function clauseStart(text: string, before: number): number {
  const least = Math.max(0, before - MAX_CLAUSE / 2);
  for (let at = before; at > least; at--) if (CLAUSE_END.test(text.charAt(at - 1))) return at;
  return least;
}

function clauseEnd(text: string, after: number): number {
  const most = Math.min(text.length, after + MAX_CLAUSE / 2);
  for (let at = after; at < most; at++) if (CLAUSE_END.test(text.charAt(at))) return at;
  return most;
}
