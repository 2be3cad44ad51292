import { asciiDigits } from "./digits.ts";

/** Mobile numbers of the mainland, with or without +86, in one piece or in groups. */
const MOBILE = /(?<![\d-])(?:\+?86[\s-]?)?(1[3-9]\d(?:[\s-]?\d){8})(?![\d]|-\d)/;
/** Landlines with area code, in brackets or not; the number itself never begins with 0 or 1. */
const LANDLINE = /(?<![\d-])\(?(0\d{2,3})\)?[\s-]?([2-9]\d{3}[\s-]?\d{3,4})(?!\d)/;
/** Eight digits without area code count as a number only where the text calls them one. */
const LOCAL = /(?:电话|座机|号码|联系)[^\d]{0,6}([2-9]\d{3}[\s-]?\d{4})(?!\d)/;

const digitsOf = (text: string) => text.replace(/\D/g, "");

/** The first telephone number of the text, digits only. */
export function phoneIn(message: string): string | undefined {
  const text = asciiDigits(message).replace(/[（]/g, "(").replace(/[）]/g, ")");
  const mobile = MOBILE.exec(text);
  if (mobile?.[1]) return digitsOf(mobile[1]);
  const landline = LANDLINE.exec(text);
  if (landline) return digitsOf(`${landline[1]}${landline[2]}`);
  return LOCAL.exec(text)?.[1]?.replace(/\D/g, "");
}

/** A ticket number: fourteen digits on their own. */
export const ticketNumberIn = (message: string): string | undefined =>
  /(?<!\d)\d{14}(?!\d)/.exec(asciiDigits(message))?.[0];
