import { describe, expect, it } from "vitest";
import { calendarView, entryView, facetsView, previewView } from "../../../server/http/knowledge/schemas.ts";
import { knowledgeCity, SAUNA } from "./knowledge-city.ts";

const city = knowledgeCity();
const { get, post, put, entry, advance, ask, publish, heard } = city;

const countOf = (facet: { value: string; count: number }[], value: string) =>
  facet.find((each) => each.value === value)?.count ?? 0;

describe("数目", () => {
  it("各状态、部门、地区有多少，草稿一建就算上", async () => {
    const before = (await get("/facets")).body;
    await entry("draft", { owner: "体育局", region: "朝阳区" });
    await entry("review", { owner: "体育局" });
    const { body } = await get("/facets");
    expect(facetsView.strict().safeParse(body).error).toBeUndefined();
    expect(countOf(body.owners, "体育局")).toBe(2);
    expect(countOf(body.regions, "朝阳区") - countOf(before.regions, "朝阳区")).toBe(1);
    expect(countOf(body.states, "review") - countOf(before.states, "review")).toBe(1);
    expect(body.total - before.total).toBe(2);
    expect((await get("/facets", "wang")).status).toBe(403);
  });
});

describe("日历", () => {
  it("按现行版的到期日和复核日，不按还没发布的草稿", async () => {
    const id = await entry("published", { validTo: "2031-05-20", reviewOn: "2031-05-02" });
    await put(`/entries/${id}`, "ed", { base: 1, content: { ...SAUNA, validTo: "2031-06-30" } });
    const { body } = await get("/calendar?from=2031-05-01&to=2031-06-30");
    expect(calendarView.strict().safeParse(body).error).toBeUndefined();
    expect(body.events.map((each: { day: string; kind: string }) => `${each.day} ${each.kind}`)).toEqual([
      "2031-05-02 review",
      "2031-05-20 expiry",
    ]);
    expect((await get("/entries?reviewBy=2031-05-02")).body.total).toBe(1);
  });

  it("有定时发布，日子按北京时间；日期写错的拒绝", async () => {
    const id = await entry("approved");
    await publish(id, 1, "pub", { publishAt: "2031-07-31T23:30:00Z" });
    const { body } = await get("/calendar?from=2031-08-01&to=2031-08-01");
    expect(body.events).toMatchObject([{ kind: "publish", day: "2031-08-01", at: "2031-07-31T23:30:00.000Z", id }]);
    expect((await get("/calendar?from=2031-08-01&to=soon")).status).toBe(400);
  });
});

it("现在能做但要别人来做的事，说得出为什么、找谁", async () => {
  const id = await entry("review");
  const { body } = await get(`/entries/${id}`, "ed");
  expect(entryView.strict().safeParse(body).error).toBeUndefined();
  expect(body.mayNot.map((each: { deed: string }) => each.deed)).toEqual(["approve", "reject", "publish", "schedule"]);
  expect(body.mayNot[0].why).toMatch(/审核要由审核员来做。可以做的有：/);
  expect((await get(`/entries/${id}`, "pub")).body.mayNot).toEqual([]);
});

describe("更正的预览", () => {
  it("是市民会收到的那句话和对话数，什么也不发", async () => {
    const id = await entry("published");
    await ask("公共桑拿房几点开门？", "preview-1");
    await put(`/entries/${id}`, "ed", { base: 1, content: { ...SAUNA, text: "公共桑拿房每天上午十点开门。" } });
    await advance(id, 2, "published");
    const said = heard("preview-1").length;
    const preview = await post(`/entries/${id}/corrections/preview`, "pub", { text: "改为上午十点。" });
    expect(previewView.strict().safeParse(preview.body).error).toBeUndefined();
    expect(preview.body.conversations).toBe(1);
    expect(preview.body.text).toMatch(/公共桑拿房几点开门[\s\S]*改为上午十点[\s\S]*桑拿房管理办法/);
    await city.house().idle();
    expect(heard("preview-1")).toHaveLength(said);
    await post(`/entries/${id}/corrections`, "pub", { key: "after-preview", text: "改为上午十点。" });
    await city.house().idle();
    expect(heard("preview-1").at(-1)?.text).toBe(preview.body.text);
  });

  it("空的内容、没有权限的人不行", async () => {
    const id = await entry("published");
    expect((await post(`/entries/${id}/corrections/preview`, "pub", { text: " " })).status).toBe(400);
    expect((await post(`/entries/${id}/corrections/preview`, "rev", { text: "改了" })).status).toBe(403);
  });
});
