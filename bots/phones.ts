/** A telephone number in a text, UTF-16 offsets, `end` excluded. */
export interface PhoneFound {
  start: number;
  end: number;
  /** Without country code, brackets, blanks and dashes. */
  digits: string;
  extension?: string;
}

// Numbering plan: 工业和信息化部《电信网编号计划》. Mobiles have 11 digits from 13 to 19, area codes 3 or 4 digits from 0, local numbers 7 or
// 8 digits from 2 to 8. Numbers from 400, 800 and 95 belong to companies, never to a citizen, and have other lengths or beginnings.
const MOBILE = "(?<![\\d*-])(?:\\(?(?:\\+|00)?86\\)?[-\\s]?)?(?<mobile>1[3-9]\\d(?:[-\\s]?\\d){8})(?![\\d*]|-\\d)";
const EXTENSION = "(?:(?:-|转|分机)\\s?(?<extension>\\d{1,6}))?";
const LANDLINE = `(?<![\\d-])\\(?(?<area>0(?:10|2\\d|[3-9]\\d{2}))\\)?[-\\s]?(?<line>[2-8]\\d{2,3}[-\\s]?\\d{4})${EXTENSION}(?!\\d)`;
const NUMBERS = new RegExp(`${MOBILE}|${LANDLINE}`, "g");
/** Eight digits with no area code: a number only where something says so. */
const LOCAL = /(?<!\d[-\s]?)[2-8]\d{3}[-\s]?\d{4}(?![-\s]?[\dA-Za-z])/g;

const SPOKEN = "〇零一二三四五六七八九幺";
/** "幺三八零零…": eleven or more digits written out. */
const SPOKEN_RUN = new RegExp(`[${SPOKEN}]{11,12}`, "g");

/** Digits, letters, brackets and dashes in ASCII, one character for one, so that offsets stay those of `text`. */
export const asciiInPlace = (text: string): string =>
  text
    .replace(/[！-～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[－—–‐‑−]/g, "-")
    .replace(/[\u3000\u00a0]/g, " ");

const spokenDigit = (character: string): string =>
  character === "幺" ? "1" : String(Math.max(SPOKEN.indexOf(character) - 1, 0));

const plainDigits = (text: string): string =>
  asciiInPlace(text).replace(SPOKEN_RUN, (run) => [...run].map(spokenDigit).join(""));

/** Every mobile and landline number of a text, in the order of the text, whoever's it is. */
export function phonesIn(text: string): PhoneFound[] {
  return [...plainDigits(text).matchAll(NUMBERS)].map(({ 0: words, index, groups = {} }) => {
    const { mobile, area = "", line = "", extension } = groups;
    const digits = (mobile ?? area + line).replace(/\D/g, "");
    return { start: index, end: index + words.length, digits, ...(extension === undefined ? {} : { extension }) };
  });
}

/** Eight-digit numbers without an area code; the caller knows that a number is meant. */
export const localPhonesIn = (text: string): PhoneFound[] =>
  [...asciiInPlace(text).matchAll(LOCAL)].map(({ 0: words, index }) => ({
    start: index,
    end: index + words.length,
    digits: words.replace(/\D/g, ""),
  }));
