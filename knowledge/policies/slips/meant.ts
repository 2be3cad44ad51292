import type { Misspelt } from "../../../bots/model/index.ts";
import { normalize } from "../../text/normalize.ts";
import type { Segmenter } from "../../text/segment.ts";
import { characterPairs } from "../../text/tokens.ts";
import type { EntryIndex } from "../entry-index.ts";
import { SOUNDING } from "./known-words.ts";

/** A question with slips of pinyin input put right. */
export interface Meant {
  question: string;
  words: Misspelt[];
}

type Base = Pick<EntryIndex, "documentFrequency" | "soundingLike">;

/** What is typed is a slip only where entries have its characters together so many times less often than those of the other word. */
const RARER = 50;
/** In characters: who writes more says it again in other words. */
const READ_LENGTH = 60;
/** Ways of reading a question that are tried. */
const MOST = 3;
const HAN = /^\p{Script=Han}+$/u;

interface Stretch {
  start: number;
  typed: string;
  /** Words of the base that it may have been meant to be, the likeliest first. */
  meant: string[];
}

/**
 * What a question may mean where stretches of it are no words that entries know, but sound like one (公基金 for 公积金): the likeliest first.
 * None for nearly every question. What is a word itself is left alone, as is what would tear the words beside it.
 */
export function meantBy(question: string, base: Base, segmenter: Segmenter): Meant[] {
  const text = normalize(question);
  if (text.length > READ_LENGTH) return [];
  const tokens = segmenter.segment(text);
  const isWord = wordsAt(text, tokens);
  const stretches = apart(stretchesIn(text, base, isWord));
  const [first, ...others] = stretches;
  if (!first) return [];
  const readings = first.meant.slice(0, MOST).map((word) => [{ ...first, meant: [word] }, ...others]);
  return readings.flatMap((reading) => putRight(text, reading, { tokens, segmenter }) ?? []);
}

/** Whether a stretch is one word of the dictionary as the text is cut. */
function wordsAt(text: string, tokens: readonly string[]): (start: number, typed: string) => boolean {
  const words = new Map<number, string>();
  let from = 0;
  for (const token of tokens) {
    const start = text.indexOf(token, from);
    if (start < 0) continue;
    words.set(start, token);
    from = start + token.length;
  }
  return (start, typed) => words.get(start) === typed;
}

function stretchesIn(text: string, base: Base, isWord: (start: number, typed: string) => boolean): Stretch[] {
  const found: Stretch[] = [];
  for (let start = 0; start < text.length; start++) {
    for (let size = SOUNDING.shortest; size <= SOUNDING.longest && start + size <= text.length; size++) {
      const typed = text.slice(start, start + size);
      if (!HAN.test(typed)) break;
      if (base.documentFrequency(typed) > 0) continue;
      const meant = wordsFor(typed, base, isWord(start, typed));
      if (meant.length > 0) found.push({ start, typed, meant });
    }
  }
  return found;
}

function wordsFor(typed: string, base: Base, isDictionaryWord: boolean): string[] {
  return base
    .soundingLike(typed)
    .filter((word) => base.documentFrequency(word) > 0 && isMeant(typed, word, base, isDictionaryWord))
    .toSorted(
      (a, b) =>
        differing(typed, a).length - differing(typed, b).length ||
        base.documentFrequency(b) - base.documentFrequency(a),
    );
}

/** A word of the dictionary is left alone, but for a long one with another spelling: 身分证. */
function isMeant(typed: string, word: string, base: Base, isDictionaryWord: boolean): boolean {
  const places = differing(typed, word);
  if (places.length === typed.length) return false;
  if (isDictionaryWord && (typed.length < 3 || places.length > 1)) return false;
  const [wrong, right] = [characterPairs(typed), characterPairs(word)];
  const isRare = (at: number) => {
    const [seen, wanted] = [base.documentFrequency(wrong[at] ?? ""), base.documentFrequency(right[at] ?? "")];
    return wanted > 0 && seen * RARER <= wanted;
  };
  return places.every((at) => (at > 0 && isRare(at - 1)) || (at < typed.length - 1 && isRare(at)));
}

const differing = (typed: string, word: string): number[] =>
  [...typed].flatMap((character, at) => (character === word.charAt(at) ? [] : [at]));

/** Stretches that do not overlap: the longest first, of equals those with fewer wrong characters. */
function apart(stretches: readonly Stretch[]): Stretch[] {
  const chosen: Stretch[] = [];
  const wrongIn = ({ typed, meant }: Stretch) => differing(typed, meant[0] ?? "").length;
  for (const one of stretches.toSorted((a, b) => b.typed.length - a.typed.length || wrongIn(a) - wrongIn(b))) {
    const [start, end] = [one.start, one.start + one.typed.length];
    if (chosen.every((other) => other.start >= end || other.start + other.typed.length <= start)) chosen.push(one);
  }
  return chosen;
}

/** `undefined` where the words do not hold together better than before: 有会员卡 is not 优惠员卡. */
function putRight(
  text: string,
  stretches: readonly Stretch[],
  { tokens, segmenter }: { tokens: readonly string[]; segmenter: Segmenter },
): Meant | undefined {
  const ordered = stretches.toSorted((a, b) => a.start - b.start);
  let question = "";
  let from = 0;
  for (const { start, typed, meant } of ordered) {
    question += text.slice(from, start) + meant[0];
    from = start + typed.length;
  }
  question += text.slice(from);
  const then = segmenter.segment(question);
  const words = ordered.map(({ typed, meant }) => ({ typed, meant: meant[0] ?? "" }));
  const isWhole = words.every(({ meant }) => then.includes(meant));
  return isWhole && then.length <= tokens.length ? { question, words } : undefined;
}
