const NUMERALS = "〇一二三四五六七八九";
const CHINESE = "[〇零○Ｏ一二三四五六七八九十]";

/** 2024年5月1日, 2024-05-01, 2024/5/1, 2024.5.1, 20240501, with or without a time behind; 二〇二四年五月一日. */
const DATE =
  /(?<y>(?:19|20)\d{2})\s*[年\-/.．]\s*(?<m>\d{1,2})\s*[月\-/.．]\s*(?<d>\d{1,2})\s*日?|(?<y8>(?:19|20)\d{2})(?<m8>\d{2})(?<d8>\d{2})(?!\d)/;
const DATE_IN_WORDS = new RegExp(`(?<y>${CHINESE}{4})年(?<m>${CHINESE}{1,2})月(?<d>${CHINESE}{1,3})日`);

const digits = (words: string): number =>
  Number([...words].map((word) => Math.max(0, NUMERALS.indexOf(word.replace(/[零○Ｏ]/, "〇")))).join(""));

/** Up to 31: 十, 二十一. */
function small(words: string): number {
  const [tens, ones] = words.split("十");
  if (ones === undefined) return digits(words);
  return (tens ? digits(tens) : 1) * 10 + (ones ? digits(ones) : 0);
}

function toDay(year: number, month: number, day: number): string | undefined {
  const at = new Date(Date.UTC(year, month - 1, day));
  const isReal = at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return isReal ? at.toISOString().slice(0, 10) : undefined;
}

/** The first date in a text as YYYY-MM-DD; nothing where there is none, or none that the calendar has. */
export function firstDate(text: string): string | undefined {
  const found = DATE.exec(text)?.groups;
  if (found) {
    const { y, m, d, y8, m8, d8 } = found;
    return toDay(Number(y ?? y8), Number(m ?? m8), Number(d ?? d8));
  }
  const words = DATE_IN_WORDS.exec(text)?.groups;
  return words && toDay(digits(words.y ?? ""), small(words.m ?? ""), small(words.d ?? ""));
}

/** Whether a text is a date and nothing else. */
export function isDate(text: string): boolean {
  const bare = text.trim();
  const found = DATE.exec(bare) ?? DATE_IN_WORDS.exec(bare);
  return found !== null && found[0].trim() === bare && firstDate(bare) !== undefined;
}

/** A cell that should be a date: the day, its time of day left away; nothing where it is none. */
export function dayOf(cell: string): string | undefined {
  const bare = cell.trim().replace(/[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$/, "");
  return isDate(bare) ? firstDate(bare) : undefined;
}
