import { beforeAll, describe, expect, it } from "vitest";
import { between } from "../../../knowledge/policies/between.ts";
import type { Entry } from "../../../knowledge/policies/entry.ts";
import { createEntryIndex, type EntryIndex } from "../../../knowledge/policies/entry-index.ts";
import { judge } from "../../../knowledge/policies/judge.ts";
import { loadStarterEntries } from "../../../knowledge/policies/starter.ts";
import { createSegmenter } from "../../../knowledge/text/segment.ts";
import { citizenQuestions } from "./citizen-questions.ts";
import { unanswerableQuestions } from "./unanswerable-questions.ts";

const segmenter = createSegmenter();
const entries = loadStarterEntries();
let index: EntryIndex;
const ask = (query: string) => judge({ query, index, segmenter, accept: () => true });
const betweenIn = (query: string) => {
  const answer = ask(query);
  return answer.kind === "unsure" ? answer.between : undefined;
};

beforeAll(() => {
  index = createEntryIndex({ segmenter });
  for (const entry of entries) index.put(entry);
});

/** question | respect | what has to be among the choices: entry=label */
const open = `
驾驶证怎么办 | what | jiazhao-001=到期换新 jiazhao-002=丢了补办
驾照 | what | jiazhao-001=到期换新 jiazhao-002=丢了补办
驾照怎么办 | what | jiazhao-001=到期换新 jiazhao-002=丢了补办
身份证怎么办 | what | shenfenzheng-002=丢了补办 shenfenzheng-005=费用、金额
公租房 | what | gongzufang-001=条件 gongzufang-004=续租 gongzufang-003=转租 gongzufang-002=时间、期限
公租房的事 | what | gongzufang-001=条件 gongzufang-002=时间、期限
公积金 | what | gongjijin-010=查询 gongjijin-014=贷款
公积金怎么办 | what | gongjijin-010=查询 gongjijin-001=提取
住房公积金 | what | gongjijin-010=查询 gongjijin-001=提取
老人优待 | household | laonian-002=本市户籍 laonian-003=外地户籍
老年优待 | household | laonian-002=本市户籍 laonian-003=外地户籍
年假 | what | gongshi-002=时间、期限 gongshi-003=赔偿、补偿
试用期 | what | laodong-003=工资 laodong-004=辞退
试用期怎么规定 | what | laodong-003=工资 laodong-004=辞退
收养 | what | shouyang-001=条件 shouyang-002=去哪里办
收养孩子 | what | shouyang-001=条件 shouyang-002=去哪里办
疫苗 | what | yimiao-001=费用、金额 yimiao-002=去哪里办
户口怎么办 | what | huji-003=迁移 huji-005=注销
北京户口 | what | huji-003=迁移 huji-005=注销
工伤 | what | gongshang-002=时间、期限 gongshang-005=工资
入学 | what | ruxue-005=条件 ruxue-001=时间、期限
施工 | what | shigong-001=投诉 shigong-002=时间、期限
`
  .trim()
  .split("\n")
  .map((line) => line.split("|").map((part) => part.trim()) as [string, string, string]);

describe("one question that decides between near entries", () => {
  it.each(open)("“%s” is asked back by %s: %s", (query, respect, wanted) => {
    const found = betweenIn(query);
    expect(found?.respect).toBe(respect);
    const options = found?.options.map(({ entryId, label }) => `${entryId}=${label}`) ?? [];
    expect(options).toEqual(expect.arrayContaining(wanted.split(" ")));
  });

  it("offers two to four choices, each with a word of its own and an entry of its own", () => {
    for (const [query] of open) {
      const options = betweenIn(query)?.options ?? [];
      expect(options.length).toBeGreaterThanOrEqual(2);
      expect(options.length).toBeLessThanOrEqual(4);
      expect(new Set(options.map(({ label }) => label)).size).toBe(options.length);
      expect(new Set(options.map(({ entryId }) => entryId)).size).toBe(options.length);
    }
  });
});

describe("no counter-question", () => {
  it("to a question as the editors wrote it", () => {
    const asked = entries.flatMap(({ question = "", similar }) => [question, ...similar]);
    expect(asked.filter((query) => betweenIn(query))).toEqual([]);
  });

  it("to what the base has no answer for", () => {
    expect(unanswerableQuestions.filter(({ text }) => betweenIn(text))).toEqual([]);
  });

  it("without the right entry among the choices, where citizens' questions are left open", () => {
    const blind = citizenQuestions.filter(({ text, answeredBy }) => {
      const found = betweenIn(text);
      return found && !found.options.some(({ entryId }) => answeredBy.includes(entryId));
    });
    expect(blind).toEqual([]);
  });

  it.each(["驾驶证丢了怎么办", "身份证到期", "外地老人优待", "你好", "", "工地太吵了没人管"])(
    "to “%s”, which says what is meant or asks nothing",
    (query) => {
      expect(betweenIn(query)).toBeUndefined();
    },
  );

  const entry = (id: string, question: string, more: Partial<Entry> = {}) => ({
    entry: { id, question, text: "正文", similar: [], status: "published" as const, category: "测试/一", ...more },
    covered: 1,
    asked: 1,
  });

  it("below the confidence from which it helps", () => {
    const order = [entry("a", "驾驶证丢了怎么补"), entry("b", "驾驶证到期怎么换证")];
    expect(between("驾驶证", order, 0.7)?.options).toHaveLength(2);
    expect(between("驾驶证", order, 0.2)).toBeUndefined();
  });

  it("between entries of different fields, nor between ones that differ in nothing that can be named", () => {
    const far = [entry("a", "驾驶证丢了怎么补"), entry("b", "驾驶证到期怎么换证", { category: "别的/一" })];
    expect(between("驾驶证", far, 0.7)).toBeUndefined();
    const alike = [entry("a", "驾驶证丢了怎么补"), entry("b", "驾驶证丢了怎么办")];
    expect(between("驾驶证", alike, 0.7)).toBeUndefined();
    expect(between("驾驶证", [], 0.7)).toBeUndefined();
  });
});
