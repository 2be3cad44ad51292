import { checkCreditCode } from "../../../bots/credit-code.ts";
import { asciiInPlace } from "../../../bots/phones.ts";
import type { Span } from "./span.ts";

const PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使";
/**
 * GA 36-2018: a province, an office, then five characters (the last may name a use) or, on vehicles of new energy, six of which the first or
 * the last tells the drive. I and O are not used. Written with a dot, blanks, small or full-width letters too.
 */
const PLATE = new RegExp(
  `[${PROVINCES}]\\s?[A-HJ-NP-Z][\\s·•・.-]?(?:[DFABCEGHJK][A-HJ-NP-Z\\d]\\d{4}|\\d{5}[DFABCEGHJK]|[A-HJ-NP-Z\\d]{4}[A-HJ-NP-Z\\d挂学警港澳])(?![A-Za-z\\d])`,
  "gi",
);

export const platesIn = (message: string): Span[] =>
  [...asciiInPlace(message).matchAll(PLATE)]
    .filter(([words]) => /\d/.test(words))
    .map(({ 0: words, index }) => ({
      start: index,
      end: index + words.length,
      value: words.replace(/[\s·•・.-]/g, "").toUpperCase(),
    }));

const ORDER =
  /(?:订单|快递|运单|物流|包裹|流水|(?<!工)单)(?:编?号|单号)?码?(?:是|为|:)?\s*(?<code>(?=[A-Z-]*\d)[A-Z\d][A-Z\d-]{6,30}[A-Z\d])(?![A-Za-z\d])/dgi;
/** Carriers whose numbers can be told by their beginning. */
const CARRIER = /(?<![A-Za-z\d])(?<code>(?:SF|YT|JD[A-Z]{0,2}|ZTO?|STO|YD|JT|EMS|DPK)\d{10,15})(?![A-Za-z\d])/dgi;

/** Numbers of orders and parcels. */
export function orderNumbersIn(message: string): Span[] {
  const text = asciiInPlace(message);
  const spans = [...text.matchAll(ORDER), ...text.matchAll(CARRIER)].flatMap(({ 0: words, indices, groups }) => {
    const at = indices?.groups?.code;
    // A bare 单号 of fourteen digits is a ticket's.
    const isTicket = /^单/.test(words) && /^\d{14}$/.test(groups?.code ?? "");
    return at && !isTicket ? [{ start: at[0], end: at[1], value: (groups?.code ?? "").toUpperCase() }] : [];
  });
  return spans.filter(({ start }, i) => spans.findIndex((other) => other.start === start) === i);
}

const CREDIT_CODE = /(?<![A-Za-z\d])[A-HJ-NPQRTUWXY\d]{2}\d{6}[A-HJ-NPQRTUWXY\d]{10}(?![A-Za-z\d])/gi;
/** GB 11643-1999: the number of a person's identity card, which by chance may pass the check of a credit code too. */
function isIdentityNumber(code: string): boolean {
  if (!/^\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/.test(code)) return false;
  const sum = [...code.slice(0, 17)].reduce((total, digit, i) => total + Number(digit) * (2 ** (17 - i) % 11), 0);
  return "10X98765432"[sum % 11] === code[17];
}

/** Unified social credit codes (统一社会信用代码) whose check character is right. */
export const creditCodesIn = (message: string): Span[] =>
  [...asciiInPlace(message).matchAll(CREDIT_CODE)]
    .map(({ 0: words, index }) => ({ start: index, end: index + words.length, value: words.toUpperCase() }))
    .filter(({ value }) => checkCreditCode(value).kind === "valid" && !isIdentityNumber(value));
