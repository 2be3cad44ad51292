/** A stretch of a text: UTF-16 units from `start` up to `end`. */
export interface Stretch {
  start: number;
  end: number;
}

const SENTENCE_END = /[。！？!?；;\n]/;
const PAUSE = /[，,、：:\s]/;
const ALPHANUMERIC = /[0-9A-Za-z]/;

/**
 * Cuts a text into stretches of at most `most` units without leaving anything out: after the last end of a sentence that fits, else after the last pause, else
 * where neither a number nor a surrogate pair is torn.
 */
export function windowsOf(text: string, most: number): Stretch[] {
  const windows: Stretch[] = [];
  let start = 0;
  while (text.length - start > most) {
    const end = start + cutBefore(text.slice(start, start + most + 1), most);
    windows.push({ start, end });
    start = end;
  }
  if (start < text.length) windows.push({ start, end: text.length });
  return windows;
}

function cutBefore(text: string, most: number): number {
  for (const mark of [SENTENCE_END, PAUSE]) {
    for (let at = most - 1; at > 0; at--) if (mark.test(text.charAt(at))) return at + 1;
  }
  for (let at = most; at > most / 2; at--) if (!isTorn(text, at)) return at;
  return most;
}

function isTorn(text: string, at: number): boolean {
  const after = text.charCodeAt(at);
  if (after >= 0xdc00 && after <= 0xdfff) return true;
  return ALPHANUMERIC.test(text.charAt(at)) && ALPHANUMERIC.test(text.charAt(at - 1));
}
