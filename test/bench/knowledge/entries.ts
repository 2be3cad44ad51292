import type { Entry } from "../../../knowledge/policies/entry.ts";
import { documentWords } from "./corpus.ts";

const WORDS_IN_QUESTION = 6;

/** An answer of about 66 characters and a question of six words, all of them of the dictionary, so that they are cut as real ones are. */
export function madeUpEntry(number: number): Entry {
  const words = documentWords(number);
  return {
    id: `e${number}`,
    question: `${words.slice(0, WORDS_IN_QUESTION).join("")}？`,
    text: `${words.join("")}。`,
    similar: [],
    source: { title: "办事指南" },
    status: "published",
  };
}
