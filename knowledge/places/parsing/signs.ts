/** A text as the features see it: folded characters, and the pieces they make up. All arrays are in UTF-16 units. */
export interface Signs {
  length: number;
  /** Half-width, lower-case characters. */
  folded: Uint16Array;
  /** Folded, with every digit written as 0 and every Latin letter as a. */
  shape: Uint16Array;
  /** For each unit the index of its piece. */
  pieceAt: Int32Array;
  /** What each piece is: a Piece, or the character itself for unit words and signs. */
  pieces: number[];
  /** First unit of each piece, and the text's length after the last. */
  pieceStarts: number[];
}

/** Kinds of pieces; below any printable character, so that they never collide with one. */
export const Piece = { outside: 1, number: 2, letters: 3, mixed: 4, words: 5, chineseNumber: 6 } as const;

const UNITS = new Set(
  "省市区县州盟旗镇乡村社庄屯街道路巷弄里号院栋幢座楼层室单元组队门口园苑城厦场桥店站坊厂司馆校房库户排库东西南北旁对面"
    .split("")
    .map((unit) => unit.charCodeAt(0)),
);
const CHINESE_DIGITS = new Set("一二三四五六七八九十".split("").map((digit) => digit.charCodeAt(0)));

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isLetter = (code: number): boolean => code >= 97 && code <= 122;
const isHan = (code: number): boolean => code >= 0x3400 && code <= 0x9fff;

function fold(code: number): number {
  const half = code >= 0xff01 && code <= 0xff5e ? code - 0xfee0 : code;
  return half >= 65 && half <= 90 ? half + 32 : half;
}

function shapeOf(folded: number): number {
  if (isDigit(folded)) return 48;
  return isLetter(folded) ? 97 : folded;
}

/** Pieces of these kinds go on while their kind goes on; every other character is a piece of its own. */
function kindOf(folded: number): number {
  if (isDigit(folded)) return Piece.number;
  if (isLetter(folded)) return Piece.letters;
  if (CHINESE_DIGITS.has(folded)) return Piece.chineseNumber;
  return isHan(folded) && !UNITS.has(folded) ? Piece.words : folded;
}

const isAlphanumeric = (kind: number): boolean => kind >= Piece.number && kind <= Piece.mixed;

export function readSigns(text: string): Signs {
  const { length } = text;
  const folded = new Uint16Array(length);
  const shape = new Uint16Array(length);
  const pieceAt = new Int32Array(length);
  const pieces: number[] = [];
  const pieceStarts: number[] = [];
  for (let at = 0; at < length; at++) {
    const sign = fold(text.charCodeAt(at));
    folded[at] = sign;
    shape[at] = shapeOf(sign);
    const kind = kindOf(sign);
    const before = pieces.at(-1) ?? Piece.outside;
    if (isAlphanumeric(kind) && isAlphanumeric(before)) {
      if (kind !== before) pieces[pieces.length - 1] = Piece.mixed;
    } else if (kind !== before || kind > Piece.chineseNumber || pieces.length === 0) {
      pieces.push(kind);
      pieceStarts.push(at);
    }
    pieceAt[at] = pieces.length - 1;
  }
  pieceStarts.push(length);
  return { length, folded, shape, pieceAt, pieces, pieceStarts };
}
