import { describe, expect, it } from "vitest";
import { synonymPreview, synonymView } from "../../../server/http/knowledge/synonym-schemas.ts";
import { knowledgeCity } from "./knowledge-city.ts";

const city = knowledgeCity();
const { get, post, put, entry, ask } = city;

/** A word that nobody writes but these tests. */
const GROUPS = [["蒸汽小屋", "公共桑拿房"]];
const QUESTION = "蒸汽小屋几点开门？";
const newest = async (): Promise<number> => (await get("/synonyms", "ed")).body.version;
const publish = async (groups: string[][]) => {
  const saved = await put("/synonyms", "ed", { base: await newest(), groups });
  return post("/synonyms/publish", "pub", { version: saved.body.version });
};

describe("编辑自己的同义词", () => {
  it("没有时是空的，版本为 0", async () => {
    const { shipped, ...own } = (await get("/synonyms", "ed")).body;
    expect(own).toEqual({ version: 0 });
    expect(shipped).toContainEqual(["电动车", "电动自行车", "电瓶车", "电单车"]);
  });

  it("提出后还不生效，另一个人发布后马上生效，收回后不再生效", async () => {
    await entry("published");
    expect(await ask(QUESTION)).not.toContain("早上八点");
    const saved = await put("/synonyms", "ed", { base: await newest(), groups: GROUPS });
    expect(synonymView.strict().safeParse(saved.body).error).toBeUndefined();
    expect(saved.body).toMatchObject({ proposed: { groups: GROUPS, author: "ed" } });
    expect(await ask(QUESTION)).not.toContain("早上八点");
    const published = await post("/synonyms/publish", "pub", { version: saved.body.version });
    expect(published.body).toMatchObject({ inUse: { groups: GROUPS } });
    expect(published.body.proposed).toBeUndefined();
    expect(await ask(QUESTION)).toContain("早上八点");
    expect((await publish([])).status).toBe(200);
    expect(await ask(QUESTION)).not.toContain("早上八点");
  });

  it("谁写过这一版，就不能由谁发布；编辑不能发布", async () => {
    const first = await put("/synonyms", "pub", { base: await newest(), groups: GROUPS });
    const second = await put("/synonyms", "ed", { base: first.body.version, groups: [] });
    const { version } = second.body;
    expect((await post("/synonyms/publish", "pub", { version })).body.error.code).toBe("own-version");
    expect((await post("/synonyms/publish", "ed2", { version })).status).toBe(403);
    expect((await post("/synonyms/publish", "pub2", { version })).status).toBe(200);
    expect((await post("/synonyms/publish", "pub2", { version })).body.error.code).toBe("stale");
  });

  it("两个人同时改，后保存的得到 409，先保存的还在", async () => {
    const base = await newest();
    await put("/synonyms", "ed", { base, groups: GROUPS });
    const late = await put("/synonyms", "ed2", { base, groups: [] });
    expect([late.status, late.body.error.code]).toEqual([409, "stale"]);
    expect((await get("/synonyms", "ed")).body.proposed.groups).toEqual(GROUPS);
    expect((await post("/synonyms/publish", "pub", { version: base })).status).toBe(409);
  });

  it.each([
    [[["只有一个"]], /至少要有两个词/],
    [[["红本", "证"]], /2 到 20 个字/],
    [[["红本", "房 本"]], /不能有空格/],
    [
      [
        ["红本", "房本"],
        ["房本", "绿本"],
      ],
      /第 2 组的“房本”已经出现过/,
    ],
  ])("%j 不收，说得出为什么", async (groups, why) => {
    const answer = await put("/synonyms", "ed", { base: await newest(), groups });
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toMatch(why);
  });

  it("自带的一组可以停用，写它的第一个词；没有这样一组的不收", async () => {
    const saved = await put("/synonyms", "ed", { base: await newest(), groups: [], off: ["电动车"] });
    expect(saved.body.proposed.off).toEqual(["电动车"]);
    const wrong = await put("/synonyms", "ed", { base: await newest(), groups: [], off: ["电瓶车"] });
    expect([wrong.status, wrong.body.error.message]).toEqual([400, "自带的同义词里没有以“电瓶车”开头的一组。"]);
  });

  it("坏的输入和没有权限的人都不收", async () => {
    expect((await put("/synonyms", "ed", { base: -1, groups: "红本" })).status).toBe(400);
    expect((await put("/synonyms", "wang", { base: 0, groups: [] })).status).toBe(403);
    expect((await get("/synonyms", "wang")).status).toBe(403);
  });

  it("预览：最近问过的哪些问题会答得不一样，什么都不改", async () => {
    const id = await entry("published");
    await ask(QUESTION);
    const preview = await post("/synonyms/preview", "ed", { groups: GROUPS });
    expect(synonymPreview.strict().safeParse(preview.body).error).toBeUndefined();
    expect(preview.body.changed).toEqual([{ question: QUESTION, change: "gained", after: id }]);
    expect(await ask(QUESTION)).not.toContain("早上八点");
  });

  it("谁在何时提出和发布，都有记录", async () => {
    await publish(GROUPS);
    await publish([]);
    const { lines } = (await get("/entries/synonyms/audit", "ed")).body;
    expect(lines.slice(0, 2).map(({ deed }: { deed: string }) => deed)).toEqual(["publish", "save"]);
  });
});
