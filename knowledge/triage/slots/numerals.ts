const DIGITS = "零一二三四五六七八九";
const UNITS: Record<string, number> = { 十: 10, 百: 100, 千: 1000 };

/** Characters of a number written in Chinese, for expressions. */
export const CHINESE_NUMERAL = "〇零一二两三四五六七八九十百千万";

/**
 * "三千五百" → 3500, "两万五" → 25000, "12" → 12, "2.5万" → 25000; `undefined` for what is no exact number ("几百").
 * Blanks and thousands separators are passed over.
 */
export function numberOf(text: string): number | undefined {
  const plain = text
    .replace(/[\s,，]/g, "")
    .replaceAll("〇", "零")
    .replaceAll("两", "二");
  // "七八百" and "十一二" are about so many.
  if (/[一二三四五六七八九]{2}[十百千万]|[十百千][一二三四五六七八九]{2}/.test(plain)) return undefined;
  const arabic = /^(\d+(?:\.\d+)?)([十百千]?)(万|亿)?$/.exec(plain);
  if (arabic) return rounded(Number(arabic[1]) * (UNITS[arabic[2] ?? ""] ?? 1) * myriads(arabic[3]));
  const chinese = /^([零一二三四五六七八九十百千]+)?(?:(万|亿)([零一二三四五六七八九十百千]*))?$/.exec(plain);
  if (!chinese?.[1]) return undefined;
  const [, high, myriad, low = ""] = chinese;
  if (!myriad) return belowMyriad(high ?? "");
  const rest = /^[一二三四五六七八九]$/.test(low) ? DIGITS.indexOf(low) * (myriads(myriad) / 10) : belowMyriad(low);
  return belowMyriad(high ?? "") * myriads(myriad) + rest;
}

const myriads = (unit: string | undefined): number => (unit === "亿" ? 1e8 : unit === "万" ? 1e4 : 1);
const rounded = (value: number): number => Math.round(value * 100) / 100;

/** "三千五" means 3500, "三千零五" 3005; digits in a row are read one by one ("二零二六"). */
function belowMyriad(text: string): number {
  if (/^[零一二三四五六七八九]{2,}$/.test(text)) return Number([...text].map((sign) => DIGITS.indexOf(sign)).join(""));
  let sum = 0;
  let digit = 0;
  let unit = 1;
  for (const sign of text) {
    const size = UNITS[sign];
    if (size === undefined) {
      digit = DIGITS.indexOf(sign);
      if (digit === 0) unit = 1;
      continue;
    }
    sum += (digit || 1) * size;
    unit = size / 10;
    digit = 0;
  }
  return sum + digit * (unit > 1 ? unit : 1);
}
