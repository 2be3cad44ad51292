import { describe, expect, it } from "vitest";
import { aRequest, numberOf } from "../desk/fixture.ts";
import { png } from "../media/samples.ts";
import { staffCity } from "./staff-city.ts";

const city = staffCity();
const { call, post, signIn } = city;

describe("工单", () => {
  it("从列表到办结", async () => {
    const number = await numberOf(city.desk().submit(aRequest(), "k"));
    const li = await signIn("li");
    expect((await call("/desk/units", li)).body).toEqual({
      units: [{ id: "110105026", name: "望京街道办事处", shortName: "望京街道", type: "subdistrict", open: 1 }],
    });
    expect((await call("/desk/tickets?unit=110105026&state=open&query=&page=1&pageSize=20", li)).body).toEqual({
      total: 1,
      tickets: [
        {
          number,
          title: "物业服务不到位：小区大门坏了一个月，物业一直不修",
          kind: "complaint",
          categoryPath: ["住房", "物业管理", "物业服务不到位"],
          state: "dispatched",
          unit: { id: "110105026", name: "望京街道办事处" },
          second: { id: "110105-zhujian", name: "朝阳区住房和城乡建设委员会" },
          grade: "7d",
          createdAt: "2026-03-01T12:00:00.000Z",
          dueAt: "2026-03-08T12:00:00.000Z",
          urges: 0,
          voices: 1,
          overdue: false,
        },
      ],
    });
    expect((await post(`/desk/tickets/${number}/accept`, li)).body).toMatchObject({ state: "in-progress" });
    expect((await post(`/desk/tickets/${number}/reply`, li, { text: "已联系物业" })).body).toMatchObject({
      state: "replied",
    });
    city.clock().forward(8 * 86_400_000);
    const token = await signIn("li");
    expect((await call("/desk/tickets", token)).body).toMatchObject({ tickets: [{ overdue: true }] });
    const closed = await post(`/desk/tickets/${number}/close`, token, { text: "已修好" });
    expect(closed.body).toMatchObject({ state: "closed", closedAt: "2026-03-09T12:00:00.000Z", overdue: true });
    expect(
      (closed.body.timeline as { kind: string; actor?: string }[]).map((event) => [event.kind, event.actor]),
    ).toEqual([
      ["accepted", undefined],
      ["dispatched", undefined],
      ["in-progress", "李工"],
      ["replied", "李工"],
      ["closed", "李工"],
    ]);
  });

  it("两个人同时接单，慢的那个得到一句话", async () => {
    const number = await numberOf(city.desk().submit(aRequest(), "k"));
    const tokens = await Promise.all([signIn("li"), signIn("admin")]);
    const answers = await Promise.all(tokens.map((token) => post(`/desk/tickets/${number}/accept`, token)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    expect(answers.find((answer) => answer.status === 409)?.body).toEqual({
      error: { code: "wrong-state", message: "工单已经有人接单，不能重复接单。" },
    });
  });

  it("联系方式：主办看得到，协办看到一部分，别的单位连工单也看不到", async () => {
    const number = await numberOf(city.desk().submit(aRequest(), "k"));
    const contactSeenBy = async (name: string) =>
      (await call(`/desk/tickets/${number}`, await signIn(name))).body.contact;
    expect(await contactSeenBy("admin")).toEqual({ name: "张小明", phone: "13800138000" });
    expect(await contactSeenBy("li")).toEqual({ name: "张小明", phone: "13800138000" });
    expect(await contactSeenBy("zhao")).toEqual({ name: "张＊＊", phone: "138****00" });
    expect((await call(`/desk/tickets/${number}`, await signIn("sun"))).status).toBe(404);
    expect((await call("/desk/tickets", await signIn("sun"))).body).toEqual({ tickets: [], total: 0 });
    expect((await call("/desk/tickets", await signIn("wang"))).status).toBe(403);
  });

  it.each([
    ["举报", { kind: "report" as const }],
    ["要求保密", { confidential: true }],
  ])("%s的身份只有中心知道，写在内容里的也遮住", async (_what, over) => {
    const request = aRequest({
      ...over,
      description: "我是张小明，电话 138 0013 8000，举报隔壁",
      wants: "别说是张小明说的",
    });
    const number = await numberOf(city.desk().submit(request, "k"));
    await city.desk().act(number, { kind: "supplement", text: "可以打 13912345678 找张小明" }, "s");
    const admin = await call(`/desk/tickets/${number}`, await signIn("admin"));
    expect(JSON.stringify(admin.body)).toContain("张小明");
    for (const name of ["li", "zhao"]) {
      const token = await signIn(name);
      for (const path of [`/desk/tickets/${number}`, "/desk/tickets"]) {
        const { status, body } = await call(path, token);
        expect(status).toBe(200);
        expect(JSON.stringify(body)).not.toMatch(/张小明|138\s?0013\s?8000|13912345678/);
      }
    }
  });

  it("附件给出编号和类型，不给别的", async () => {
    const evidence = [{ id: "m1", mediaType: "image" as const, mimeType: "image/png", sizeBytes: 3, name: "门.png" }];
    const number = await numberOf(city.desk().submit(aRequest({ evidence }), "k"));
    expect((await call(`/desk/tickets/${number}`, await signIn("li"))).body).toMatchObject({
      evidence: [{ id: "m1", mimeType: "image/png", name: "门.png" }],
      place: { text: "望京西园四区", district: "朝阳区", subdistrict: "望京街道" },
    });
  });

  /** A picture of this citizen, named after them. */
  const keptPicture = async () => {
    const owner = { channel: "web", userId: "v" } as const;
    const kept = await city.media().keep(png, { name: "张小明家.png", owner });
    if ("refused" in kept) throw new Error(kept.refused);
    return kept;
  };

  it("补充来的照片和原来的一起，能看这张工单的人才打得开", async () => {
    const number = await numberOf(city.desk().submit(aRequest(), "k"));
    const picture = await keptPicture();
    const path = `/desk/media/${number}/${picture.id}`;
    expect((await city.download(path, await signIn("li"))).status).toBe(404);
    await city.desk().act(number, { kind: "supplement", text: "补一张", media: [picture] }, "s");
    await city.desk().act(number, { kind: "supplement", text: "再补一次", media: [picture] }, "s2");
    const { body } = await call(`/desk/tickets/${number}`, await signIn("li"));
    expect(body.evidence).toEqual([{ id: picture.id, mimeType: "image/png", name: "张小明家.png" }]);
    const opened = await city.download(path, await signIn("li"));
    expect(opened).toMatchObject({ status: 200, name: "张小明家.png" });
    expect(opened.bytes.equals(png)).toBe(true);
    expect((await city.download(path, await signIn("sun"))).status).toBe(404);
    expect((await city.download(path, await signIn("wang"))).status).toBe(403);
    expect((await call(path)).status).toBe(401);
  });

  it("要保密的，承办单位在文件名里也读不到是谁", async () => {
    const evidence = [await keptPicture()];
    const number = await numberOf(city.desk().submit(aRequest({ evidence, confidential: true }), "k"));
    const path = `/desk/media/${number}/${evidence[0]?.id}`;
    const { body } = await call(`/desk/tickets/${number}`, await signIn("li"));
    expect(JSON.stringify(body.evidence)).not.toContain("张小明");
    expect((await city.download(path, await signIn("li"))).name).not.toContain("张小明");
    expect((await city.download(path, await signIn("admin"))).name).toBe("张小明家.png");
  });

  it("几个人反映的：列表写人数，每人的内容和联系方式按同样的规矩给看", async () => {
    const number = await numberOf(city.desk().submit(aRequest(), "k"));
    const picture = await keptPicture();
    const second = aRequest({
      joins: number,
      description: "大门还是坏的，我是王小红",
      contact: { name: "王小红", phone: "13900139000" },
      evidence: [picture],
    });
    await city.desk().submit(second, second.id);
    await city.desk().act(number, { kind: "supplement", text: "我王小红再补充一句" }, "s", "bot", second.id);
    const li = await signIn("li");
    expect((await call("/desk/tickets", li)).body).toMatchObject({ tickets: [{ number, voices: 2 }], total: 1 });
    expect((await call(`/desk/tickets/${number}`, li)).body).toMatchObject({
      voices: 2,
      contact: { phone: "13800138000" },
      joiners: [{ description: second.description, contact: second.contact, evidence: [{ id: picture.id }], urges: 0 }],
    });
    expect((await city.download(`/desk/media/${number}/${picture.id}`, li)).status).toBe(200);
    const seenBySecondUnit = (await call(`/desk/tickets/${number}`, await signIn("zhao"))).body;
    expect(JSON.stringify(seenBySecondUnit)).not.toMatch(/王小红|13900139000/);
    expect(seenBySecondUnit).toMatchObject({ joiners: [{ contact: { name: "王＊＊", phone: "139****00" } }] });
  });

  it("撤回的人，联系方式不再给看", async () => {
    const first = aRequest();
    const number = await numberOf(city.desk().submit(first, first.id));
    const second = aRequest({ joins: number, contact: { name: "王小红", phone: "13900139000" } });
    await city.desk().submit(second, second.id);
    await city.desk().act(number, { kind: "withdraw" }, "w", "bot", first.id);
    const { body } = await call(`/desk/tickets/${number}`, await signIn("li"));
    expect(body).toMatchObject({ voices: 1, state: "dispatched", joiners: [{ contact: { phone: "13900139000" } }] });
    expect(body.contact).toBeUndefined();
    expect(body.firstLeftAt).toBeDefined();
  });

  it.each([
    ["没写答复", "reply", { text: " " }],
    ["没写办结说明", "close", {}],
    ["不是 JSON 的内容", "reply", undefined],
  ])("%s 是 400", async (_what, step, json) => {
    const number = await numberOf(city.desk().submit(aRequest(), "k"));
    const token = await signIn("li");
    await post(`/desk/tickets/${number}/accept`, token);
    const answer = await call(`/desk/tickets/${number}/${step}`, token, { method: "POST", json });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: "bad-input" } } });
  });

  it("页码不对是 400，协办接单是 403，没有的编号是 404", async () => {
    const number = await numberOf(city.desk().submit(aRequest(), "k"));
    expect((await call("/desk/tickets?page=0", await signIn("li"))).status).toBe(400);
    expect((await call("/desk/tickets?state=lost", await signIn("li"))).status).toBe(400);
    expect((await post(`/desk/tickets/${number}/accept`, await signIn("zhao"))).body).toMatchObject({
      error: { message: expect.stringContaining("首派负责") },
    });
    expect((await post("/desk/tickets/1/accept", await signIn("li"))).status).toBe(404);
  });
});
