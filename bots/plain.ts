/**
 * Control, format (zero-width, bidirectional) and filler characters: they change how a text looks or sorts but carry no
 * words. Line breaks and tabs stay.
 */
const INVISIBLE = /[^\P{C}\n\r\t]|\u034f|\u115f|\u1160|\u17b4|\u17b5|\u3164|\uffa0/gu;

/** Lone surrogates cannot be written as UTF-8; they become the replacement character. */
export const visibleText = (text: string): string => text.toWellFormed().replace(INVISIBLE, "").trim();

/**
 * The form in which short inputs are compared with commands, labels and numbers: full-width digits and letters become ASCII,
 * white space goes, closing punctuation goes, lower case.
 */
export function commandForm(text: string): string {
  return visibleText(text)
    .normalize("NFKC")
    .replace(/\s+/g, "")
    .replace(/[。.!！~～,，、;；…]+$/u, "")
    .toLowerCase();
}

/** Half-width digits and letters, invisible characters gone, words otherwise untouched: for reading numbers out of a text. */
export const halfWidth = (text: string): string => visibleText(text).normalize("NFKC");
