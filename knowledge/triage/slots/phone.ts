import { asciiDigits } from "./digits.ts";
import { groupSpan, type Span } from "./span.ts";

/** Mobile numbers of the mainland, with or without +86, in one piece or in groups. */
const MOBILE = /(?<![\d-])(?:\+?86[\s-]?)?(1[3-9]\d(?:[\s-]?\d){8})(?![\d]|-\d)/d;
/** Landlines with area code, in brackets or not; the number itself never begins with 0 or 1. */
const LANDLINE = /(?<![\d-])(\(?0\d{2,3}\)?[\s-]?[2-9]\d{3}[\s-]?\d{3,4})(?!\d)/d;
/** Eight digits without area code count as a number only where the text calls them one. */
const LOCAL = /(?:电话|座机|号码|联系)[^\d]{0,6}([2-9]\d{3}[\s-]?\d{4})(?!\d)/d;

/** The first telephone number of the text; the value is its digits. */
export function phoneIn(message: string): Span | undefined {
  const text = asciiDigits(message).replace(/[（]/g, "(").replace(/[）]/g, ")");
  const found = MOBILE.exec(text) ?? LANDLINE.exec(text) ?? LOCAL.exec(text);
  const span = groupSpan(found);
  return span && { ...span, value: text.slice(span.start, span.end).replace(/\D/g, "") };
}

/** A ticket number: fourteen digits on their own. */
export function ticketNumberIn(message: string): Span | undefined {
  const text = asciiDigits(message);
  const span = groupSpan(/(?<!\d)(\d{14})(?!\d)/d.exec(text));
  return span && { ...span, value: text.slice(span.start, span.end) };
}
