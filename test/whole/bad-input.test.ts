import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type Citizen, createCitizen, fileComplaint, reachSummary } from "./citizen.ts";
import { withCity } from "./with-city.ts";

const COMPLAINT = "朝阳区望京西园四区楼下餐馆油烟很大，每天晚上都呛人，希望尽快处理";

const city = withCity();

const visitor = () => createCitizen(city.server.url);
const message = (text: string, id: string = randomUUID()) => ({
  type: "message",
  text,
  from: { id: "someone" },
  channelData: { clientActivityID: id },
});
const botTexts = async (citizen: Citizen) =>
  (await citizen.activities()).filter((each) => each.from.role === "bot").map((each) => each.text ?? "");

describe("a message that is not one", () => {
  const cases: [what: string, body: unknown, status: number][] = [
    ["is not JSON", '{"type":', 400],
    ["is a list", "[]", 400],
    ["is null", "null", 400],
    ["is nested a hundred thousand deep", "[".repeat(100_000), 400],
    ["has no type", {}, 400],
    ["has a number for its text", { type: "message", text: 5 }, 400],
    ["says nothing", message("   "), 400],
    ["is larger than any message", message("长".repeat(100_000)), 413],
    ["is longer than can be read", message("长".repeat(20_001)), 413],
  ];
  for (const [what, body, status] of cases) {
    it(`that ${what} is refused with ${status} and a sentence, and nothing is kept`, async () => {
      const citizen = await visitor();
      const response = await citizen.post(body);
      expect(response.status).toBe(status);
      expect(await response.json()).toEqual({
        error: { code: expect.any(String), message: expect.stringMatching(/[\u4e00-\u9fff]/) },
      });
      expect(await citizen.activities()).toEqual([]);
    });
  }

  it("that is not signed, signed by nobody we know, or for another conversation is refused", async () => {
    const [one, other] = [await visitor(), await visitor()];
    const send = (authorization: Record<string, string>) =>
      fetch(`${city.server.url}/v3/directline/conversations/${one.conversationId}/activities`, {
        method: "POST",
        headers: { "content-type": "application/json", ...authorization },
        body: JSON.stringify(message("偷看")),
      });
    const unsigned = Buffer.from('{"alg":"none"}').toString("base64url");
    const claims = one.token.split(".")[1];
    expect((await send({})).status).toBe(401);
    expect((await send({ authorization: "Bearer nonsense" })).status).toBe(403);
    expect((await send({ authorization: `Bearer ${unsigned}.${claims}.` })).status).toBe(403);
    expect((await send({ authorization: `Bearer ${one.token.slice(0, -3)}AAA` })).status).toBe(403);
    expect((await send({ authorization: `Bearer ${other.token}` })).status).toBe(403);
    expect(await one.activities()).toEqual([]);
  });

  it("of a type that nobody knows gets a friendly sentence without technical words", async () => {
    const citizen = await visitor();
    expect((await citizen.post({ type: "hologram", from: { id: "x" } })).status).toBe(200);
    expect(await citizen.hears(/请用文字告诉我/)).not.toMatch(/[a-z]/i);
  });

  it("that merely types, or reports something to a machine, is passed over in silence", async () => {
    const citizen = await visitor();
    for (const type of ["typing", "endOfConversation", "trace"])
      expect((await citizen.post({ type })).status).toBe(200);
    expect(await citizen.activities()).toEqual([]);
  });

  it("that comes again is answered once", async () => {
    const citizen = await visitor();
    const body = message("你好");
    await citizen.post(body);
    await citizen.hears(/您好/);
    expect((await citizen.post(body)).status).toBe(200);
    expect((await citizen.post({ ...body, text: "另一句话" })).status).toBe(409);
    await citizen.say("谢谢", /不客气/);
    expect((await botTexts(citizen)).filter((text) => /^您好/.test(text))).toHaveLength(1);
  });

  it("that is posted 200 times at once is answered once; the citizen may be asked to slow down", async () => {
    const citizen = await visitor();
    const body = message(COMPLAINT);
    const answers = await Promise.all(Array.from({ length: 200 }, () => citizen.post(body)));
    expect(new Set(answers.map((each) => each.status))).toEqual(new Set([200, 429]));
    const ids = await Promise.all(
      answers.filter((each) => each.status === 200).map(async (each) => ((await each.json()) as { id: string }).id),
    );
    expect(new Set(ids).size).toBe(1);
    await citizen.hears(/称呼和电话/);
    expect((await citizen.activities()).filter((each) => each.from.role === "user")).toHaveLength(1);
    expect(await botTexts(citizen)).toHaveLength(1);
  });
});

