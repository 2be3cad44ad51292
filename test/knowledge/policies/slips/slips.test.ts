import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { withChanges } from "../../../../knowledge/life/overlay.ts";
import { createEntryIndex } from "../../../../knowledge/policies/entry-index.ts";
import { createIndexKeeper } from "../../../../knowledge/policies/index-keeper.ts";
import { createKnowledgeBase, type SearchableKnowledgeBase } from "../../../../knowledge/policies/knowledge-base.ts";
import { createKnownWords } from "../../../../knowledge/policies/slips/known-words.ts";
import { meantBy } from "../../../../knowledge/policies/slips/meant.ts";
import { loadStarterEntries } from "../../../../knowledge/policies/starter.ts";
import { createSegmenter } from "../../../../knowledge/text/segment.ts";
import { createLogger } from "../../../../server/log.ts";
import { citizenQuestions } from "../citizen-questions.ts";
import { changingSource, entry, threeEntries } from "../fixtures.ts";
import { outOfScope } from "../out-of-scope.ts";
import { unanswerableQuestions } from "../unanswerable-questions.ts";
import { misspeltQuestions, unseenMisspeltQuestions } from "./misspelt-questions.ts";

const segmenter = createSegmenter();
const at = new Date("2026-11-22T10:00:00+08:00");
const entries = loadStarterEntries();
const index = createEntryIndex({ segmenter });
let knowledge: SearchableKnowledgeBase;

beforeAll(() => {
  for (const one of entries) index.put(one);
  knowledge = createKnowledgeBase({ entries: changingSource(entries), segmenter });
});

/** The entry that answers. */
async function answeredBy(question: string): Promise<string | undefined> {
  const answer = await knowledge.answer(question, at);
  return answer.kind === "answered" ? answer.sources[0].entryId : undefined;
}

const meantWords = (question: string): string[] =>
  (meantBy(question, index, segmenter)[0]?.words ?? []).map(({ typed, meant }) => `${typed}→${meant}`);

describe("a word that was typed by its sound", () => {
  it.each([
    ["公基金怎么提取", "公基金→公积金"],
    ["居住正在哪办", "居住正→居住证"],
    ["生玉津贴怎么算", "生玉津贴→生育津贴"],
    ["摇号指表能用多久", "指表→指标"],
    ["身分证丢了怎么补办", "身分证→身份证"],
    ["社宝基数按什么交", "社宝→社保"],
    ["施业金能领几个月", "施业金→失业金"],
    ["生育金贴要什么材料", "生育金贴→生育津贴"],
  ])("in “%s”: %s", (question, expected) => {
    expect(meantWords(question)).toContain(expected);
  });

  it.each(["公积金怎么提取", "有会员卡能退吗", "基金定投怎么买", "你好", "", "公交车几点发车"])(
    "is not looked for in “%s”",
    (question) => {
      expect(meantWords(question)).toEqual([]);
    },
  );

  it("is said to have been understood so", async () => {
    expect(await knowledge.answer("公基金怎么提取", at)).toMatchObject({
      kind: "answered",
      misspelt: { question: "公积金怎么提取", words: [{ typed: "公基金", meant: "公积金" }] },
    });
    expect((await knowledge.answer("公积金怎么提取", at)).misspelt).toBeUndefined();
    expect(await knowledge.explain("公基金怎么提取", at)).toMatchObject({ misspelt: [{ meant: "公积金" }] });
  });

  it("is put right in a short question after another one", async () => {
    const after = "身份证丢了怎么补办";
    const answer = await knowledge.answer("那驾使证呢", at, { after });
    expect(answer).toMatchObject({ kind: "answered", misspelt: { question: "驾驶证丢了怎么补办" } });
  });

  it("is looked for among the words in which entries are asked, not those of their texts", () => {
    const own = createEntryIndex({ segmenter });
    own.put(entry("a", { question: "养犬登记要去哪里办？", similar: [], text: "携带免疫证明，到服务大厅办理。" }));
    expect(own.soundingLike("养全")).toEqual(["养犬"]);
    expect(own.soundingLike("面役")).toEqual([]);
  });

  it("is not taken for a word of an entry that is gone", () => {
    const own = createEntryIndex({ segmenter });
    for (const one of threeEntries()) own.put(one);
    const question = "共暖期从哪天到哪天";
    expect(own.soundingLike("共暖")).toEqual(["供暖"]);
    own.remove("heat");
    expect(meantBy(question, own, segmenter)).toEqual([]);
  });

  it("may be one of an entry that is only tried out", async () => {
    const tried = await withChanges(
      index,
      { put: [entry("new", { question: "滑翔伞怎么备案？", similar: [] })], remove: [] },
      segmenter,
    );
    expect(tried.soundingLike("滑祥伞")).toEqual(["滑翔伞"]);
    expect(index.soundingLike("滑祥伞")).toEqual([]);
  });
});

describe("on whole lists", () => {
  const same = async (pairs: typeof misspeltQuestions) => {
    const fared = [];
    for (const { typed, right } of pairs) fared.push((await answeredBy(typed)) === (await answeredBy(right)));
    return fared.filter(Boolean).length / pairs.length;
  };

  it("nearly all slips are answered as the question that was meant", { timeout: 60_000 }, async () => {
    expect(misspeltQuestions.length).toBeGreaterThanOrEqual(60);
    expect(await same(misspeltQuestions)).toBeGreaterThanOrEqual(0.95);
    expect(await same(unseenMisspeltQuestions)).toBeGreaterThanOrEqual(0.75);
  });

  it("no question without a slip is understood otherwise", { timeout: 60_000 }, async () => {
    const all = [...[...citizenQuestions, ...unanswerableQuestions].map(({ text }) => text), ...outOfScope];
    const wrong: string[] = [];
    for (const question of all) if ((await knowledge.answer(question, at)).misspelt) wrong.push(question);
    expect(wrong).toEqual([]);
  });
});

describe("the words that entries are asked with", () => {
  it("are kept and taken up again", () => {
    const words = createKnownWords();
    words.add(["公积金", "的", "怎么", "a", "公积"]);
    expect(words.words()).toEqual(["公积金", "公积"]);
    expect(createKnownWords(words.words()).soundingLike("公基金")).toEqual(["公积金"]);
  });

  it("lie in the kept index, so that a base that was started with it knows them", async () => {
    const dir = await mkdtemp(join(tmpdir(), "jiesu-index-"));
    try {
      const keeper = createIndexKeeper({ dir, segmenter, log: createLogger("silent") });
      await keeper.save({ change: 1, mark: "m", index: index.save() });
      const saved = (await keeper.load(() => true))?.index;
      const byId = new Map(entries.map((one) => [one.id, one]));
      const again = createEntryIndex({ segmenter, saved, read: (id) => byId.get(id) });
      expect(saved).toBeDefined();
      expect(meantBy("公基金怎么提取", again, segmenter)[0]?.question).toBe("公积金怎么提取");
    } finally {
      await rm(dir, { recursive: true });
    }
  });

  it("are found by each way of reading a character, and by sounds that many do not tell apart", () => {
    const words = createKnownWords(["银行", "行人", "养老", "信访"]);
    expect(words.soundingLike("银航")).toEqual(["银行"]);
    expect(words.soundingLike("形人")).toEqual(["行人"]);
    expect(words.soundingLike("眼老")).toEqual(["养老"]);
    expect(words.soundingLike("兴访")).toEqual(["信访"]);
  });
});
