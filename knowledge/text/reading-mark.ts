import { createHash } from "node:crypto";
import { dict } from "@node-rs/jieba/dict.js";
import { domainWords } from "./domain-words.ts";
import type { Segmenter } from "./segment.ts";
import { synonymGroups } from "./synonyms.ts";
import { indexTokens } from "./tokens.ts";

/** Traditional and simplified, full width and half, words that can be cut in two ways. */
const PROBE =
  "住房公積金怎麼領取？ＡＢＣ１２３，軟體工程式样。研究生命起源，结婚的和尚未结婚的，南京市长江大桥，A2区12号楼停水停电";

/**
 * Changes whenever texts may be cut into other tokens than before: with the dictionary, the words of the trade, the synonyms, or the way in
 * which a text is read, as far as the probe shows it. An index that was built under another mark is of no use.
 */
export function readingMark(segmenter: Segmenter): string {
  const hash = createHash("sha256").update(dict).update(domainWords.join(" ")).update(synonymGroups);
  return hash.update(JSON.stringify(indexTokens(PROBE, segmenter))).digest("hex");
}
