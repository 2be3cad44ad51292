import { normalize } from "../../text/normalize.ts";

/** What two wordings of one question share: no punctuation, no words of politeness, no question words at the end. */
const questionKey = (question: string): string =>
  normalize(question)
    .replace(/[\p{P}\p{S}\s]/gu, "")
    .replace(/^(请问|我想问|想问一下|咨询一下|你好|您好)+/, "")
    .replace(/(吗|呢|啊|呀|么)$/, "");

const pairsOf = (key: string): string[] => {
  const pairs = new Set<string>();
  for (let i = 0; i + 1 < key.length; i++) pairs.add(key.slice(i, i + 2));
  return [...pairs];
};

/** From this share of common pairs of characters on two questions are nearly the same. */
const ALIKE = 0.75;
/** Rare pairs that are looked up, and how many questions a pair may lead to. */
const LOOKED_UP = 6;
const MOST_POSTINGS = 300;
const MOST_ALIKE = 5;

/** Figures in a question belong to what is asked: 2023年 and 2024年 are two questions. */
const figuresIn = (key: string): string => (key.match(/\d+|[一二三四五六七八九十]+(?=[年月级档])/g) ?? []).join(" ");

export interface Alike<T> {
  item: T;
  /** The same question but for politeness and punctuation. */
  isSame: boolean;
}

/** Finds questions that ask the same. Answers within a fraction of a millisecond among tens of thousands. */
export function createQuestionIndex<T>() {
  const same = new Map<string, T[]>();
  const near: { item: T; pairs: string[]; figures: string }[] = [];
  const postings = new Map<string, number[]>();

  function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
    const list = map.get(key);
    if (list) list.push(value);
    else map.set(key, [value]);
  }

  function nearly(key: string): T[] {
    const pairs = pairsOf(key);
    const rare = pairs
      .map((pair) => postings.get(pair) ?? [])
      .filter((list) => list.length > 0 && list.length <= MOST_POSTINGS)
      .sort((a, b) => a.length - b.length);
    const wanted = new Set(pairs);
    const figures = figuresIn(key);
    const found: { item: T; share: number }[] = [];
    for (const number of new Set(rare.slice(0, LOOKED_UP).flat())) {
      const other = near[number];
      if (!other || other.figures !== figures) continue;
      const common = other.pairs.filter((pair) => wanted.has(pair)).length;
      const share = (2 * common) / (pairs.length + other.pairs.length);
      if (share >= ALIKE) found.push({ item: other.item, share });
    }
    return found
      .sort((a, b) => b.share - a.share)
      .slice(0, MOST_ALIKE)
      .map(({ item }) => item);
  }

  return {
    /** `others`: further wordings, which count where they are the same. */
    add(item: T, question: string, others: readonly string[] = []): void {
      const keys = new Set([question, ...others].map(questionKey).filter((key) => key !== ""));
      for (const key of keys) push(same, key, item);
      const key = questionKey(question);
      const pairs = pairsOf(key);
      const number = near.push({ item, pairs, figures: figuresIn(key) }) - 1;
      for (const pair of pairs) push(postings, pair, number);
    },
    alike(question: string): Alike<T>[] {
      const key = questionKey(question);
      if (key === "") return [];
      const exact = [...new Set(same.get(key) ?? [])].slice(0, MOST_ALIKE);
      const others = nearly(key).filter((item) => !exact.includes(item));
      return [...exact.map((item) => ({ item, isSame: true })), ...others.map((item) => ({ item, isSame: false }))];
    },
  };
}
