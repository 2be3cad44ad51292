import type { Span } from "./span.ts";

const NUMBER = "(?:\\d{1,4}|[零一二两三四五六七八九十百半几数多好]{1,5})";
const CLOCK = `(?:${NUMBER}(?:点|时|:\\d{2}|：\\d{2})(?:半|整|一刻|三刻|钟|${NUMBER}分?|\\d{1,2})?(?:多|左右|钟|过后|以后|之后){0,3})`;
const PART = "(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|夜间|半夜|深夜|后半夜|大半夜|早|晚|午夜)";
const DATE =
  "(?:(?:\\d{4}年|今年|去年|前年)?(?:\\d{1,2}|[一二三四五六七八九十]{1,3})月(?:份)?(?:(?:\\d{1,2}|[一二三四五六七八九十]{1,3})(?:日|号))?(?:初|底|中旬|上旬|下旬)?|\\d{4}[-/.年]\\d{1,2}[-/.月]\\d{1,2}日?|(?:\\d{1,2}|[一二三四五六七八九十]{1,3})(?:号|日)|今年|去年|前年)";
const DAY =
  "(?:今天|今日|昨天|昨日|前天|大前天|前几天|前两天|前些天|这几天|这两天|最近|近期|近日|刚才|刚刚|今晚|昨晚|昨夜|前晚|今早|今晨|昨早|每天|每晚|每日|每周|天天|整夜|夜夜|周末|每个?周末|(?:上上|上|这|本|每)?(?:个)?(?:周|星期|礼拜)[一二三四五六日天末]|上个?(?:周|星期|礼拜|月)|这个?(?:周|星期|礼拜|月)|本(?:周|月)|春节|国庆|五一|元旦|中秋)";
const POINT = `(?:${DAY}(?:的)?(?:${PART})?(?:${CLOCK})?|${DATE}(?:的)?(?:${PART})?(?:${CLOCK})?|${PART}${CLOCK}|\\d{1,2}[:：]\\d{2}|${PART}(?=一?直|就|还|总|老|也|都))`;
const LENGTH = `(?:(?:已经|已|都|快|整整|大概|大约|持续|连续|连着|一连|长达|超过|将近|断断续续){0,4}(?:(?<=[经续整])了)?${NUMBER}(?:多)?(?:个)?(?:多)?(?:小时|钟头|天|周|星期|礼拜|月|年|晚上|晚)(?:多|了|以上|左右|之久|来|没(?=有))?)`;
const RANGE = `(?:(?:从|自)?${POINT}(?:开始|起)?(?:一直)?(?:到|至|-|—|~)(?:${POINT}|现在|今天|目前|如今|${CLOCK})|(?:从|自)${POINT}(?:开始|起|以来|就)?|${CLOCK}(?:到|至|-|—|~)(?:第二天|次日|${PART})?${CLOCK})`;

/** The most telling form first: from–to, then a point in time, then how long. */
const FORMS = [RANGE, POINT, LENGTH].map((form) => new RegExp(form, "u"));
const TRAIL = /[就没了的](?=$)/u;
/** Deadlines and prices look like lengths of time. */
const NOT_A_TIME = /(?:年费|月费|年卡|月租|年龄|年级|天内|日内|天猫|月供|年底前)/;

/** When it happened, or how long it has gone on. */
export function occurredAtIn(message: string): Span | undefined {
  for (const form of FORMS) {
    const found = form.exec(message);
    if (!found) continue;
    const around = message.slice(found.index, found.index + found[0].length + 1);
    if (NOT_A_TIME.test(around)) continue;
    const words = found[0].replace(TRAIL, "");
    if (words.length >= 2) return { start: found.index, end: found.index + words.length };
  }
  return undefined;
}
