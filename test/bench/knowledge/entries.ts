import { dict } from "@node-rs/jieba/dict.js";
import type { Entry } from "../../../knowledge/policies/entry.ts";
import { documentWords } from "./corpus.ts";

const HAN_WORD = /^\p{Script=Han}{2,4}$/u;
const MOST_FREQUENT = 60_000;

/** Words of the dictionary, the most frequent first, so that texts made of them are cut as real ones are. */
function frequentWords(): string[] {
  const counted = Buffer.from(dict)
    .toString()
    .split("\n")
    .map((line) => line.split(" "))
    .filter(([word]) => word && HAN_WORD.test(word))
    .map(([word, count]) => ({ word: word as string, count: Number(count) }));
  return counted
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_FREQUENT)
    .map(({ word }) => word);
}

/** Entries with an answer of about 66 characters and a question of six words, made of real words by the numbers of the corpus. */
export function createEntries(): (number: number) => Entry {
  const words = frequentWords();
  const real = new Map<string, string>();
  const inRealWords = (made: string[]) => made.map((word) => real.get(word) ?? named(word)).join("");
  function named(word: string): string {
    const chosen = words[real.size % words.length] as string;
    real.set(word, chosen);
    return chosen;
  }
  return (number) => {
    const made = documentWords(number).slice(0, 27);
    return {
      id: `e${number}`,
      question: `${inRealWords(made.slice(0, 6))}？`,
      text: `${inRealWords(made)}。`,
      similar: [],
      source: { title: "办事指南" },
      status: "published",
    };
  };
}
