import { describe, expect, it } from "vitest";
import { dayInBeijing } from "../../../knowledge/policies/validity.ts";
import { checkJobView, checkView, gapList, rateView, tryView } from "../../../server/http/knowledge/trial-schemas.ts";
import { knowledgeCity, SAUNA } from "./knowledge-city.ts";

const city = knowledgeCity();
const { get, post, put, entry, advance, ask, press } = city;

const QUESTION = "公共桑拿房几点开门？";

describe("试问", () => {
  it("给出市民会得到的答复、依据、把握和比较过的条目", async () => {
    const id = await entry("published");
    const answer = await post("/try", "ed", { question: "桑拿房几点开门" });
    expect(tryView.strict().safeParse(answer.body).error).toBeUndefined();
    expect(answer.body).toMatchObject({
      kind: "answered",
      text: SAUNA.text,
      sources: [{ entryId: id, version: 1, quote: SAUNA.text, title: "桑拿房管理办法" }],
    });
    expect(answer.body.candidates[0]).toMatchObject({ id, kind: "entry", version: 1 });
    expect(answer.body.confidence).toBeGreaterThanOrEqual(answer.body.threshold);
    expect(Object.keys(answer.body.candidates[0].features)).toContain("likeness");
  });

  it("草稿库里答草稿，正式库里还是原来的；草稿再改，试问也跟着变", async () => {
    const id = await entry("published");
    await put(`/entries/${id}`, "ed", { base: 1, content: { ...SAUNA, text: "草稿说十点。" } });
    const text = async (base: string) => (await post("/try", "ed", { question: QUESTION, base })).body.text;
    expect([await text("published"), await text("draft")]).toEqual([SAUNA.text, "草稿说十点。"]);
    await put(`/entries/${id}`, "ed", { base: 2, content: { ...SAUNA, text: "草稿说十一点。" } });
    expect(await text("draft")).toBe("草稿说十一点。");
    expect(await ask(QUESTION)).toContain("早上八点");
  });

  it("说得出按哪个区、哪些字来理解，条目因为适用地区怎么样了", async () => {
    const haidian = await entry("published", { region: "海淀区" });
    const everywhere = await entry("published");
    const { body } = await post("/try", "ed", { question: "海淀区公共桑拿房几点开门？" });
    expect(tryView.strict().safeParse(body).error).toBeUndefined();
    expect(body.region).toBe("海淀区");
    const scopes = new Map(body.candidates.map((one: { id: string; scope?: object }) => [one.id, one.scope]));
    expect(scopes.get(haidian)).toEqual({ region: "海淀区", effect: "preferred", because: "region" });
    expect(scopes.get(everywhere)).toEqual({ effect: "held-back", because: "region" });
    const slip = await post("/try", "ed", { question: "公基金怎么提取" });
    expect(tryView.strict().safeParse(slip.body).error).toBeUndefined();
    expect(slip.body).toMatchObject({ kind: "answered", misspelt: [{ typed: "公基金", meant: "公积金" }] });
  });

  it("没有把握时说得出最接近的；空的问题不收", async () => {
    await entry("published");
    const unsure = await post("/try", "ed", { question: "火星移民的户口怎么迁" });
    expect(unsure.body.kind).toBe("unsure");
    expect(unsure.body.text).toBeUndefined();
    expect((await post("/try", "ed", { question: " " })).status).toBe(400);
    expect((await post("/try", "wang", { question: "几点" })).status).toBe(403);
  });
});

