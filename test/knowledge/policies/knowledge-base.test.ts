import { describe, expect, it } from "vitest";
import type { Entry } from "../../../knowledge/policies/entry.ts";
import { createKnowledgeBase } from "../../../knowledge/policies/knowledge-base.ts";
import { createSegmenter } from "../../../knowledge/text/segment.ts";
import { changingSource, entry, threeEntries } from "./fixtures.ts";

const segmenter = createSegmenter();
const at = new Date("2026-11-22T10:00:00+08:00");
const base = (entries: Entry[]) => createKnowledgeBase({ entries: changingSource(entries), segmenter });

describe("answering", () => {
  it("gives the text of the entry with its source and a passage that stands in it", async () => {
    const answer = await base(threeEntries()).answer("失业金能领几个月", at);
    expect(answer.kind).toBe("answered");
    if (answer.kind !== "answered") return;
    const [source] = answer.sources;
    expect(answer.text).toBe(threeEntries()[0]?.text);
    expect(answer.text).toContain(source.quote);
    expect(source).toMatchObject({ entryId: "job", title: "失业保险条例", issuer: "国务院", article: "第十七条" });
    expect(answer.confidence).toBeGreaterThan(0.5);
  });

  it("understands traditional characters, full width and invisible characters", async () => {
    const answer = await base(threeEntries()).answer("失業金\u200b能領多久？", at);
    expect(answer).toMatchObject({ kind: "answered", sources: [{ entryId: "job" }] });
  });

  it.each(["你好", "今天天气怎么样", "红烧肉怎么做", "我家楼下太吵了", "转人工", "", "？？", "\u202e"])(
    "is unsure about “%s”",
    async (query) => {
      expect((await base(threeEntries()).answer(query, at)).kind).toBe("unsure");
    },
  );

  it("offers as near only what shares something with the question", async () => {
    const knowledge = base(threeEntries());
    const near = await knowledge.answer("狗在公园里能不能不拴绳", at);
    expect(near).toMatchObject({ kind: "unsure" });
    if (near.kind === "unsure") expect(near.nearest.map((source) => source.entryId)).not.toContain("heat");
    expect(await knowledge.answer("红烧肉怎么做", at)).toMatchObject({ kind: "unsure", nearest: [] });
  });

  it("never answers from an entry without a source", async () => {
    const answer = await base([entry("job", { source: undefined })]).answer("失业金能领多久", at);
    expect(answer).toMatchObject({ kind: "unsure", nearest: [] });
  });

  it("never answers from drafts and withdrawn entries", async () => {
    const knowledge = base([entry("a", { status: "draft" }), entry("b", { status: "withdrawn" })]);
    expect((await knowledge.answer("失业金能领多久", at)).kind).toBe("unsure");
    expect(await knowledge.entry("a", at)).toBeUndefined();
  });

  it("says whether the source's text was read", async () => {
    const source = { title: "失业保险条例", checkedOn: "2026-11-22", checkedBy: "memory" as const };
    const answer = await base([entry("job", { source })]).answer("失业金能领多久", at);
    expect(answer).toMatchObject({ sources: [{ checkedOn: "2026-11-22", checkedBy: "memory" }] });
  });

  it.each(["深圳的失业金能领多久", "失业金和居住证能一起领吗", "领失业金哪家银行好"])(
    "is unsure about “%s”, which names another place or thing or asks for an opinion",
    async (query) => {
      expect((await base(threeEntries()).answer(query, at)).kind).toBe("unsure");
    },
  );

  it("marks starter content", async () => {
    const answer = await base([entry("job", { demonstration: true })]).answer("失业金能领多久", at);
    expect(answer).toMatchObject({ sources: [{ demonstration: true }] });
  });
});

