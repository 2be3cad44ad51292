import { encrypt } from "@wecom/crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AES_KEY, type Change, createPlatform } from "../../fakes/mini-program-platform.ts";
import { freshMsgId, type MiniProgramTown, openTown } from "./mini-program-town.ts";

const CITIZEN = "oSomebodyWhoseNameStaysSecret";
const WORDS = "家住望京西园四区的张小明电话13912345678";
const now = () => Math.floor(Date.now() / 1000);

let town: MiniProgramTown;
beforeAll(async () => {
  town = await openTown({ format: "json" });
});
afterAll(() => town.close());

const said = () => ({ FromUserName: CITIZEN, MsgType: "text", Content: WORDS, MsgId: freshMsgId() });
const statusOf = async (change: Change) => (await town.platform.post(said(), change)).status;
const kept = () => town.count("SELECT count(*) FROM inbound");
const sealed = (text: string) => encrypt(AES_KEY, text, town.host.appId);

describe("验证服务器地址", () => {
  it("签名对就原样返回 echostr", async () => {
    const response = await fetch(`${town.platform.url()}&echostr=5838479218127813673`);
    expect([response.status, await response.text()]).toEqual([200, "5838479218127813673"]);
    expect(response.headers.get("content-type")).toMatch(/^text\/plain/);
  });

  it("签名不对、过时、没有参数都不返回；别的方法不行", async () => {
    const ask = async (url: string) => {
      const response = await fetch(`${url}&echostr=<script>`);
      return [response.status, await response.text()];
    };
    expect(await ask(town.platform.url({ signature: "0".repeat(40) }))).toEqual([403, ""]);
    expect(await ask(town.platform.url({ timestamp: now() - 301 }))).toEqual([403, ""]);
    expect(await ask(`${town.webhook}?x=1`)).toEqual([403, ""]);
    expect((await fetch(town.platform.url(), { method: "PUT" })).status).toBe(405);
  });
});

describe("不是平台送来的，坏的", () => {
  const bomb = `<!DOCTYPE x [${Array.from({ length: 20 }, (_, i) => `<!ENTITY e${i} "&e${i - 1};&e${i - 1};">`).join("")}]><xml><Encrypt>&e19;</Encrypt></xml>`;
  const deep = `${'{"a":'.repeat(400)}1${"}".repeat(400)}`;

  it.each<[string, number, Change]>([
    ["签名不对", 403, { signature: "0".repeat(40) }],
    ["签名是数组", 403, { signature: "a&signature=b" }],
    ["五分钟以前的", 403, { timestamp: now() - 400 }],
    ["五分钟以后的", 403, { timestamp: now() + 400 }],
    ["发给别的小程序的", 403, { receiver: "wx0000000000000000" }],
    ["没有加密的", 403, { body: () => JSON.stringify({ MsgType: "text", Content: WORDS }) }],
    ["密文换了的", 403, { body: () => JSON.stringify({ Encrypt: "AAAA" }) }],
    ["实体炸弹", 400, { body: () => bomb }],
    ["外部实体", 400, { body: () => `<!DOCTYPE x SYSTEM "file:///etc/passwd"><xml><Encrypt>&x;</Encrypt></xml>` }],
    ["没写完的 JSON", 400, { body: (body) => body.slice(0, -3) }],
    ["不是对象的 JSON", 400, { body: () => "[1,2,3]" }],
    ["只是一个数", 400, { body: () => "42" }],
    ["空的", 400, { body: () => "" }],
    ["太深的 JSON", 400, { body: () => deep }],
    ["一直开着的括号", 400, { body: () => `{"a":${"[".repeat(60_000)}` }],
    ["太深的 XML", 400, { body: () => `${"<a>".repeat(500)}${"</a>".repeat(500)}` }],
    ["五兆的", 413, { body: (body) => body + " ".repeat(5 * 1024 * 1024) }],
  ])("%s：%i，什么也没收下", async (_name, status, change) => {
    const before = kept();
    expect(await statusOf(change)).toBe(status);
    expect(kept()).toBe(before);
  });

  it("签了名但截断的密文，里面不是消息的密文：400", async () => {
    const whole = sealed(WORDS);
    for (const length of [1, 20, 44, 63]) expect(await statusOf({ encrypted: whole.slice(0, length) })).toBe(400);
    const inside = ["", "hello", '{"MsgType":"text"}', deep, "<!DOCTYPE x><xml><a>1</a></xml>", '{"MsgType":{"a":1}}'];
    for (const text of inside) expect(await statusOf({ encrypted: sealed(text) }), text.slice(0, 20)).toBe(400);
  });

  it("名字是 __proto__ 的成员不起作用", async () => {
    const text = `{"__proto__":{"MsgType":"text","FromUserName":"${CITIZEN}","CreateTime":1700000000}}`;
    expect(await statusOf({ encrypted: sealed(text) })).toBe(400);
  });

  it("好的消息之后照样收下；录下来重放，什么也不多", async () => {
    const [message, change] = [said(), { timestamp: now(), nonce: "same" }];
    expect((await town.platform.post(message, change)).status).toBe(200);
    expect(kept()).toBe(1);
    expect((await town.platform.post(message, change)).status).toBe(200);
    expect(kept()).toBe(1);
  });

  it("乱敲门的，一分钟里太多就不理了；平台的消息不受影响", async () => {
    const statuses = new Set<number>();
    for (let count = 0; count < 130; count += 1) statuses.add((await fetch(`${town.webhook}?x=1`)).status);
    expect(statuses).toEqual(new Set([403, 429]));
    expect(await statusOf({})).toBe(200);
  });

  it("日志里没有市民的话、电话、编号，没有令牌和密钥；库里没有明文的编号", async () => {
    await town.server().house.idle();
    const logged = town.logged();
    expect(logged).toMatch(/mini-program.refused fault=bad-signature mend=/);
    for (const secret of [CITIZEN, "张小明", "13912345678", "望京", "token-", town.host.appSecret, AES_KEY]) {
      expect(logged).not.toContain(secret);
    }
    expect(town.count(`SELECT count(*) FROM inbound WHERE user_id = ?`, CITIZEN)).toBe(0);
    expect(town.count(`SELECT count(*) FROM mini_program_citizens WHERE instr(open_id, ?)`, CITIZEN)).toBe(0);
  });
});

describe("三种加解密方式，两种数据格式", () => {
  it.each(
    (["plain", "compatible", "safe"] as const).flatMap((mode) =>
      (["json", "xml"] as const).map((format) => [mode, format] as const),
    ),
  )("%s %s：收得到，答得出", async (mode, format) => {
    const other = await openTown({ mode, format });
    try {
      await other.say("oCitizen", "你好");
      await other.hears("oCitizen", /您好/);
    } finally {
      await other.close();
    }
  });

  it("明文模式的服务器收到安全模式的消息：400，日志说怎么办", async () => {
    const plain = await openTown({ mode: "plain" });
    try {
      const { webhook, host } = plain;
      const safe = createPlatform({ webhook, appId: host.appId, mode: "safe", format: "json" });
      expect((await safe.post(said())).status).toBe(400);
      expect(plain.logged()).toMatch(/MINI_PROGRAM_ENCODING_AES_KEY/);
    } finally {
      await plain.close();
    }
  });
});
