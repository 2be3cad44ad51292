import { createHash } from "node:crypto";
import { dict } from "@node-rs/jieba/dict.js";
import { domainWords } from "../text/domain-words.ts";
import type { Segmenter } from "../text/segment.ts";
import { synonymGroups } from "../text/synonyms.ts";
import type { Entry } from "./entry.ts";
import { entryIndexFields } from "./entry-index.ts";
import { wordsOf } from "./entry-words.ts";

/** Traditional and simplified, full width and half, words that can be cut in two ways. */
const TEXT =
  "住房公積金怎麼領取？ＡＢＣ１２３，軟體工程式样。研究生命起源，结婚的和尚未结婚的，南京市长江大桥，A2区12号楼停水。";

const document: Entry = {
  id: "document",
  title: "关于养老金的通知",
  text: TEXT.repeat(9),
  similar: ["社保"],
  status: "published",
};
const answer: Entry = {
  ...document,
  question: "怎么领取养老金？",
  category: "社会保障",
  region: "朝阳区",
  audience: "个人",
  owner: "人力社保局",
  source: { title: "社会保险法", issuer: "全国人大", number: "主席令第三十五号", article: "第十六条" },
};

/**
 * Changes whenever entries may go into an index otherwise than before: with the dictionary, the words of the trade, the synonyms, the fields,
 * and, as far as two entries show it, the way in which texts are read. An index that was built under another mark is of no use.
 */
export function indexMark(segmenter: Segmenter): string {
  const hash = createHash("sha256").update(dict).update(domainWords.join(" ")).update(synonymGroups);
  const words = [document, answer].map((entry) => wordsOf(entry, segmenter));
  return hash.update(JSON.stringify([entryIndexFields, words])).digest("hex");
}