describe("发布前检查", () => {
  it("说得出哪个测试会错、哪些问题会答不上、会换条目、会答上", async () => {
    const tests = [
      { question: "桑拿房早上几点开门", expect: "this" },
      { question: "桑拿房票价多少", expect: "refuse" },
    ];
    const id = await entry("published", { tests });
    await ask("我叫张小明，公共桑拿房几点开门");
    await ask(QUESTION);
    await ask("观鸟塔可以预约吗");
    const content = {
      question: "观鸟塔怎么预约？",
      text: "观鸟塔在网上预约。",
      similar: ["观鸟塔可以预约吗"],
      source: { title: "观鸟塔管理办法" },
      tests: [{ question: "观鸟塔可以预约吗", expect: "this" }],
    };
    await put(`/entries/${id}`, "ed", { base: 1, content });
    const check = await post(`/entries/${id}/versions/2/check`, "ed");
    expect(checkView.strict().safeParse(check.body).error).toBeUndefined();
    expect(check.body.tests.failed).toEqual([]);
    const changes = check.body.questions.changed.map(
      (one: { question: string; change: string }) => `${one.change} ${one.question}`,
    );
    expect(changes).toEqual(expect.arrayContaining([`lost ${QUESTION}`, "gained 观鸟塔可以预约吗"]));
    expect(JSON.stringify(check.body)).not.toContain("张小明");
    expect(check.body.questions.tried).toBeLessThanOrEqual(check.body.questions.asked);
    expect(await ask(QUESTION)).toContain("早上八点");
  });

  it("只适用于某个区的条目，测试问题按那个区来问", async () => {
    const tests = [{ question: "桑拿房早上几点开门", expect: "this" }];
    await entry("published", { region: "朝阳区" });
    const haidian = await entry("draft", { region: "海淀区", tests });
    const { body } = await post(`/entries/${haidian}/versions/1/check`, "ed");
    expect(body.tests).toMatchObject({ tried: 1, failed: [] });
  });

  it("别的条目的测试问题本来就不对，又不是这一版造成的，不算在它头上", async () => {
    await entry("published", { region: "朝阳区", tests: [{ question: "桑拿房票价多少", expect: "this" }] });
    const own = [{ question: "月球上怎么种菜", expect: "this" }];
    const content = { question: "观鸟塔怎么预约？", text: "观鸟塔在网上预约。", similar: [], tests: own };
    const draft = await entry("draft", content);
    const { body } = await post(`/entries/${draft}/versions/1/check`, "ed");
    expect(body.tests).toMatchObject({ tried: 2, failed: [{ ...own[0], of: draft, broken: false }] });
  });

  it("新条目抢走了别的条目的测试问题，看得出来", async () => {
    const first = await entry("published", { tests: [{ question: "桑拿房早上几点开门", expect: "this" }] });
    const rival = await entry("draft", {
      question: "桑拿房早上几点开门？",
      text: "另一种说法。",
      similar: [],
      tests: [],
    });
    const { body } = await post(`/entries/${rival}/versions/1/check`, "ed");
    expect(body.tests.failed).toEqual([
      { question: "桑拿房早上几点开门", expect: "this", of: first, got: rival, broken: true },
    ]);
    expect((await post(`/entries/${rival}/versions/9/check`, "ed")).status).toBe(404);
    expect((await post("/entries/nothing/versions/1/check", "ed")).status).toBe(404);
  });
});

