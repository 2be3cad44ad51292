import type { Slot } from "../../../../bots/model/index.ts";
import { numberOf } from "../numerals.ts";
import { DAY_MS, isoOf, wallClock } from "./beijing.ts";
import { before } from "./days.ts";
import { PART, POINT, TO, UNTIL_NOW } from "./grammar.ts";
import { pointOf, type Stretch } from "./point.ts";

type Period = NonNullable<Slot["period"]>;

const RANGE = new RegExp(
  `^(?:从|自)?(${POINT})(?:开始|起)?${TO}(?:(${UNTIL_NOW})$|(第二天|次日|转天)?的?(${POINT}|${PART}|天亮)?$)`,
);
const SINCE = new RegExp(`^(?:从|自)?(${POINT})(开始|起|以来|就)?$`);
const LASTED =
  /^[^\d〇零一二两三四五六七八九十半]*([\d.〇零一二两三四五六七八九十]+|半)(?:多)?(?:个(半)?)?(小时|钟头|分钟|天|周|星期|礼拜|(?<=个半?|半)月|年|晚上|晚|宿|夜)/;

/** When the words mean, seen from `at`; `undefined` where they do not say ("最近", "每天", "好几天"). */
export function periodOf(words: string, at: Date): Period | undefined {
  const now = wallClock(at);
  const stretch = rangeOf(words, now) ?? sinceOf(words, now) ?? lastedOf(words, now);
  if (!stretch || !isSane(stretch, now)) return undefined;
  const { start, end } = stretch;
  return { from: isoOf(start), ...(end === undefined ? {} : { to: isoOf(Math.max(start, end)) }) };
}

/** What has happened does not lie in the future, or centuries back. */
const isSane = ({ start }: Stretch, now: number): boolean => start <= now + DAY_MS && start > now - 100 * 366 * DAY_MS;

function rangeOf(words: string, now: number): Stretch | undefined {
  const [, first, untilNow, nextDay, last] = RANGE.exec(words) ?? [];
  if (first === undefined) return undefined;
  const from = pointOf(first, now);
  if (!from || untilNow !== undefined) return from && { start: from.start };
  const to = last === undefined ? undefined : pointOf(inSameMonth(last, first), now, first);
  if (!to) return nextDay === undefined ? undefined : { start: from.start };
  const end = to.end ?? to.start;
  const hasOwnDay = /[月日号天周期拜]|\d{4}/.test(last ?? "");
  const late = !hasOwnDay && (nextDay !== undefined || end <= from.start) && end <= from.start ? end + DAY_MS : end;
  return late > from.start ? { start: from.start, end: late } : undefined;
}

function sinceOf(words: string, now: number): Stretch | undefined {
  const [, first, goesOn] = SINCE.exec(words) ?? [];
  const point = first === undefined ? undefined : pointOf(first, now);
  return point && (goesOn === undefined && !/^[从自]/.test(words) ? point : { start: point.start });
}

/** "上个月15号到20号": the month is said once. */
const inSameMonth = (last: string, first: string): string => {
  const month = /^.*?月(?!底|初|末)的?/.exec(first)?.[0];
  return month !== undefined && /^[\d一二三四五六七八九十]{1,3}(?:日|号)/.test(last) ? month + last : last;
};

/** "连续三天" began three days ago. */
function lastedOf(words: string, now: number): Stretch | undefined {
  const [, count = "", half, unit] = LASTED.exec(words) ?? [];
  const number = count === "半" ? 0.5 : numberOf(count);
  if (number === undefined || unit === undefined) return undefined;
  return { start: before(now, number + (half === undefined ? 0 : 0.5), unit) };
}
