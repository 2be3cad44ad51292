import { numberOf } from "../numerals.ts";
import { DAY_MS, dayOf, HOUR_MS, monthOf, startOfDay, startOfWeek, yearOf } from "./beijing.ts";
import { HOLIDAY } from "./grammar.ts";
import { holiday } from "./holidays.ts";

const OFFSETS: Record<string, number> = { 今: 0, 昨: -1, 前: -2, 大前: -3, 大大前: -4 };
/** Whole days on the wall clock, `end` excluded; one moment where a number of hours ago is said. */
export type Days = { start: number; end: number };
const oneDay = (start: number, days = 1): Days => ({ start, end: start + days * DAY_MS });

/** The days that "昨天", "上周二", "10月3号" or "国庆期间" name; `undefined` for what names none ("最近"). */
export function daysOf(date: string, now: number): Days | undefined {
  const relative = /^(大大前|大前|前|昨|今)(?:天|日|儿)?$/.exec(date)?.[1];
  if (relative !== undefined) return oneDay(startOfDay(now) + (OFFSETS[relative] ?? 0) * DAY_MS);
  return weekOf(date, now) ?? agoOf(date, now) ?? holidayOf(date, now) ?? calendarOf(date, now);
}

/** 上周 is one week back, 上上周 two. */
const stepsBack = (which: string): number => /^上*/.exec(which)?.[0].length ?? 0;

const WEEK = /^(上上|上|这|本)?个?(?:周|星期|礼拜)([一二三四五六日天末])?$/;

function weekOf(date: string, now: number): Days | undefined {
  const [found, which = "", name] = WEEK.exec(date) ?? [];
  if (found === undefined || (name === undefined && which === "")) return undefined;
  const monday = startOfWeek(now) - stepsBack(which) * 7 * DAY_MS;
  if (name === undefined) return { start: monday, end: monday + 7 * DAY_MS };
  const offset = name === "末" ? 5 : "一二三四五六日".indexOf(name.replace("天", "日"));
  const start = monday + offset * DAY_MS;
  const late = which === "" && start > now ? start - 7 * DAY_MS : start;
  return oneDay(late, name === "末" ? 2 : 1);
}

function agoOf(date: string, now: number): Days | undefined {
  const [, count, unit] = /^(.+?)个?(小时|钟头|分钟|天|周|星期|礼拜|月|年)(?:以|之)?前$/.exec(date) ?? [];
  const number = count === "半" ? 0.5 : numberOf(count ?? "");
  if (number === undefined || unit === undefined) return undefined;
  if (unit === "天") return Number.isInteger(number) ? oneDay(startOfDay(now) - number * DAY_MS) : undefined;
  const start = before(now, number, unit);
  return { start, end: start };
}

/** The moment so much earlier; half months and years are counted in days. */
export function before(now: number, count: number, unit: string): number {
  const days = { 天: 1, 晚: 1, 晚上: 1, 夜: 1, 宿: 1, 周: 7, 星期: 7, 礼拜: 7 }[unit];
  if (days !== undefined) return now - count * days * DAY_MS;
  if (unit === "小时" || unit === "钟头") return now - count * HOUR_MS;
  if (unit === "分钟") return now - count * 60_000;
  const months = count * (unit === "年" ? 12 : 1);
  if (!Number.isInteger(months)) return now - Math.round(months * 30) * DAY_MS;
  const date = new Date(now);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return date.setUTCDate(Math.min(day, last));
}

const FESTIVE = new RegExp(`^(今年|去年|前年)?的?(${HOLIDAY})(期间|假期|长假|放假|那天|当天|当晚|当|前夕)*$`);

function holidayOf(date: string, now: number): Days | undefined {
  const [, year, name, use] = FESTIVE.exec(date) ?? [];
  if (name === undefined || use === "前夕") return undefined;
  const found = holiday(name, now, year === undefined ? undefined : namedYear(year, now));
  return found && oneDay(found.start, use === "那天" || use === "当天" || use === "当" ? 1 : found.days);
}

const CALENDAR =
  /^(?:((?:19|20)\d{2})年?|(今年|去年|前年|大前年))?的?[-/.]?(?:([\d一二三四五六七八九十]{1,3})(?:月份?|[-/.])|((?:上上|上|这|本)个?月)的?)?(?:([\d一二三四五六七八九十]{1,3})(?:日|号)?|(年?初|上旬|中旬|下旬|年?底|末))?$/;

function calendarOf(date: string, now: number): Days | undefined {
  const [found, yearDigits, yearWord, monthSaid, monthWord, daySaid, tenth] = CALENDAR.exec(date) ?? [];
  if (found === undefined || found === "") return undefined;
  const year = yearDigits === undefined ? namedYear(yearWord, now) : Number(yearDigits);
  const relativeMonth = monthWord === undefined ? undefined : monthOf(now) - stepsBack(monthWord);
  const month = monthSaid === undefined ? relativeMonth : numberOf(monthSaid.replace(/^0/, ""));
  const day = daySaid === undefined ? undefined : numberOf(daySaid.replace(/^0/, ""));
  if (month === undefined && day === undefined)
    return tenth === undefined && year !== undefined ? wholeYear(year) : undefined;
  return onCalendar({ year, month, day, tenth, relative: relativeMonth !== undefined }, now);
}

const wholeYear = (year: number): Days => ({ start: dayOf(year, 1, 1), end: dayOf(year + 1, 1, 1) });

interface Dated {
  year: number | undefined;
  month: number | undefined;
  day: number | undefined;
  tenth: string | undefined;
  relative: boolean;
}

/** Without a year or a month the latest that is not still to come. */
function onCalendar({ year, month, day, tenth, relative }: Dated, now: number): Days | undefined {
  if ((!relative && month !== undefined && (month < 1 || month > 12)) || (day !== undefined && (day < 1 || day > 31)))
    return undefined;
  const inYear = year ?? yearOf(now);
  const inMonth = month ?? monthOf(now);
  const made = monthOrDay(inYear, inMonth, day, tenth);
  if (!made || made.start <= now || year !== undefined || relative) return made;
  return month === undefined
    ? monthOrDay(inYear, inMonth - 1, day, tenth)
    : monthOrDay(inYear - 1, inMonth, day, tenth);
}

function monthOrDay(year: number, month: number, day: number | undefined, tenth: string | undefined): Days | undefined {
  if (day !== undefined) {
    const start = dayOf(year, month, day);
    return new Date(start).getUTCDate() === day ? oneDay(start) : undefined;
  }
  const next = dayOf(year, month + 1, 1);
  switch (tenth) {
    case undefined:
      return { start: dayOf(year, month, 1), end: next };
    case "初":
    case "上旬":
      return { start: dayOf(year, month, 1), end: dayOf(year, month, 11) };
    case "中旬":
      return { start: dayOf(year, month, 11), end: dayOf(year, month, 21) };
    default:
      return { start: dayOf(year, month, 21), end: next };
  }
}

const namedYear = (word: string | undefined, now: number): number | undefined =>
  word === undefined ? undefined : yearOf(now) - ({ 今年: 0, 去年: 1, 前年: 2, 大前年: 3 }[word] ?? 0);