describe("发布前检查是一件做得完、看得到进度、停得下的事", () => {
  const path = (id: string, version = 1) => `/entries/${id}/versions/${version}/check`;
  async function ended(id: string) {
    for (;;) {
      const { body } = await get(path(id));
      expect(checkJobView.strict().safeParse(body).error).toBeUndefined();
      if (body.state !== "running") return body;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  it("开始了不等结果，离开了回来还在，结果和一次做完的一样", async () => {
    const id = await entry("draft", { tests: [{ question: "桑拿房早上几点开门", expect: "this" }] });
    expect((await get(path(id))).status).toBe(404);
    const begun = await post(`${path(id)}/start`, "ed");
    expect([begun.status, begun.body.state]).toEqual([202, "running"]);
    const done = await ended(id);
    expect(done).toMatchObject({ state: "done", result: { tests: { failed: [] } } });
    expect(done.done).toBe(done.total);
    expect(done.total).toBe(done.result.tests.asked + done.result.questions.asked);
    expect((await post(path(id), "ed")).body).toEqual(done.result);
    expect((await post(`${path(id)}/start`, "ed2")).body).toMatchObject({ state: "done" });
    await put(`/entries/${id}`, "ed", { base: 1, content: { ...SAUNA, text: "改了。" } });
    expect((await post(`${path(id)}/start`, "ed")).body.state).toBe("running");
    await ended(id);
  });

  it("同义词发布以后，做完的检查不再算数", async () => {
    const id = await entry("draft");
    await post(`${path(id)}/start`, "ed");
    await ended(id);
    const base = (await get("/synonyms", "ed")).body.version;
    const proposed = await put("/synonyms", "ed", { base, groups: [["蒸汽小屋", "公共桑拿房"]] });
    expect((await post(`${path(id)}/start`, "ed")).body.state).toBe("done");
    await post("/synonyms/publish", "pub", { version: proposed.body.version });
    expect((await post(`${path(id)}/start`, "ed")).body.state).toBe("running");
    await ended(id);
  });

  it("停下来就不再做，再开始是新的一次；等着结果的人知道它停了", async () => {
    const id = await entry("draft");
    const { trials } = city.house().knowledgeRooms;
    const waiting = trials.check(id, 1);
    expect(trials.cancel(id, 1)).toMatchObject({ state: "cancelled" });
    expect(await waiting).toBe("cancelled");
    expect((await get(path(id))).body.state).toBe("cancelled");
    expect((await post(`${path(id)}/cancel`, "ed")).body.state).toBe("cancelled");
    await post(`${path(id)}/start`, "ed");
    expect(await ended(id)).toMatchObject({ state: "done" });
  });

  it("没有的版本检查不了，不是编辑的人也不行", async () => {
    const id = await entry("draft");
    for (const deed of ["start", "cancel"]) expect((await post(`${path(id, 9)}/${deed}`, "ed")).status).toBe(404);
    expect((await post(`${path(id)}/start`, "wang")).status).toBe(403);
  });
});

describe("缺口", () => {
  it("没答上的归在一起，号码遮着；建了草稿就不再建；发布以后比例看得出变化", async () => {
    city.pass(40 * 24 * 3_600_000);
    await city.house().knowledgeRooms.sweep();
    for (const question of ["热气球在哪里报名", "热气球报名要带什么，我电话13800000000", "热气球体验怎么报名"])
      await ask(question, "balloon");
    await ask("潜水艇能参观吗");
    const list = await get("/gaps");
    expect(gapList.strict().safeParse(list.body).error).toBeUndefined();
    const [gap] = list.body.gaps;
    expect(gap).toMatchObject({ size: 3 });
    expect(gap.typical).toContain("热气球");
    expect(JSON.stringify(list.body)).not.toMatch(/13800000000|balloon/);
    const made = await post(`/gaps/${gap.id}/draft`, "ed");
    expect(made.status).toBe(201);
    const draft = (await get(`/entries/${made.body.entryId}`)).body;
    expect(draft.head).toMatchObject({ state: "draft", author: { username: "ed" } });
    expect([draft.head.content.question, ...draft.head.content.similar].sort()).toEqual([...gap.examples].sort());
    expect((await post(`/gaps/${gap.id}/draft`, "ed2")).status).toBe(409);
    expect((await get("/gaps")).body.gaps[0].entryId).toBe(made.body.entryId);
    expect((await post("/gaps/nothing/draft", "ed")).status).toBe(404);

    const before = dayInBeijing(city.clock().now());
    city.pass(24 * 3_600_000);
    const after = dayInBeijing(city.clock().now());
    const content = { ...draft.head.content, text: "在体育局网站报名。", source: { title: "热气球活动办法" } };
    await put(`/entries/${made.body.entryId}`, "ed", { base: 1, content });
    await advance(made.body.entryId, 2, "published");
    expect(await ask("热气球在哪里报名", "later")).toContain("体育局");
    await press(`question/unhelpful/${made.body.entryId}`, "later");
    const rates = await get(`/rates?from=${before}&to=${after}&around=${after}`);
    expect(rateView.strict().safeParse(rates.body).error).toBeUndefined();
    expect(rates.body).toMatchObject({
      periods: [
        { from: before, asked: 4, answered: 0, share: 0 },
        { from: after, asked: 1, answered: 1, unhelpful: 1 },
      ],
      before: { share: 0 },
      after: { asked: 1, answered: 1, unhelpful: 1, share: 0 },
    });
    expect((await get(`/rates?unit=week&from=${before}&to=${after}`)).body.periods.length).toBeLessThanOrEqual(2);
    expect((await get("/rates?from=x&to=y")).status).toBe(400);
  });
});
