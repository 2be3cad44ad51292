import { describe, expect, it } from "vitest";
import type { AnswerHelp } from "../../../../bots/ports.ts";
import type { Entry } from "../../../../knowledge/policies/entry.ts";
import { createKnowledgeBase } from "../../../../knowledge/policies/knowledge-base.ts";
import { loadStarterEntries } from "../../../../knowledge/policies/starter.ts";
import { createSegmenter } from "../../../../knowledge/text/segment.ts";
import { citizenQuestions } from "../citizen-questions.ts";
import { changingSource, entry, threeEntries } from "../fixtures.ts";

const segmenter = createSegmenter();
const at = new Date("2026-11-22T10:00:00+08:00");
const base = (own: Entry[]) => createKnowledgeBase({ entries: changingSource([...threeEntries(), ...own]), segmenter });
const meals = (id: string, parts: Partial<Entry>) =>
  entry(id, {
    question: "养老助餐点吃饭有什么补贴？",
    similar: ["老人食堂吃饭补多少"],
    text: "在养老助餐点就餐按餐补贴。",
    category: "养老/助餐",
    ...parts,
  });
const DISTRICTS =
  "东城区 西城区 朝阳区 丰台区 石景山区 海淀区 门头沟区 房山区 通州区 顺义区 昌平区 大兴区 怀柔区 平谷区 密云区 延庆区".split(
    " ",
  );
const QUESTION = "养老助餐点吃饭有什么补贴";

/** What came of a question: the entry that answers, what is asked back, or for whom there is nothing. */
async function outcome(entries: Entry[], question: string, told?: AnswerHelp): Promise<string> {
  const answer = await base(entries).answer(question, at, told);
  if (answer.kind === "answered") return answer.sources[0].entryId;
  if (answer.between) return `${answer.between.respect}: ${answer.between.options.map(({ label }) => label).join(" ")}`;
  return answer.missingFor === undefined ? "unsure" : `nothing for ${answer.missingFor}`;
}

describe("entries of two districts", () => {
  const two = [meals("cy", { region: "朝阳区" }), meals("hd", { region: "北京市海淀区" })];

  it.each([
    ["朝阳区养老助餐点吃饭有什么补贴", "cy"],
    ["海淀的养老助餐点吃饭有补贴吗", "hd"],
    ["望京街道养老助餐点吃饭有什么补贴", "cy"],
    [QUESTION, "region: 朝阳区 北京市海淀区"],
    ["丰台区养老助餐点吃饭有什么补贴", "nothing for 丰台区"],
  ])("“%s” → %s", async (question, expected) => {
    expect(await outcome(two, question)).toBe(expected);
  });

  it("are chosen by the region that was named before, but for one that the question names", async () => {
    expect(await outcome(two, QUESTION, { region: "海淀区" })).toBe("hd");
    expect(await outcome(two, QUESTION, { region: "丰台区" })).toBe("nothing for 丰台区");
    expect(await outcome(two, `朝阳区${QUESTION}`, { region: "海淀区" })).toBe("cy");
  });

  it("are asked about anew by the name of another region", async () => {
    const after = `朝阳区${QUESTION}`;
    const answer = await base(two).answer("那海淀呢？", at, { after, region: "朝阳区" });
    expect(answer).toMatchObject({
      kind: "answered",
      understoodAs: `海淀区${QUESTION}`,
      region: "海淀区",
      sources: [{ entryId: "hd", region: "北京市海淀区" }],
    });
    expect(await outcome(two, "我在朝阳区", { after: QUESTION })).toBe("cy");
    expect(await outcome(two, "那丰台区呢", { after })).toBe("nothing for 丰台区");
  });

  it("are not meant by a place that is named after an answer for the whole city, but for “那…呢”", async () => {
    const after = "失业金能领几个月";
    expect((await base(two).answer("朝阳区望京街道", at, { after })).understoodAs).toBeUndefined();
    expect(await base(two).answer("那海淀呢", at, { after })).toMatchObject({ kind: "answered", region: "海淀区" });
  });

  it("are offered as near, and none given, where a third one is asked about", async () => {
    const answer = await base(two).answer(`丰台区${QUESTION}`, at);
    expect(answer.kind === "unsure" && answer.nearest.map(({ region }) => region)).toEqual(["朝阳区", "北京市海淀区"]);
  });
});

