import { asciiInPlace } from "../../../bots/phones.ts";
import { CHINESE_NUMERAL, numberOf } from "./numerals.ts";
import type { Span } from "./span.ts";

const NUMBER = `(?<![\\d.第几数])(?:\\d{1,3}(?:,\\d{3})+(?:\\.\\d{1,2})?|\\d{1,9}(?:\\.\\d{1,2})?)\\s?[百千]?万?亿?|(?<![${CHINESE_NUMERAL}\\d几数第])[${CHINESE_NUMERAL}]{1,10}`;
/** What a number is followed by when 块 counts tiles and 元 begins another word. */
const NO_MONEY =
  "(?!儿|砖|玻璃|地|石|牌|板|屏|表|瓷|草|肉|木|广告|路面|区域|旦|素|宵|月|件|首|帅|气|通|布|蛋糕|墙|电池|土|空|大|小|水泥|井盖)";
const AMOUNT = new RegExp(
  `(?<yen>[¥￥])\\s?(?<after>\\d[\\d,]*(?:\\.\\d{1,2})?\\s?[千万]?)|(?<number>${NUMBER})(?:余|多|来)?(?:人民币)?(?<unit>元钱?|块钱|块|圆|人民币|rmb|角|毛钱?)${NO_MONEY}(?:(?<tenths>[\\d一二三四五六七八九])(?:角|毛)?(?![\\d年月日个]))?`,
  "gi",
);

/** Sums of money; the value is yuan as a decimal string. */
export const amountsIn = (message: string): Span[] =>
  [...asciiInPlace(message).matchAll(AMOUNT)].flatMap(({ 0: words, index, groups = {} }) => {
    const { after, number = after ?? "", unit = "", tenths } = groups;
    const said = numberOf(number);
    if (said === undefined || (unit === "块" && /^[一1]$/.test(number.trim()))) return [];
    const yuan = /^[角毛]/.test(unit) ? said / 10 : said + (tenths ? (numberOf(tenths) ?? 0) / 10 : 0);
    return [{ start: index, end: index + words.length, value: String(Math.round(yuan * 100) / 100) }];
  });
