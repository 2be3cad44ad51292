import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LINE_SECRET, type LineChange, sign } from "../../fakes/line-platform.ts";
import { type LineTown, openLineTown } from "./line-town.ts";

const CITIZEN = "Usomebodywhosenamestayssecret";
const WORDS = "家住望京西园四区的张小明电话13912345678";

let town: LineTown;
beforeAll(async () => {
  town = await openLineTown();
});
afterAll(() => town.close());

const said = () => town.platform.say(CITIZEN, WORDS);
const bodyOf = (...events: object[]) => JSON.stringify({ destination: "Ubot", events });

describe("不是平台送来的，坏的", () => {
  const other = sign("another channel's secret", "");

  it.each<[string, number, LineChange]>([
    ["没有签名", 403, { signature: null }],
    ["签名不对", 403, { signature: other }],
    ["签名不是 base64", 403, { signature: "%%%" }],
    ["签完以后改了的", 403, { body: (body) => body.replace("望京", "国贸") }],
    ["签完以后截断的", 403, { body: (body) => body.slice(0, -5) }],
    ["空的", 403, { body: () => "" }],
    ["五兆的", 413, { body: (body) => body + " ".repeat(5 * 1024 * 1024) }],
  ])("%s：%i，什么也没收下", async (_name, status, change) => {
    const before = town.taken();
    expect((await town.platform.post([said()], change)).status).toBe(status);
    expect(town.taken()).toBe(before);
  });

  it("别的账号的密钥签的：403", async () => {
    const body = bodyOf(said());
    expect((await town.platform.postRaw(body, { signature: sign("another secret", body) })).status).toBe(403);
  });

  it("签了名的五兆：413", async () => {
    expect((await town.platform.postRaw(`${bodyOf(said())}${" ".repeat(5 * 1024 * 1024)}`)).status).toBe(413);
  });

  it.each(["", "{", `{"events":[{"type":"message"`, "[]", `"${WORDS}"`, "null", `{"events":"${WORDS}"}`, "<xml/>"])(
    "签了名但不是 webhook：400 %s",
    async (body) => {
      const before = town.taken();
      expect((await town.platform.postRaw(body)).status).toBe(400);
      expect(town.taken()).toBe(before);
    },
  );

  it("读不懂的事件不牵连同一次送来的好事件", async () => {
    const before = town.taken();
    const odd = { type: "message", webhookEventId: "a b", source: { type: "user", userId: CITIZEN } };
    const polluted = JSON.parse(`{"__proto__": {"type": "message"}, "webhookEventId": "01X"}`) as object;
    expect((await town.platform.post([odd, polluted, said(), { nothing: WORDS }])).status).toBe(200);
    expect(town.taken()).toBe(before + 1);
  });

  it("别的方法不行；压坏的、编码奇怪的也不收", async () => {
    expect((await fetch(town.webhook)).status).toBe(405);
    const broken = await fetch(town.webhook, { method: "POST", body: "x", headers: { "content-encoding": "gzip" } });
    expect(broken.status).toBe(400);
    const strange = await fetch(town.webhook, { method: "POST", body: "x", headers: { "content-encoding": "rot13" } });
    expect(strange.status).toBe(415);
  });

  it("录下来重放：同一个事件，什么也不多", async () => {
    const event = said();
    await town.deliver(event);
    const before = town.taken();
    await town.deliver(event);
    expect(town.taken()).toBe(before);
  });

  it("一个人一分钟里发得太多：429，别人照常", async () => {
    const many = Array.from({ length: 250 }, () =>
      town.platform.event("Uflood", { type: "postback", postback: { data: "progress/mine" } }),
    );
    const first = many[0];
    // The same event again and again: known, but counted.
    expect(
      (await town.platform.post(many.map((event) => ({ ...event, webhookEventId: first?.webhookEventId })))).status,
    ).toBe(429);
    await town.deliver(said());
  });

  it("乱敲门的，一分钟里太多就不理了；平台的消息不受影响", async () => {
    const statuses = new Set<number>();
    for (let count = 0; count < 130; count += 1) {
      statuses.add((await town.platform.postRaw("{}", { signature: null })).status);
    }
    expect(statuses).toEqual(new Set([403, 429]));
    await town.deliver(said());
  });

  it("日志里没有市民的话、电话、编号，没有令牌和密钥", async () => {
    const event = said();
    town.host.expireReplyTokens();
    town.host.fail("push", 500, "hang-up", "not-json", 400);
    await town.deliver(event);
    await expect.poll(() => town.logged(), { timeout: 15_000 }).toMatch(/job-dead .*line: the platform does not take/);
    await town.server().house.idle();
    const logged = town.logged();
    expect(logged).toMatch(/line.refused fault=bad-signature mend=/);
    for (const secret of [CITIZEN, "张小明", "13912345678", "望京", "replytoken", town.host.accessToken, LINE_SECRET]) {
      expect(logged).not.toContain(secret);
    }
  });
});