describe("an entry of a district beside one of the city", () => {
  const both = [
    meals("city", { region: "全市" }),
    meals("cy", { region: "朝阳区", question: "朝阳区养老助餐点吃饭有什么补贴？", similar: [] }),
    meals("wj", { region: "望京街道", similar: [] }),
  ];

  it.each([
    ["朝阳区养老助餐点吃饭有什么补贴", "cy"],
    ["朝阳区老人食堂吃饭补多少", "cy"],
    ["朝阳区望京街道养老助餐点吃饭有什么补贴", "wj"],
    ["海淀区养老助餐点吃饭有什么补贴", "city"],
    [QUESTION, "city"],
  ])("“%s” → %s", async (question, expected) => {
    expect(await outcome(both, question)).toBe(expected);
  });

  it("is named where nobody knows the region", async () => {
    const answer = await base(both).answer(QUESTION, at);
    if (answer.kind !== "answered") expect.fail("it is answered for the whole city");
    expect(answer.sources[0].region).toBeUndefined();
    expect(new Set(answer.apart?.map(({ label }) => label))).toEqual(new Set(["朝阳区", "望京街道"]));
  });

  it("says for where it holds, alone in the base too", async () => {
    const answer = await base([meals("cy", { region: "朝阳区" })]).answer(QUESTION, at);
    expect(answer).toMatchObject({ kind: "answered", sources: [{ entryId: "cy", region: "朝阳区" }] });
  });

  it("whose region cannot be read holds where the question has its words", async () => {
    const odd = [meals("core", { region: "城六区" })];
    expect(await outcome(odd, "城六区养老助餐点吃饭有什么补贴")).toBe("core");
    expect(await outcome(odd, "延庆区养老助餐点吃饭有什么补贴")).toBe("nothing for 延庆区");
  });

  it("is never given without a source", async () => {
    const bare = [meals("cy", { region: "朝阳区", source: undefined }), meals("city", {})];
    expect(await outcome(bare, `朝阳区${QUESTION}`)).toBe("city");
  });
});

it("asks for the region by all sixteen districts", async () => {
  const found = await outcome(
    DISTRICTS.map((region, i) => meals(`d${i}`, { region })),
    QUESTION,
  );
  expect(new Set(found.replace("region: ", "").split(" "))).toEqual(new Set(DISTRICTS));
});

describe("entries for persons and for companies", () => {
  const both = [meals("p", { audience: "个人" }), meals("c", { audience: "企业" })];

  it.each([
    [`企业怎么申请${QUESTION}`, "c"],
    [`个人${QUESTION}`, "p"],
    [QUESTION, "audience: 个人 企业"],
  ])("“%s” → %s", async (question, expected) => {
    expect(await outcome(both, question)).toBe(expected);
  });

  it("come by the entrance first", async () => {
    expect(await outcome(both, QUESTION, { audience: "企业" })).toBe("c");
    expect(await outcome([meals("p", { audience: "个人" })], QUESTION, { audience: "企业" })).toBe("p");
    expect(await outcome([meals("all", {}), meals("c", { audience: "企业" })], QUESTION, { audience: "企业" })).toBe(
      "c",
    );
  });

  it("are not exchanged for each other", async () => {
    expect(await outcome([meals("p", { audience: "个人" })], `企业怎么申请${QUESTION}`)).toBe("nothing for 企业");
  });

  it("of a district come after the region is settled", async () => {
    const four = [
      meals("hd-p", { region: "海淀区", audience: "个人" }),
      meals("hd-c", { region: "海淀区", audience: "企业" }),
      meals("cy", { region: "朝阳区" }),
    ];
    expect(await outcome(four, `海淀区${QUESTION}`)).toBe("audience: 个人 企业");
    expect(await outcome(four, `海淀区${QUESTION}`, { audience: "企业" })).toBe("hd-c");
    expect(await outcome(four, QUESTION)).toBe("region: 海淀区 朝阳区");
  });
});

