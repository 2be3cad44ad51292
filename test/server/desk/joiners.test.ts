import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Media, Request } from "../../../bots/model/index.ts";
import { admin, aRequest, numberOf, openTestDesk, type TestDesk } from "./fixture.ts";

const wangs = { description: "大门坏了，请快修", contact: { name: "王小红", phone: "13900139000" } };

/** A ticket with one joiner. */
async function shared(opened: TestDesk = openTestDesk()) {
  const { desk } = opened;
  const first = aRequest();
  const number = await numberOf(desk.submit(first, first.id));
  const second = aRequest({ ...wangs, joins: number });
  const joined = await desk.submit(second, second.id);
  const leave = (one: Request) => desk.act(number, { kind: "withdraw" }, `leave-${one.id}`, "bot", one.id);
  return { ...opened, number, first, second, joined, leave };
}

const newsOf = (desk: TestDesk["desk"]) =>
  desk.updatesSince(null).updates.map(({ status, voice }) => (voice ? `${status}:${voice.now}` : status));

describe("加入一张工单", () => {
  it("编号是同一个，人数加一，不算一张新工单", async () => {
    const { desk, number, joined } = await shared();
    expect(joined).toMatchObject({ kind: "accepted", number, joining: { kind: "joined", voices: 2 } });
    expect(desk.lists.tickets(admin, { state: "all", page: 1, pageSize: 9 }).total).toBe(1);
    expect(desk.lists.find({ withConfidential: true, limit: 9 })).toHaveLength(1);
    expect(desk.ticket(number)).toMatchObject({
      ticket: { voices: 2, contact: { phone: "13800138000" } },
      joiners: [{ contact: wangs.contact, body: { description: wangs.description } }],
    });
    expect(newsOf(desk)).toEqual(["accepted", "dispatched"]);
  });

  it("同一个键提交多少次都只有一个人", async () => {
    const { desk, number, second, joined } = await shared();
    const again = await Promise.all(Array.from({ length: 50 }, () => desk.submit(second, second.id)));
    expect(new Set(again.map((one) => JSON.stringify(one)))).toEqual(new Set([JSON.stringify(joined)]));
    expect(desk.ticket(number)?.joiners).toHaveLength(1);
  });

  it("办结之后重发加入，还是原来那张", async () => {
    const { desk, number, second } = await shared();
    await desk.handle(admin, number, "accept");
    await desk.handle(admin, number, "close", "修好了");
    expect(await desk.submit(second, second.id)).toMatchObject({ number, joining: { kind: "joined" } });
  });

  it.each<[string, (opened: TestDesk, number: string) => Promise<unknown>, Partial<Request>]>([
    [
      "已经办结",
      async ({ desk }, number) => {
        await desk.handle(admin, number, "accept");
        await desk.handle(admin, number, "close", "修好了");
      },
      {},
    ],
    ["已经撤回", ({ desk }, number) => desk.act(number, { kind: "withdraw" }, "w"), {}],
    ["自己要求保密", async () => undefined, { confidential: true }],
    ["自己是举报", async () => undefined, { kind: "report" }],
  ])("%s，就单独立一张，注明相关编号", async (_what, before, over) => {
    const opened = openTestDesk();
    const number = await numberOf(opened.desk.submit(aRequest(), "k"));
    await before(opened, number);
    const own = aRequest({ ...wangs, joins: number, ...over });
    const made = await opened.desk.submit(own, own.id);
    expect(made).toMatchObject({ kind: "accepted", joining: { kind: "apart" } });
    expect(await opened.desk.submit(own, own.id)).toEqual(made);
    const ownNumber = made.kind === "accepted" ? made.number : "";
    expect(ownNumber).not.toBe(number);
    expect(opened.desk.ticket(ownNumber)?.ticket.body.related).toBe(number);
  });

  it("保密的工单、别的来源的工单，谁也加入不了", async () => {
    const { desk } = openTestDesk();
    const secret = await numberOf(desk.submit(aRequest({ confidential: true }), "a"));
    const foreign = await numberOf(desk.submit(aRequest(), "b", "open311:abc"));
    for (const joins of [secret, foreign, "20260101000000"]) {
      expect(await desk.submit(aRequest({ joins }), `to-${joins}`)).toMatchObject({ joining: { kind: "apart" } });
    }
  });

  it("加入的人写的话和电话，落在盘上都是密文", async () => {
    const dir = mkdtempSync(join(tmpdir(), "desk-"));
    const opened = openTestDesk({ dir });
    try {
      await shared(opened);
      await opened.database.close();
      const bytes = readdirSync(dir).map((file) => readFileSync(join(dir, file)).toString("latin1"));
      const plain = Buffer.from("大门坏了").toString("latin1");
      for (const file of bytes) {
        expect(file).not.toContain("13900139000");
        expect(file).not.toContain(plain);
      }
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});

describe("几个人共有的工单", () => {
  it("第一个人撤回：工单还在，他听到自己退出，下一个人听到由自己接着", async () => {
    const { desk, number, first, second, leave } = await shared();
    expect(await leave(first)).toEqual({ kind: "accepted" });
    expect(await leave(first)).toEqual({ kind: "accepted" });
    expect(desk.ticket(number)?.ticket).toMatchObject({ state: "dispatched", voices: 1 });
    expect(newsOf(desk).slice(2)).toEqual(["withdrawn:left", "dispatched:first"]);
    expect(
      desk
        .updatesSince(null)
        .updates.slice(2)
        .map(({ voice }) => voice?.requestId),
    ).toEqual([first.id, second.id]);
    expect(await desk.act(number, { kind: "urge" }, "u", "bot", first.id)).toMatchObject({
      kind: "refused",
      reason: expect.stringContaining("已经撤回") as string,
    });
  });

  it("加入的人撤回：第一个人什么都不用知道", async () => {
    const { desk, number, second, leave } = await shared();
    await leave(second);
    expect(desk.ticket(number)?.ticket).toMatchObject({ state: "dispatched", voices: 1, firstLeftAt: undefined });
    expect(newsOf(desk).slice(2)).toEqual(["withdrawn:left"]);
  });

  it("都撤回了，工单才撤回", async () => {
    const { desk, number, first, second, leave } = await shared();
    await leave(first);
    await leave(second);
    expect(desk.ticket(number)?.ticket.state).toBe("withdrawn");
    expect(newsOf(desk).at(-1)).toBe("withdrawn");
  });

  it("催办总数和各人的数都记", async () => {
    const { desk, number, first, second } = await shared();
    await desk.act(number, { kind: "urge" }, "u1", "bot", first.id);
    await Promise.all(["u2", "u2", "u3"].map((key) => desk.act(number, { kind: "urge" }, key, "bot", second.id)));
    expect(desk.ticket(number)).toMatchObject({ ticket: { urges: 3 }, joiners: [{ urges: 2 }] });
  });

  it("补充的照片归到补充的人名下，重发不重复", async () => {
    const { desk, number, first, second } = await shared();
    const picture = (id: string): Media => ({ id, mediaType: "image", mimeType: "image/jpeg", sizeBytes: 9 });
    const add = (key: string, id: string, requestId: string) =>
      desk.act(number, { kind: "supplement", text: "见照片", media: [picture(id)] }, key, "bot", requestId);
    await add("s1", "p1", first.id);
    await add("s2", "p2", second.id);
    await add("s3", "p2", second.id);
    expect(desk.ticket(number)).toMatchObject({
      ticket: { body: { evidence: [{ id: "p1" }] } },
      joiners: [{ body: { evidence: [{ id: "p2" }] } }],
    });
    expect(desk.ticket(number)?.joiners[0]?.body.evidence).toHaveLength(1);
  });

  it("不是这张工单的人，什么都做不了", async () => {
    const { desk, number } = await shared();
    expect(await desk.act(number, { kind: "withdraw" }, "x", "bot", "somebody-else")).toMatchObject({
      kind: "refused",
    });
    expect(desk.ticket(number)?.ticket.voices).toBe(2);
  });

  it("单位的话发给每个人，里面不带任何人的姓名和电话", async () => {
    const { desk, number } = await shared();
    await desk.handle(admin, number, "accept");
    await desk.handle(admin, number, "reply", "已联系张小明13800138000、王小红，明天修门。");
    const text = desk.updatesSince(null).updates.at(-1)?.text;
    expect(text).toContain("明天修门");
    expect(text).not.toMatch(/张小明|王小红|138/);
    expect(desk.ticket(number)?.events.at(-1)?.text).toContain("张小明");
  });
});
