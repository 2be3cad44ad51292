import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Request } from "../../../bots/model/index.ts";
import { admin, aRequest, housingClerk, jiangtaiClerk, numberOf, openTestDesk, wangjingClerk } from "./fixture.ts";

describe("受理", () => {
  it("编号是日期加六位数字，受理和派单都有记录", async () => {
    const { desk } = openTestDesk();
    const number = await numberOf(desk.submit(aRequest(), "k1"));
    expect(number).toMatch(/^20260301\d{6}$/);
    const { updates } = desk.updatesSince(null);
    expect(updates.map((update) => update.status)).toEqual(["accepted", "dispatched"]);
    expect(updates[1]).toMatchObject({ number, unit: "望京街道办事处", dueAt: "2026-03-08T12:00:00.000Z" });
    expect(updates[1]?.text).toContain("朝阳区住房和城乡建设委员会");
  });

  it("同一个键同时提交二百次，只有一张工单", async () => {
    const { desk } = openTestDesk();
    const request = aRequest();
    const made = await Promise.all(Array.from({ length: 200 }, () => desk.submit(request, "same")));
    expect(new Set(made.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(desk.lists.tickets(admin, { state: "all", page: 1, pageSize: 10 }).total).toBe(1);
    expect(desk.updatesSince(null).updates).toHaveLength(2);
  });

  it("同一个键换了内容，仍是原来那张", async () => {
    const { desk, clock } = openTestDesk();
    const first = await desk.submit(aRequest(), "same");
    clock.forward(86_400_000);
    expect(await desk.submit(aRequest({ description: "另一件事" }), "same")).toEqual(first);
  });

  it("随机数撞上也不重号", async () => {
    const { desk } = openTestDesk({ random: () => 0.25 });
    const numbers = await Promise.all(["a", "b", "c"].map((key) => numberOf(desk.submit(aRequest(), key))));
    expect(new Set(numbers).size).toBe(3);
  });

  it.each<[string, Partial<Request>, RegExp]>([
    ["空内容", { description: "  \n" }, /为空/],
    ["过长", { description: "长".repeat(20_001) }, /超过/],
    ["电话不像电话", { contact: { phone: "请打我家座机" } }, /电话/],
  ])("%s 不予受理并说明原因，改好后同一个键可以再提交", async (_what, wrong, reason) => {
    const { desk } = openTestDesk();
    const refused = await desk.submit(aRequest(wrong), "k");
    expect(refused).toMatchObject({ kind: "refused", reason: expect.stringMatching(reason) });
    expect(desk.updatesSince(null).updates).toEqual([]);
    expect((await desk.submit(aRequest(), "k")).kind).toBe("accepted");
  });

  it("记下派单时所用目录的版本", async () => {
    const { desk } = openTestDesk();
    const number = await numberOf(desk.submit(aRequest(), "k"));
    expect(desk.ticket(number)?.ticket.catalogueVersion).toBe("test-1");
  });

  it("关了再开，什么都还在", async () => {
    const dir = mkdtempSync(join(tmpdir(), "desk-"));
    try {
      const before = openTestDesk({ dir });
      const number = await numberOf(before.desk.submit(aRequest(), "k"));
      await before.desk.act(number, { kind: "urge" }, "u1");
      await before.database.close();
      const after = openTestDesk({ dir });
      expect(await numberOf(after.desk.submit(aRequest(), "k"))).toBe(number);
      expect(after.desk.ticket(number)?.ticket.urges).toBe(1);
      await after.database.close();
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it("文件里读不到姓名、电话和诉求内容", async () => {
    const dir = mkdtempSync(join(tmpdir(), "desk-"));
    try {
      const { desk, database } = openTestDesk({ dir });
      const number = await numberOf(desk.submit(aRequest(), "k"));
      await desk.act(number, { kind: "supplement", text: "补充一句悄悄话" }, "s1");
      await database.close();
      const bytes = Buffer.concat(readdirSync(dir).map((name) => readFileSync(join(dir, name))));
      for (const secret of ["13800138000", "张小明", "小区大门", "望京西园四区", "悄悄话"]) {
        expect(bytes.includes(Buffer.from(secret))).toBe(false);
      }
      expect(bytes.includes(Buffer.from(number))).toBe(true);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});

describe("进展", () => {
  it("从上次读到的地方往后读，没有新的就停在原处", async () => {
    const { desk } = openTestDesk();
    const number = await numberOf(desk.submit(aRequest(), "k"));
    const first = desk.updatesSince(null);
    expect(desk.updatesSince(first.cursor)).toEqual({ updates: [], cursor: first.cursor });
    await desk.handle(admin, number, "accept");
    const next = desk.updatesSince(first.cursor);
    expect(next.updates.map((update) => update.status)).toEqual(["in-progress"]);
  });

  it("别的来源的工单不混进来", async () => {
    const { desk } = openTestDesk();
    await desk.submit(aRequest(), "k", "open311:abc");
    expect(desk.updatesSince(null).updates).toEqual([]);
    expect(desk.updatesSince(null, "open311:abc").updates).toHaveLength(2);
  });

  it("有变化就叫醒听的人，重复提交不叫", async () => {
    const { desk } = openTestDesk();
    let calls = 0;
    const stop = desk.onChange(() => {
      calls += 1;
    });
    const number = await numberOf(desk.submit(aRequest(), "k"));
    await desk.submit(aRequest(), "k");
    expect(calls).toBe(1);
    await desk.act(number, { kind: "urge" }, "u");
    await desk.act(number, { kind: "urge" }, "u");
    expect(calls).toBe(2);
    stop();
    await desk.handle(admin, number, "accept");
    expect(calls).toBe(2);
  });

  it("不把工作人员的名字告诉诉求人", async () => {
    const { desk } = openTestDesk();
    const number = await numberOf(desk.submit(aRequest(), "k"));
    await desk.handle(wangjingClerk, number, "accept");
    await desk.handle(wangjingClerk, number, "reply", "正在联系厂家");
    expect(JSON.stringify(desk.updatesSince(null))).not.toContain("李工");
    expect(desk.updatesSince(null).updates.at(-1)).toMatchObject({
      status: "replied",
      text: "正在联系厂家",
      unit: "望京街道办事处",
    });
  });
});

describe("诉求人的催办、补充、撤回", () => {
  it("各按各的键只算一次", async () => {
    const { desk } = openTestDesk();
    const number = await numberOf(desk.submit(aRequest(), "k"));
    await Promise.all(["a", "a", "b"].map((key) => desk.act(number, { kind: "urge" }, key)));
    await Promise.all(["c", "c"].map((key) => desk.act(number, { kind: "supplement", text: "门口还有积水" }, key)));
    expect(desk.ticket(number)?.ticket.urges).toBe(2);
    expect(desk.ticket(number)?.events.filter((event) => event.kind === "supplemented")).toHaveLength(1);
  });

  it("办结以后不能撤回，说明原因；同一个键永远是同一个答复", async () => {
    const { desk } = openTestDesk();
    const number = await numberOf(desk.submit(aRequest(), "k"));
    await desk.handle(admin, number, "accept");
    await desk.handle(admin, number, "close", "已修好");
    const refused = await desk.act(number, { kind: "withdraw" }, "w");
    expect(refused).toMatchObject({ kind: "refused", reason: expect.stringContaining("已经办结") });
    expect(await desk.act(number, { kind: "withdraw" }, "w")).toEqual(refused);
  });

  it("撤回以后单位不能再办，撤回会通知出去", async () => {
    const { desk } = openTestDesk();
    const number = await numberOf(desk.submit(aRequest(), "k"));
    expect(await desk.act(number, { kind: "withdraw", reason: "已经解决" }, "w")).toEqual({ kind: "accepted" });
    expect(desk.updatesSince(null).updates.at(-1)?.status).toBe("withdrawn");
    expect(await desk.handle(admin, number, "accept")).toMatchObject({
      kind: "conflict",
      reason: expect.stringContaining("撤回"),
    });
    expect(await desk.act(number, { kind: "urge" }, "u")).toMatchObject({ kind: "refused" });
  });

  it("没有的编号、别的来源的编号都说没有", async () => {
    const { desk } = openTestDesk();
    const number = await numberOf(desk.submit(aRequest(), "k", "open311:abc"));
    expect(await desk.act("20260301000000", { kind: "urge" }, "a")).toMatchObject({ kind: "refused" });
    expect(await desk.act(number, { kind: "urge" }, "b")).toMatchObject({ kind: "refused" });
    expect(await desk.act(number, { kind: "urge" }, "c", "open311:abc")).toEqual({ kind: "accepted" });
  });
});

describe("单位办理", () => {
  it("两个人同时接单，只有一个成功，另一个知道原因", async () => {
    const { desk } = openTestDesk();
    const number = await numberOf(desk.submit(aRequest(), "k"));
    const outcomes = await Promise.all([
      desk.handle(wangjingClerk, number, "accept"),
      desk.handle(admin, number, "accept"),
    ]);
    expect(outcomes.map((outcome) => outcome.kind).sort()).toEqual(["conflict", "done"]);
    expect(desk.ticket(number)?.events.filter((event) => event.kind === "in-progress")).toHaveLength(1);
  });

  it.each([
    ["没有接单不能答复", [], "reply"],
    ["没有接单不能办结", [], "close"],
    ["办结以后不能答复", ["accept", "close"], "reply"],
    ["不能接单两次", ["accept"], "accept"],
  ] as const)("%s", async (_what, before, step) => {
    const { desk } = openTestDesk();
    const number = await numberOf(desk.submit(aRequest(), "k"));
    for (const one of before) await desk.handle(admin, number, one, "好");
    expect((await desk.handle(admin, number, step, "好")).kind).toBe("conflict");
  });

  it("首派负责：协办单位可以答复，不能接单和办结；其他单位看不到", async () => {
    const { desk } = openTestDesk();
    const number = await numberOf(desk.submit(aRequest(), "k"));
    expect((await desk.handle(housingClerk, number, "accept")).kind).toBe("forbidden");
    expect((await desk.handle(jiangtaiClerk, number, "accept")).kind).toBe("not-found");
    await desk.handle(wangjingClerk, number, "accept");
    expect((await desk.handle(housingClerk, number, "reply", "已约谈物业")).kind).toBe("done");
    expect(desk.updatesSince(null).updates.at(-1)?.unit).toBe("朝阳区住房和城乡建设委员会");
    expect((await desk.handle(wangjingClerk, number, "close", "已修好")).kind).toBe("done");
    expect(desk.ticket(number)?.ticket.closedAt).toBe("2026-03-01T12:00:00.000Z");
  });
});

describe("工单列表", () => {
  it("最急的在前，办结的在后，新办结的先", async () => {
    const { desk, clock } = openTestDesk();
    const file = (key: string, code: string) =>
      numberOf(desk.submit(aRequest({ category: { code, path: ["a", "b", "c"] } }), key));
    const week = await file("a", "010101");
    const twoHours = await file("b", "020101");
    const closedFirst = await file("c", "030101");
    const closedLater = await file("d", "030101");
    for (const number of [closedFirst, closedLater]) {
      clock.forward(1000);
      await desk.handle(admin, number, "accept");
      await desk.handle(admin, number, "close", "好");
    }
    const all = desk.lists.tickets(admin, { state: "all", page: 1, pageSize: 10 });
    expect(all.tickets.map((ticket) => ticket.number)).toEqual([twoHours, week, closedLater, closedFirst]);
    expect(desk.lists.tickets(admin, { state: "open", page: 2, pageSize: 1 })).toMatchObject({
      total: 2,
      tickets: [{ number: week }],
    });
    expect(desk.lists.tickets(admin, { state: "closed", page: 1, pageSize: 10 }).total).toBe(2);
    expect(
      desk.lists
        .tickets(admin, { state: "all", query: "停水", page: 1, pageSize: 10 })
        .tickets.map((one) => one.number),
    ).toEqual([twoHours]);
    expect(desk.lists.tickets(admin, { state: "all", query: week, page: 1, pageSize: 10 }).total).toBe(1);
    expect(desk.lists.tickets(admin, { state: "all", query: "%", page: 1, pageSize: 10 }).total).toBe(0);
  });

  it("单位只看得到自己的，编辑什么也看不到", async () => {
    const { desk } = openTestDesk();
    const number = await numberOf(desk.submit(aRequest(), "k"));
    const seenBy = (viewer: typeof admin) => desk.lists.tickets(viewer, { state: "all", page: 1, pageSize: 10 }).total;
    expect([admin, wangjingClerk, housingClerk, jiangtaiClerk, { name: "编辑", role: "editor" }].map(seenBy)).toEqual([
      1, 1, 1, 0, 0,
    ]);
    expect(desk.lists.tickets(jiangtaiClerk, { state: "all", unit: "110105026", page: 1, pageSize: 10 }).total).toBe(0);
    expect(desk.lists.ticket(jiangtaiClerk, number)).toBeUndefined();
    expect(desk.lists.units(wangjingClerk).map((unit) => unit.id)).toEqual(["110105026"]);
    expect(desk.lists.units(admin, "住建委").map((unit) => unit.name)).toContain("海淀区住房和城乡建设委员会");
  });
});
