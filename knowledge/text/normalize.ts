import { Converter } from "opencc-js/t2cn";

/** Format characters that show nothing: soft hyphen, zero-width, bidirectional controls, byte order mark, variation selectors. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}|\p{Cf}/gu;
/** Control characters other than white space. */
const CONTROL = /[\0-\x08\x0e-\x1f\x7f-\x9f]/g;

type Convert = (text: string) => string;

/** The tables take 50 ms to unfold, so they wait for the first text that is not plain ASCII. */
const once = (make: () => Convert): Convert => {
  let made: Convert | undefined;
  return (text) => {
    made ??= make();
    return made(text);
  };
};
const simplifyCharacters = once(() => Converter({ from: "tw", to: "cn" }));
const simplifyVocabulary = once(() => Converter({ from: "twp", to: "cn" }));

/** Vocabulary is exchanged only in texts written in traditional characters: "程式" inside "工程式样" must stay. */
function simplify(text: string): string {
  const simplified = simplifyCharacters(text);
  return simplified === text ? text : simplifyVocabulary(text);
}

/**
 * A copy of `text` for understanding only, never for showing or keeping: compatibility forms unified (NFKC), invisible
 * and control characters removed, traditional characters and vocabulary made simplified, lower case, white space made single blanks.
 * Its length may differ from the original's, so positions in it mean nothing there.
 */
export function normalize(text: string): string {
  const plain = text.normalize("NFKC").replace(INVISIBLE, "").replace(CONTROL, "").replace(/\s+/g, " ").trim();
  const simplified = /[^\0-\x7f]/.test(plain) ? simplify(plain) : plain;
  return simplified.toLowerCase();
}