describe("documents", () => {
  const paper = (id: string, region: string): Entry => ({
    id,
    region,
    title: `${region}关于养老助餐点就餐补贴标准的通知`,
    text: "养老助餐点就餐补贴标准为每餐三元，由街道按月发放。",
    similar: [],
    status: "published",
  });

  it("of another district are left out", async () => {
    const papers = [paper("cy", "朝阳区"), paper("hd", "海淀区")];
    const answer = await base(papers).answer("海淀区养老助餐点就餐补贴标准是多少", at);
    expect(answer).toMatchObject({ kind: "answered", sources: [{ entryId: "hd", region: "海淀区" }] });
    const { candidates } = await base(papers).explain("海淀区养老助餐点就餐补贴标准是多少", at);
    expect(candidates.find(({ id }) => id === "cy")?.scope).toMatchObject({ effect: "excluded", because: "region" });
  });
});

describe("an explanation", () => {
  it("tells what region and audience did to each candidate", async () => {
    const entries = [meals("cy", { region: "朝阳区" }), meals("hd", { region: "海淀区" }), meals("city", {})];
    const effects = async (question: string) => {
      const { candidates, region } = await base(entries).explain(question, at);
      return { region, ...Object.fromEntries(candidates.map(({ id, scope }) => [id, scope?.effect])) };
    };
    expect(await effects(`海淀区${QUESTION}`)).toMatchObject({
      region: "海淀区",
      hd: "preferred",
      city: "held-back",
      cy: "excluded",
    });
    expect(await effects(QUESTION)).toMatchObject({ city: "preferred", hd: "held-back", cy: "held-back" });
  });

  it("tells which versions the citizen is asked about", async () => {
    const two = [meals("cy", { region: "朝阳区" }), meals("hd", { region: "海淀区" })];
    const { candidates } = await base(two).explain(QUESTION, at);
    expect(candidates.slice(0, 2).map(({ scope }) => scope)).toEqual([
      { region: "朝阳区", effect: "asked", because: "region" },
      { region: "海淀区", effect: "asked", because: "region" },
    ]);
  });

  it("says nothing of it where everything holds for everybody", async () => {
    const { candidates } = await base([]).explain("失业金能领几个月", at);
    expect(candidates.every(({ scope }) => scope === undefined)).toBe(true);
  });
});

describe("the starter base, which is for the whole city", () => {
  const starter = createKnowledgeBase({ entries: changingSource(loadStarterEntries()), segmenter });

  it("answers a question with the name of a district as it does without", async () => {
    for (const question of ["居住证在哪办", "高龄津贴怎么领", "失业金能领几个月"]) {
      const [plain, named] = [await starter.answer(question, at), await starter.answer(`海淀区${question}`, at)];
      const id = ({ kind, ...rest }: typeof plain) => ("sources" in rest ? rest.sources[0].entryId : kind);
      expect(id(named)).toBe(id(plain));
    }
  });
});

describe("the starter base with a copy of each entry for 朝阳区 and one for 海淀区", () => {
  const copies = (region: string) => loadStarterEntries().map((one) => ({ ...one, id: `${one.id}@${region}`, region }));
  const starter = createKnowledgeBase({ entries: changingSource(loadStarterEntries()), segmenter });
  const copied = createKnowledgeBase({
    entries: changingSource([...copies("朝阳区"), ...copies("海淀区")]),
    segmenter,
  });
  const some = citizenQuestions.filter((_, i) => i % 6 === 0).map(({ text }) => text);

  it("answers from the copy of the region that is known, and asks for it where none is", {
    timeout: 60_000,
  }, async () => {
    const wrong: string[] = [];
    let asked = 0;
    for (const question of some) {
      const plain = await starter.answer(question, at);
      if (plain.kind !== "answered") continue;
      const [there, open] = [
        await copied.answer(question, at, { region: "海淀区" }),
        await copied.answer(question, at),
      ];
      const copy = `${plain.sources[0].entryId}@海淀区`;
      if (there.kind === "answered" && there.sources[0].entryId !== copy) wrong.push(question);
      if (open.kind === "answered") wrong.push(question);
      else if (open.between?.respect === "region") asked += 1;
    }
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(some.length / 2);
  });
});
