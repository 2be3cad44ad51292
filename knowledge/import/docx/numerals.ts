const DIGITS = "零一二三四五六七八九";

/** 21 → 二十一; up to 9,999, beyond that in digits. */
function chinese(value: number): string {
  if (value <= 0 || value > 9_999) return String(value);
  const places = [...String(value)].map(Number);
  const words = places.map((digit, i) => {
    const unit = ["", "十", "百", "千"][places.length - 1 - i] ?? "";
    return digit === 0 ? "零" : `${DIGITS.charAt(digit)}${unit}`;
  });
  return words.join("").replace(/零+/g, "零").replace(/零$/, "").replace(/^一十/, "十");
}

function roman(value: number): string {
  const signs: [number, string][] = [
    [100, "c"],
    [90, "xc"],
    [50, "l"],
    [40, "xl"],
    [10, "x"],
    [9, "ix"],
    [5, "v"],
    [4, "iv"],
    [1, "i"],
  ];
  let rest = value;
  let text = "";
  for (const [size, sign] of signs) {
    text += sign.repeat(Math.floor(rest / size));
    rest %= size;
  }
  return text;
}

const letter = (value: number): string => String.fromCharCode(97 + ((value - 1) % 26)).repeat(Math.ceil(value / 26));

/** A counter as a format of Word writes it (ST_NumberFormat, ECMA-376 part 1, 17.18.59); formats that are rare here as digits. */
export function formatNumber(value: number, format: string): string {
  switch (format) {
    case "chineseCounting":
    case "chineseCountingThousand":
    case "japaneseCounting":
    case "taiwaneseCounting":
    case "taiwaneseCountingThousand":
    case "ideographDigital":
      return chinese(value);
    case "decimalEnclosedCircle":
    case "decimalEnclosedCircleChinese":
      return value >= 1 && value <= 20 ? String.fromCharCode(0x245f + value) : String(value);
    case "lowerLetter":
      return letter(value);
    case "upperLetter":
      return letter(value).toUpperCase();
    case "lowerRoman":
      return roman(value);
    case "upperRoman":
      return roman(value).toUpperCase();
    case "decimalZero":
      return String(value).padStart(2, "0");
    default:
      return String(value);
  }
}