describe("validity", () => {
  const ends = entry("job", { validFrom: "2026-01-01", validTo: "2026-11-22" });
  const kindAt = async (time: string) => (await base([ends]).answer("失业金能领多久", new Date(time))).kind;

  it("includes the whole last day in Beijing", async () => {
    expect(await kindAt("2026-11-22T15:59:59Z")).toBe("answered");
    expect(await kindAt("2026-11-22T16:00:00Z")).toBe("unsure");
  });

  it("begins with the first day in Beijing", async () => {
    expect(await kindAt("2025-12-31T15:59:59Z")).toBe("unsure");
    expect(await kindAt("2025-12-31T16:00:00Z")).toBe("answered");
  });

  it("holds for search and for single entries too", async () => {
    const knowledge = base([ends]);
    const after = new Date("2027-01-01T00:00:00+08:00");
    expect(await knowledge.search("失业金", 5, after)).toEqual([]);
    expect(await knowledge.entry("job", after)).toBeUndefined();
    expect(await knowledge.entry("job", at)).toMatchObject({ title: "失业保险条例", text: ends.text });
  });
});

describe("documents", () => {
  const paragraph = (i: number) => `第${i}段说明各单位应当按照职责做好日常检查工作，及时报告有关情况。`;
  const filler = (from: number) => Array.from({ length: 40 }, (_, i) => paragraph(from + i)).join("");
  const needle = "对稳定就业岗位的小微企业，按照上年度缴费额的百分之六十返还失业保险费。";
  const document: Entry = {
    id: "paper",
    text: `关于支持小微企业稳定就业岗位的通知 ${filler(0)}${needle}${filler(40)}`,
    similar: [],
    status: "published",
  };

  it("answers with the passage of a long document, which is its own source", async () => {
    const answer = await base([document, ...threeEntries()]).answer("小微企业稳定就业岗位返还多少失业保险费", at);
    expect(answer).toMatchObject({
      kind: "answered",
      sources: [{ entryId: "paper", title: "关于支持小微企业稳定就业岗位的通知" }],
    });
    if (answer.kind !== "answered") return;
    expect(answer.sources[0].quote).toContain(needle);
    expect(answer.sources[0].quote.length).toBeLessThanOrEqual(400);
    expect(document.text).toContain(answer.sources[0].quote);
    expect(answer.text).toBe(answer.sources[0].quote);
  });
});

describe("refreshing", () => {
  it("sees what was changed elsewhere within half a second, and asks no more often", async () => {
    const source = changingSource(threeEntries());
    let now = 0;
    const knowledge = createKnowledgeBase({ entries: source, segmenter, clock: { now: () => new Date(now) } });
    expect((await knowledge.answer("办狗证去哪", at)).kind).toBe("answered");
    source.change(entry("dog", { ...threeEntries()[1], status: "withdrawn" }));
    now = 400;
    expect((await knowledge.answer("办狗证去哪", at)).kind).toBe("answered");
    expect(source.reads).toBe(1);
    now = 500;
    expect((await knowledge.answer("办狗证去哪", at)).kind).toBe("unsure");
    expect(knowledge.size()).toBe(2);
  });

  it("reads once for answers asked at the same time", async () => {
    const source = changingSource(threeEntries());
    const knowledge = createKnowledgeBase({ entries: source, segmenter });
    await Promise.all([knowledge.answer("a", at), knowledge.answer("b", at), knowledge.refresh()]);
    expect(source.reads).toBe(1);
  });
});

describe("the editors' synonyms", () => {
  it("switch a shipped group off for questions, and on again, without an entry being read anew", async () => {
    const bicycle = entry("bike", { question: "电动自行车怎么上牌", similar: [], text: "去交管部门办理。" });
    let off: string[] = [];
    const knowledge = createKnowledgeBase({
      entries: changingSource([...threeEntries(), bicycle]),
      synonyms: () => ({ groups: [], off }),
      segmenter,
      refreshEveryMs: 0,
    });
    const found = async () => (await knowledge.search("电瓶车", 5, at)).map(({ id }) => id);
    expect(await found()).toEqual(["bike"]);
    off = ["电动车"];
    expect(await found()).toEqual([]);
    off = [];
    expect(await found()).toEqual(["bike"]);
  });

  it("are tried without being used", async () => {
    const knowledge = base(threeEntries());
    const question = "待业救助款能领几个月";
    const then = knowledge.withSynonyms({ groups: [["待业救助款", "失业金"]], off: [] });
    await knowledge.refresh();
    expect((await then.answer(question, at)).kind).toBe("answered");
    expect((await knowledge.answer(question, at)).kind).toBe("unsure");
  });
});
