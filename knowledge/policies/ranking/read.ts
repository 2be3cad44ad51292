import { isInformative } from "../../text/informative.ts";
import { loadNearWords, type NearWords } from "../../text/near-words.ts";
import { normalize } from "../../text/normalize.ts";
import type { Segmenter } from "../../text/segment.ts";
import type { TitleWords } from "../../text/title-words.ts";
import { characterPairs, pairOf } from "../../text/tokens.ts";
import type { Entry } from "../entry.ts";
import { headline } from "../headline.ts";
import { type NamedPlaces, namedPlaces, placeNames } from "./named-places.ts";

/** What reading a question for ranking needs to know of the language and of the base. */
export interface RankingMeasure {
  segmenter: Segmenter;
  near: NearWords;
  titleWords: TitleWords;
  /** In how many entries a term (word or marked pair) stands. */
  documentFrequency: (term: string) => number;
  size: () => number;
}

export interface WantedWord {
  word: string;
  weight: number;
  /** Its number among the near words. */
  near: number | undefined;
}

/** A question, read for ranking. */
export interface RankedQuestion {
  /** Normalised. */
  text: string;
  /** Number of each wanted pair of characters, by `pairKey`. */
  pairs: ReadonlyMap<number, number>;
  /** What each pair weighs by number, and all together. */
  pairWeights: Float64Array;
  pairTotal: number;
  words: WantedWord[];
  wordTotal: number;
  direction: Int8Array;
  places: string[];
  provinces: NamedPlaces;
  figures: string[];
}

/** A document, read for ranking, once. */
export interface RankedDocument {
  /** Normalised. */
  text: string;
  title: string;
  direction: Int8Array;
  /** Numbers of its words among the near words, each once. */
  nearWords: Uint16Array;
  provinces: NamedPlaces;
  leadProvinces: NamedPlaces;
  /** An official reply to a letter, not a paper. */
  isReply: boolean;
}

/** Where a document says for whom it speaks. */
const LEAD = 160;
const REPLY =
  /(?:来信|来函|留言|函件|来电|网帖|贴文|帖文)[^。]{0,12}(?:收悉|已阅|收到)|(?:答复|回复)如下|^["“]?(?:尊敬的|市民|网友|网民)?[^,。]{0,16}(?:你好|您好)|感谢您[对的]|您(?:所)?(?:反映|咨询|提出)的/;
const REPLY_LEAD = 300;
/** How much of its weight a term keeps that carries a sentence but not its subject. */
const EMPTY = 0.3;

/** Two UTF-16 units in one number. */
export const pairKey = (first: number, second: number): number => first * 65_536 + second;

export function readQuestion(question: string, measure: RankingMeasure): RankedQuestion {
  const text = normalize(question);
  const rarityOf = rarityIn(measure);
  const pairs = new Map<number, number>();
  const weights: number[] = [];
  for (const pair of new Set(characterPairs(question))) {
    const characters = pairOf(pair);
    if (characters.length !== 2) continue;
    pairs.set(pairKey(characters.charCodeAt(0), characters.charCodeAt(1)), weights.length);
    weights.push(rarityOf(pair) * (isInformative(characters) ? 1 : EMPTY));
  }
  const words = [...new Set(measure.segmenter.segment(question))].filter(isInformative).map((word): WantedWord => {
    return { word, weight: rarityOf(word) * measure.titleWords(word), near: measure.near.numberOf(word) };
  });
  const near = words.flatMap(({ word, near }) =>
    near === undefined ? [] : [[near, measure.titleWords(word)] as const],
  );
  return {
    text,
    pairs,
    pairWeights: Float64Array.from(weights),
    pairTotal: weights.reduce((sum, weight) => sum + weight, 0) || 1,
    words,
    wordTotal: words.reduce((sum, { weight }) => sum + weight, 0) || 1,
    direction: measure.near.direction(near),
    places: placeNames(text),
    provinces: namedPlaces(text),
    figures: [...text.matchAll(/\d+(?:\.\d+)?/g)].map(([figure]) => figure),
  };
}

function readDocument(
  document: { title: string; text: string },
  { segmenter, near }: Pick<RankingMeasure, "segmenter" | "near">,
): RankedDocument {
  const text = normalize(document.text);
  const counts = new Map<number, number>();
  for (const word of segmenter.segment(document.text)) {
    const number = near.numberOf(word);
    if (number !== undefined) counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  return {
    text,
    title: normalize(document.title),
    direction: near.direction([...counts].map(([number, count]) => [number, 1 + Math.log(count)] as const)),
    nearWords: Uint16Array.from(counts.keys()),
    provinces: namedPlaces(text),
    leadProvinces: namedPlaces(text.slice(0, LEAD)),
    isReply: REPLY.test(text.slice(0, REPLY_LEAD)),
  };
}

/** Reads an entry when it first becomes a candidate and remembers it as long as it is in use. */
export function createDocumentReader({ segmenter }: { segmenter: Segmenter }): (entry: Entry) => RankedDocument {
  const known = new WeakMap<Entry, RankedDocument>();
  return (entry) => {
    const read =
      known.get(entry) ??
      readDocument({ title: headline(entry), text: entry.text }, { segmenter, near: loadNearWords() });
    known.set(entry, read);
    return read;
  };
}

const rarityIn =
  ({ documentFrequency, size }: RankingMeasure) =>
  (term: string): number => {
    const having = documentFrequency(term);
    return Math.log(1 + (size() - having + 0.5) / (having + 0.5));
  };
