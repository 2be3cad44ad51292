/** A stretch of a text by UTF-16 offsets, so that its words stand verbatim in the text. */
export interface Span {
  start: number;
  end: number;
}

const SENTENCE_END = /[。！？；!?;\n]+[”’」』）)]*|(?<=[\p{Script=Han}。；）)])\s+(?=[一二三四五六七八九十（(\d第])/gu;
const CLAUSE_END = /[，、,：: ]+/gu;

/** Cuts at every match of `end`, which stays with what it ends. */
function cutAfter(text: string, span: Span, end: RegExp): Span[] {
  const spans: Span[] = [];
  let start = span.start;
  for (const match of text.slice(span.start, span.end).matchAll(end)) {
    const stop = span.start + match.index + match[0].length;
    spans.push({ start, end: stop });
    start = stop;
  }
  if (start < span.end) spans.push({ start, end: span.end });
  return spans;
}

function cutHard(text: string, span: Span, maxLength: number): Span[] {
  const spans: Span[] = [];
  for (let start = span.start; start < span.end; ) {
    let end = Math.min(span.end, start + maxLength);
    if (end < span.end && /[\ud800-\udbff]/.test(text.charAt(end - 1))) end -= 1;
    spans.push({ start, end });
    start = end;
  }
  return spans;
}

/** The sentences of a text, none longer than `maxLength`: longer ones are cut at commas, then anywhere (never inside a character). */
export function sentences(text: string, maxLength: number): Span[] {
  const whole = { start: 0, end: text.length };
  return cutAfter(text, whole, SENTENCE_END).flatMap((sentence) => {
    if (sentence.end - sentence.start <= maxLength) return [sentence];
    const clauses = cutAfter(text, sentence, CLAUSE_END).flatMap((clause) => cutHard(text, clause, maxLength));
    return join(clauses, maxLength);
  });
}

/** Joins neighbours as long as they fit into `maxLength` together. */
export function join(spans: readonly Span[], maxLength: number): Span[] {
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last && span.end - last.start <= maxLength) last.end = span.end;
    else joined.push({ ...span });
  }
  return joined;
}

/** The text without its outer white space. */
export function trim(text: string, span: Span): Span {
  const words = text.slice(span.start, span.end);
  const start = span.start + (words.length - words.trimStart().length);
  return { start, end: Math.max(start, span.end - (words.length - words.trimEnd().length)) };
}
