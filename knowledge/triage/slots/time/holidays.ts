import { DAY_MS, dayOf, yearOf } from "./beijing.ts";

/** Days of the traditional calendar: month and day there, and the first day here that it may fall on (month, day); it falls within 31 days. */
const LUNAR: Record<string, readonly [string, number, number, shift?: number, days?: number]> = {
  除夕: ["1/1", 1, 20, -1],
  大年三十: ["1/1", 1, 20, -1],
  春节: ["1/1", 1, 20, 0, 7],
  过年: ["1/1", 1, 20, 0, 7],
  大年初一: ["1/1", 1, 20],
  大年初二: ["1/2", 1, 21],
  大年初三: ["1/3", 1, 22],
  大年初四: ["1/4", 1, 23],
  大年初五: ["1/5", 1, 24],
  大年初六: ["1/6", 1, 25],
  大年初七: ["1/7", 1, 26],
  元宵节: ["1/15", 2, 3],
  元宵: ["1/15", 2, 3],
  正月十五: ["1/15", 2, 3],
  端午节: ["5/5", 5, 25],
  端午: ["5/5", 5, 25],
  七夕: ["7/7", 7, 30],
  中元节: ["7/15", 8, 7],
  中秋节: ["8/15", 9, 6],
  中秋: ["8/15", 9, 6],
  重阳节: ["9/9", 9, 30],
  重阳: ["9/9", 9, 30],
  腊八: ["12/8", 1, 1],
  小年: ["12/23", 1, 12],
};
/** First day and length; public holidays as of 《全国年节及纪念日放假办法》 with the usual exchanged days. */
const SOLAR: Record<string, readonly [number, number, number]> = {
  元旦: [1, 1, 1],
  劳动节: [5, 1, 5],
  五一: [5, 1, 5],
  国庆节: [10, 1, 7],
  国庆: [10, 1, 7],
  十一黄金周: [10, 1, 7],
  十一假期: [10, 1, 7],
  十一期间: [10, 1, 7],
  十一长假: [10, 1, 7],
  圣诞节: [12, 25, 1],
  双十一: [11, 11, 1],
  六一: [6, 1, 1],
  清明节: [4, 0, 1],
  清明: [4, 0, 1],
};

/** Longest first, for expressions. */
export const HOLIDAY_NAMES: readonly string[] = [...Object.keys(LUNAR), ...Object.keys(SOLAR)].sort(
  (one, other) => other.length - one.length,
);

const lunarDate = new Intl.DateTimeFormat("en-u-ca-chinese", { month: "numeric", day: "numeric", timeZone: "UTC" });

function lunarDay(name: string, year: number): { start: number; days: number } | undefined {
  const [date, month, day, shift = 0, days = 1] = LUNAR[name] ?? [];
  if (date === undefined || month === undefined || day === undefined) return undefined;
  for (let i = 0; i <= 31; i++) {
    const start = dayOf(year, month, day + i);
    if (lunarDate.format(start) === date) return { start: start + shift * DAY_MS, days };
  }
  return undefined;
}

function solarDay(name: string, year: number): { start: number; days: number } | undefined {
  const [month, day, days] = SOLAR[name] ?? [];
  if (month === undefined || day === undefined || days === undefined) return undefined;
  return { start: dayOf(year, month, day || qingming(year)), days };
}

/** 清明 of the 21st century, by the usual formula: the 4th or the 5th of April. */
const qingming = (year: number): number => Math.floor((year % 100) * 0.2422 + 4.81) - Math.floor((year % 100) / 4);

const found = new Map<string, { start: number; days: number } | undefined>();

/** The last time a holiday began not after `wall`, unless a year is named. */
export function holiday(name: string, wall: number, year?: number): { start: number; days: number } | undefined {
  const latest = year ?? yearOf(wall);
  for (const tried of year === undefined ? [latest, latest - 1] : [latest]) {
    const key = `${name}${tried}`;
    if (!found.has(key)) found.set(key, lunarDay(name, tried) ?? solarDay(name, tried));
    const day = found.get(key);
    if (day && (year !== undefined || day.start <= wall)) return day;
  }
  return undefined;
}
