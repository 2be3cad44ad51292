import { normalize } from "../../text/normalize.ts";
import { type Span, sentences } from "../passages.ts";
import { pairKey, type RankedQuestion } from "../ranking/read.ts";
import { looksLike, type WantedKind, wantedKinds } from "./kinds.ts";

/** By what a stretch of a text is chosen to be quoted, in this order. */
export const WINDOW_SIGNS = [
  ...["covered", "wordsCovered", "best", "first", "repeated", "bestAt", "atHead", "looksRight", "looksRightNear"],
  ...["length", "beginsParagraph", "hasBest", "hasSecond", "position", "bestBefore", "afterBest"],
] as const;

/** Neighbouring sentences of a text, from `from` to before `to`, and how well they would do as a quote. */
export interface QuoteWindow {
  span: Span;
  signs: Float64Array;
}

interface ReadSentence {
  span: Span;
  /** Numbers of the question's pairs and words that stand in it, each once. */
  pairs: number[];
  words: number[];
  value: number;
  looks: readonly boolean[];
  beginsParagraph: boolean;
}

const MAX_SENTENCE = 120;
const PARAGRAPH = /(?:^|[\n\r\u3000]\s*|\s{2,})$/;
const ENUMERATION =
  /^\s*(?:第[一二三四五六七八九十百]+条|[一二三四五六七八九十]+[、是]|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、])/;

/** Every stretch of whole sentences that begins at a sentence and is as long as `maxLength` (UTF-16 units) lets it be. */
export function windowsOf(text: string, question: RankedQuestion, maxLength: number): QuoteWindow[] {
  const kinds = wantedKinds(question.text);
  const read = sentences(text, Math.min(MAX_SENTENCE, maxLength)).map((span) =>
    readSentence(text, span, question, kinds),
  );
  const ranked = [...read.keys()].sort((a, b) => (read[b] as ReadSentence).value - (read[a] as ReadSentence).value);
  return read.map((_, from) => windowFrom(read, from, { text, question, kinds, maxLength, ranked }));
}

function readSentence(text: string, span: Span, question: RankedQuestion, kinds: readonly WantedKind[]): ReadSentence {
  const words = normalize(text.slice(span.start, span.end));
  const pairs = new Set<number>();
  for (let i = 1; i < words.length; i++) {
    const number = question.pairs.get(pairKey(words.charCodeAt(i - 1), words.charCodeAt(i)));
    if (number !== undefined) pairs.add(number);
  }
  const said = [...question.words.keys()].filter((number) =>
    words.includes((question.words[number] as { word: string }).word),
  );
  const weights = question.pairWeights;
  return {
    span,
    pairs: [...pairs],
    words: said,
    value: [...pairs].reduce((sum, pair) => sum + (weights[pair] as number), 0) / question.pairTotal,
    looks: kinds.map((kind) => looksLike(kind, words)),
    beginsParagraph:
      PARAGRAPH.test(text.slice(Math.max(0, span.start - 4), span.start)) ||
      ENUMERATION.test(text.slice(span.start, span.start + 12)),
  };
}

interface Around {
  text: string;
  question: RankedQuestion;
  kinds: readonly WantedKind[];
  maxLength: number;
  /** Sentences, the one that says most of the question first. */
  ranked: readonly number[];
}

function windowFrom(read: readonly ReadSentence[], from: number, around: Around): QuoteWindow {
  const { question, kinds, maxLength, ranked, text } = around;
  const first = read[from] as ReadSentence;
  let to = from + 1;
  while (to < read.length && (read[to] as ReadSentence).span.end - first.span.start <= maxLength) to++;
  const inside = read.slice(from, to);
  const span = { start: first.span.start, end: (inside.at(-1) as ReadSentence).span.end };
  const pairs = new Set(inside.flatMap((sentence) => sentence.pairs));
  const words = new Set(inside.flatMap((sentence) => sentence.words));
  const best = inside.reduce((found, { value }, i) => (value > (inside[found] as ReadSentence).value ? i : found), 0);
  const bestSentence = inside[best] as ReadSentence;
  const near = inside.slice(best, best + 3);
  const right = (some: readonly ReadSentence[]) =>
    kinds.length === 0 ? 0 : kinds.filter((_, kind) => some.some(({ looks }) => looks[kind])).length / kinds.length;
  const has = (sentence: number | undefined) => sentence !== undefined && sentence >= from && sentence < to;
  const signs: Record<(typeof WINDOW_SIGNS)[number], number> = {
    covered: [...pairs].reduce((sum, pair) => sum + (question.pairWeights[pair] as number), 0) / question.pairTotal,
    wordsCovered: [...words].reduce((sum, word) => sum + (question.words[word]?.weight ?? 0), 0) / question.wordTotal,
    best: bestSentence.value,
    first: first.value,
    repeated: Math.log(1 + inside.reduce((sum, { value }) => sum + value, 0)),
    bestAt: (bestSentence.span.start - span.start) / maxLength,
    atHead: from === 0 ? 1 : 0,
    looksRight: right(inside),
    looksRightNear: right(near),
    length: (span.end - span.start) / maxLength,
    beginsParagraph: first.beginsParagraph ? 1 : 0,
    hasBest: has(ranked[0]) ? 1 : 0,
    hasSecond: has(ranked[1]) ? 1 : 0,
    position: span.start / text.length,
    bestBefore: ranked[0] !== undefined && ranked[0] < from ? 1 / (from - ranked[0]) : 0,
    afterBest: (span.end - bestSentence.span.end) / maxLength,
  };
  return { span, signs: Float64Array.from(WINDOW_SIGNS, (sign) => signs[sign]) };
}