describe("two messages of one citizen at the same instant", () => {
  it("are both answered, in the order in which they stand in the conversation", async () => {
    for (let round = 0; round < 5; round++) {
      const citizen = await visitor();
      await Promise.all([citizen.post(message("你好")), citizen.post(message("谢谢"))]);
      await citizen.hears(/您好/);
      const deadline = Date.now() + 5_000;
      while ((await botTexts(citizen)).length < 2 && Date.now() < deadline)
        await new Promise((next) => setTimeout(next, 50));
      const all = await citizen.activities();
      const asked = all.filter((each) => each.from.role === "user");
      const answered = all.filter((each) => each.from.role === "bot");
      expect(answered.map((each) => each.replyToId)).toEqual(asked.map((each) => each.id));
      for (const [index, each] of asked.entries()) {
        expect(answered[index]?.text).toMatch(each.text === "你好" ? /^您好/ : /^不客气/);
      }
    }
  });

  it("that confirm one request make one ticket", async () => {
    const citizen = await visitor();
    await reachSummary(citizen, COMPLAINT, "13912345678");
    await Promise.all([citizen.post(message("确认提交")), citizen.post(message("确认提交"))]);
    await citizen.hears(/登记成功，受理编号/);
    await citizen.say("我的工单", /最近的诉求|受理|已派单/);
    expect((await botTexts(citizen)).filter((text) => /登记成功，受理编号/.test(text))).toHaveLength(1);
  });
});

describe("odd but honest text", () => {
  it("of 10,000 characters is kept whole at the desk", async () => {
    const citizen = await visitor();
    const start = "朝阳区望京西园四区楼下餐馆油烟很大。";
    const text = `${start}${"每天晚上呛得睡不着，已经反映过很多次了。".repeat(600)}`
      .slice(0, 9_990)
      .padEnd(10_000, "完");
    const number = await fileComplaint(citizen, text);
    expect((await city.admin.call("GET", `/api/desk/tickets/${number}`)).body.description).toBe(text);
  });

  it("with emoji, traditional characters and other scripts arrives as it was written", async () => {
    const citizen = await visitor();
    const text = "朝陽區望京西園四區樓下餐館油煙很大🤢👨‍👩‍👧，too smelly ひどい, очень плохо";
    const number = await fileComplaint(citizen, text, "匿名");
    const { description } = (await city.admin.call("GET", `/api/desk/tickets/${number}`)).body;
    expect(description.replaceAll("\u200d", "")).toBe(text.replaceAll("\u200d", ""));
  });

  it("in traditional characters, with full-width or invisible ones in it, finds the same answer", async () => {
    const citizen = await visitor();
    const plain = await citizen.say("失业金能领几个月");
    expect(plain).toMatch(/依据：/);
    for (const variant of [
      "失業金能領幾個月",
      "失业金能领几个月？？？",
      "失\u200b业\u200b金能领\ufeff几个月",
      "　失业金能领几个月　",
    ]) {
      expect(await citizen.say(variant)).toBe(plain);
    }
  });

  it("in full-width digits is a choice and a telephone number", async () => {
    const citizen = await visitor();
    await citizen.say("帮助", /您可以这样用/);
    await citizen.say("２", /请说说是什么事/);
    await citizen.say("取消", /已取消/);
    const number = await fileComplaint(citizen, COMPLAINT, "王女士 １３９１２３４５６７８");
    expect((await city.admin.call("GET", `/api/desk/tickets/${number}`)).body.contact?.phone).toBe("13912345678");
  });

  it("made only of invisible characters gets a sentence", async () => {
    expect(await (await visitor()).say("\u200b\u200d\ufeff\u2060", /空白消息/)).toBeTruthy();
  });

  it("that names a choice which is not there is told so, and the form goes on", async () => {
    const citizen = await visitor();
    await citizen.say("帮助", /您可以这样用/);
    expect(await citizen.say("9")).toMatch(/没有第 9 项/);
    expect(await citizen.say("10")).toMatch(/没有第 10 项/);
    await citizen.say("2", /请说说是什么事/);
    await citizen.say("取消", /已取消/);
    await reachSummary(citizen, COMPLAINT, "13912345678");
    expect(await citizen.say("7", /请核对您的诉求/)).toMatch(/没有第 7 项/);
    await citizen.say("确认提交", /登记成功，受理编号/);
  });

  it("of two people with the same name makes two tickets, each seen by its own", async () => {
    const [one, other] = [
      await createCitizen(city.server.url, "王女士"),
      await createCitizen(city.server.url, "王女士"),
    ];
    const first = await fileComplaint(one, COMPLAINT, "王女士 13911110001");
    const second = await fileComplaint(other, COMPLAINT, "王女士 13911110002");
    expect(first).not.toBe(second);
    const mine = await one.say("我的工单");
    expect(mine).toContain(first);
    expect(mine).not.toContain(second);
    expect(await other.say(`查询 ${first}`)).toContain("没有在您的诉求里找到");
  });
});
