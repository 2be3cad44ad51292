import { Jieba } from "@node-rs/jieba";
import { dict } from "@node-rs/jieba/dict.js";
import { domainWords } from "./domain-words.ts";
import { normalize } from "./normalize.ts";

/** Cuts Chinese text into words. Texts are normalised first, so what comes out is in simplified lower case. */
export interface Segmenter {
  /** The words in order, without white space and punctuation. */
  segment(text: string): string[];
}

/** Not too frequent, or short custom words would break up longer words of the dictionary. */
const CUSTOM_FREQUENCY = 3000;
const WORD = /[\p{L}\p{N}]/u;

/** `words`: further words that must not be split, beside those of the domain. The dictionary is loaded at the first use (0.3 s). */
export function createSegmenter(options: { words?: readonly string[] } = {}): Segmenter {
  let jieba: Jieba | undefined;
  function load(): Jieba {
    const loaded = Jieba.withDict(dict);
    const custom = [...domainWords, ...(options.words ?? [])].map((word) => `${word} ${CUSTOM_FREQUENCY} n`);
    loaded.loadDict(Buffer.from(`${custom.join("\n")}\n`));
    return loaded;
  }
  return {
    segment(text) {
      jieba ??= load();
      return jieba.cut(normalize(text), false).filter((word) => WORD.test(word));
    },
  };
}
