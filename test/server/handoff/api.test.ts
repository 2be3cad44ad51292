import { describe, expect, it } from "vitest";
import { attentionView, queueView } from "../../../server/http/handoff/schemas.ts";
import { receptionCity } from "./reception-city.ts";

const { get, post, signIn, citizen, say, heard, idOf, media } = receptionCity();

const WATER = "望京西园四区北门路面积水好几天了，我叫张小明，电话13800000000";
const key = () => crypto.randomUUID();

/** A citizen who asked for a person, and an operator who has come. */
async function attended(...texts: string[]) {
  const from = await citizen(...texts, "转人工");
  const id = await idOf(from);
  const token = await signIn("wang");
  await post(`/handoffs/${id}/take`, token);
  return { from, id, token };
}

type Rows = { form: { rows: { name: string; label: string; value: string }[] } };
const rowOf = (body: unknown, name: string) => (body as Rows).form.rows.find((row) => row.name === name);

describe("谁可以", () => {
  it("没有登录是 401，承办单位是 403，接待员和管理员可以", async () => {
    expect((await get("/handoffs")).status).toBe(401);
    expect((await get("/handoffs", await signIn("li"))).status).toBe(403);
    expect((await get("/handoffs", await signIn("wang"))).status).toBe(200);
    expect((await get("/handoffs", await signIn("admin"))).status).toBe(200);
    const from = await citizen("转人工");
    expect((await post(`/handoffs/${await idOf(from)}/take`, await signIn("li"))).status).toBe(403);
  });

  it("队列里姓名和号码遮着，没有接待的人打不开", async () => {
    const from = await citizen(WATER, "转人工");
    const id = await idOf(from);
    const token = await signIn("wang");
    const queue = await get("/handoffs", token);
    expect(queue.text).toContain("积水");
    expect(queue.text).not.toMatch(/13800000000|张小明|北门路面积水好几天了，我叫张/);
    expect(queueView.safeParse(queue.body).success).toBe(true);
    expect(await get(`/handoffs/${id}`, token)).toMatchObject({ status: 403, body: { error: { code: "not-yours" } } });
    expect((await get("/handoffs/nothing", token)).status).toBe(404);
  });

  it("两个人抢：一个 200，一个 409，说得出是谁接的", async () => {
    const id = await idOf(await citizen("转人工"));
    const tokens = await Promise.all([signIn("wang"), signIn("liu")]);
    const answers = await Promise.all(tokens.map((token) => post(`/handoffs/${id}/take`, token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toEqual({
      error: { code: "already-taken", message: expect.stringMatching(/工作人员 \d+ 号已经接待了这位市民/) },
    });
    const loser = tokens[answers.findIndex(({ status }) => status === 409)];
    expect((await post(`/handoffs/${id}/say`, loser, { key: key(), text: "我也来" })).status).toBe(403);
    expect((await post(`/handoffs/${id}/form`, loser, { key: key(), name: "place", value: "a", was: "" })).status).toBe(
      403,
    );
    expect((await post(`/handoffs/${id}/return`, loser)).status).toBe(403);
  });

  it("看过和做过的，管理员查得到，接待员查不到", async () => {
    const { id, token } = await attended();
    await post(`/handoffs/${id}/say`, token, { key: key(), text: "悄悄话" });
    expect((await get(`/handoffs/${id}/acts`, token)).status).toBe(403);
    const acts = await get(`/handoffs/${id}/acts`, await signIn("admin"));
    expect((acts.body.acts as { by: string; deed: string }[]).map(({ by, deed }) => `${by} ${deed}`)).toEqual([
      "wang take",
      "wang read",
      "wang say",
    ]);
    expect(acts.text).not.toContain("悄悄话");
  });
});

describe("接待", () => {
  it("从接起到交还", async () => {
    const { from, id, token } = await attended(WATER);
    const shown = await get(`/handoffs/${id}`, token);
    expect(attentionView.strict().safeParse(shown.body).error).toBeUndefined();
    expect(rowOf(shown.body, "description")?.value).toContain("积水");
    expect(rowOf(shown.body, "contact")).toMatchObject({ input: "张小明 13800000000" });
    expect(rowOf(shown.body, "place")).toMatchObject({ input: expect.not.stringContaining("（") });
    const said = { key: key(), text: " 您好，请说具体位置 " };
    await post(`/handoffs/${id}/say`, token, said);
    await post(`/handoffs/${id}/say`, token, said);
    const words = await heard(from);
    expect(words.filter((text) => text.includes("请说具体位置"))).toEqual([
      expect.stringMatching(/^工作人员 \d+ 号：您好，请说具体位置$/),
    ]);
    await say(from, "三号楼门口");
    const lines = (await get(`/handoffs/${id}`, token)).body.lines as { by: string; text: string }[];
    expect(lines.slice(-2).map(({ by }) => by)).toEqual(["staff", "citizen"]);
    expect((await post(`/handoffs/${id}/return`, token, { note: "已核实" })).status).toBe(204);
    expect((await heard(from)).slice(-2).join()).toMatch(/由我继续为您服务[\s\S]*(电话|分类|哪一类)/);
    expect(await get(`/handoffs/${id}`, token)).toMatchObject({ status: 409, body: { error: { code: "ended" } } });
    const { ended } = (await get("/handoffs", token)).body as { ended: { id: string; note?: string }[] };
    expect(ended[0]).toMatchObject({ id, note: "已核实", ending: "returned" });
  });

  it.each([
    ["空的", ""],
    ["只有空白", "  \n "],
    ["只有看不见的字符", "\u200b\u200d"],
    ["太长的", "长".repeat(2_001)],
    ["不是文字的", 5],
  ])("%s话不发出去", async (_what, text) => {
    const { from, id, token } = await attended();
    const before = await heard(from);
    expect(await post(`/handoffs/${id}/say`, token, { key: key(), text })).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringMatching(/\p{Script=Han}/u) } },
    });
    expect(await heard(from)).toEqual(before);
  });

  it("改表：一项一项改，改不了的说原因，变了的请重新看", async () => {
    const { id, token } = await attended(WATER);
    const edit = (name: string, value: string, was: string) =>
      post(`/handoffs/${id}/form`, token, { key: key(), name, value, was });
    const { body } = await get(`/handoffs/${id}`, token);
    const was = (name: string) => rowOf(body, name)?.value ?? "";
    const placed = await edit("place", "朝阳区望京街道望京西园四区3号楼", was("place"));
    expect(rowOf(placed.body, "place")?.value).toContain("3号楼");
    expect((await edit("place", "别处", was("place"))).body).toMatchObject({ error: { code: "stale" } });
    expect(await edit("evidence", "一张照片", was("evidence"))).toMatchObject({ status: 400 });
    expect((await edit("kind", "胡说", was("kind"))).body).toMatchObject({
      error: { message: expect.stringContaining("看不出类型") },
    });
    expect(rowOf((await edit("kind", "求助", was("kind"))).body, "kind")?.value).toBe("求助");
    expect(rowOf((await edit("confidential", "是", was("confidential"))).body, "confidential")?.value).toBe("是");
    const described = await edit("description", "北门积水，已三天", was("description"));
    expect(rowOf(described.body, "description")?.value).toBe("北门积水，已三天");
    const category = await edit("category", "积水", was("category"));
    expect(rowOf(category.body, "category")?.value).toMatch(/\/.*\//);
  });

  it("接待员写下的电话，仍要市民本人同意才用", async () => {
    const { from, id, token } = await attended("望京西园四区北门路面积水好几天了");
    const was = rowOf((await get(`/handoffs/${id}`, token)).body, "contact")?.value;
    const edit = { key: key(), name: "contact", value: "王女士 13911112222", was };
    const edited = await post(`/handoffs/${id}/form`, token, edit);
    expect(rowOf(edited.body, "contact")?.value).toMatch(/王女士 13911112222（市民尚未同意使用）/);
    await post(`/handoffs/${id}/return`, token);
    await say(from, "1");
    expect((await heard(from)).join("\n")).toMatch(/139\*\*\*\*2222.*同意用这个号码吗/);
  });

  it("附件只有接待的人看得到", async () => {
    const { from, id, token } = await attended();
    const stored = await media().keep(Buffer.from("三天没有清运。"), { name: "说明.txt", owner: from });
    if ("refused" in stored) throw new Error("the file was not kept");
    await say(from, "看这个", [stored]);
    const path = `/handoffs/${id}/media/${stored.id}`;
    expect(await get(path, token)).toMatchObject({ status: 200, text: "三天没有清运。" });
    expect((await get(path, await signIn("liu"))).status).toBe(403);
    expect((await get(`/handoffs/${id}/media/other`, token)).status).toBe(404);
  });

  it("市民在接待中发的照片，接待员放进表里，放两次也只有一个", async () => {
    const { from, id, token } = await attended(WATER);
    const stored = await media().keep(Buffer.from("现场记录。"), { name: "现场.txt", owner: from });
    if ("refused" in stored) throw new Error("the file was not kept");
    await say(from, "", [stored]);
    const attach = () => post(`/handoffs/${id}/evidence`, token, { mediaId: stored.id });
    await attach();
    expect(rowOf((await attach()).body, "evidence")?.value).toBe("1 个");
    expect((await post(`/handoffs/${id}/evidence`, token, { mediaId: "other" })).status).toBe(404);
    expect((await post(`/handoffs/${id}/evidence`, await signIn("liu"), { mediaId: stored.id })).status).toBe(403);
  });
});
