import type { Segmenter } from "../text/segment.ts";

/**
 * Tells whether a stretch of `text` begins or ends within a word: 方庄 in 方|庄重 is no place. The words are cut when the first
 * stretch is asked about.
 */
export function wordEdges(text: string, segmenter: Segmenter | undefined): (start: number, end: number) => boolean {
  let within: Set<number> | undefined;
  return (start, end) => {
    if (!segmenter) return false;
    within ??= insides(text, segmenter.segment(text));
    return within.has(start) || within.has(end);
  };
}

/** Offsets at which a word is torn. */
function insides(text: string, words: readonly string[]): Set<number> {
  const within = new Set<number>();
  let from = 0;
  for (const word of words) {
    const start = text.indexOf(word, from);
    if (start < 0) continue;
    for (let at = start + 1; at < start + word.length; at++) within.add(at);
    from = start + word.length;
  }
  return within;
}
