import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AES_KEY, type Change, createPlatform } from "../../fakes/mini-program-platform.ts";
import { freshMsgId, type MiniProgramTown, openMiniProgramTown } from "./mini-program-town.ts";
import { expectDiscreet, expectEcho, expectNoEcho, hostileTo, now, WORDS } from "./weixin-bad-input.ts";

const CITIZEN = "oSomebodyWhoseNameStaysSecret";

let town: MiniProgramTown;
beforeAll(async () => {
  town = await openMiniProgramTown({ format: "json" });
});
afterAll(() => town.close());

const said = () => ({ FromUserName: CITIZEN, MsgType: "text", Content: WORDS, MsgId: freshMsgId() });
const post = (change: Change) => town.platform.post(said(), change);
const hostile = hostileTo<Change>({ town: () => town, post, aesKey: AES_KEY, receiver: "wx9f8a7b6c5d4e3f21" });

describe("验证服务器地址", () => {
  it("签名对就原样返回 echostr", async () => {
    await expectEcho(town);
  });

  it("签名不对、过时、没有参数都不返回；别的方法不行", async () => {
    await expectNoEcho(town);
    expect((await fetch(town.platform.url(), { method: "PUT" })).status).toBe(405);
  });
});

describe("不是平台送来的，坏的", () => {
  const deep = `${'{"a":'.repeat(400)}1${"}".repeat(400)}`;

  hostile.takesNothing([
    ["签名是数组", 403, { signature: "a&signature=b" }],
    ["发给别的小程序的", 403, { receiver: "wx0000000000000000" }],
    ["没有加密的", 403, { body: () => JSON.stringify({ MsgType: "text", Content: WORDS }) }],
    ["密文换了的", 403, { body: () => JSON.stringify({ Encrypt: "AAAA" }) }],
    ["没写完的 JSON", 400, { body: (body) => body.slice(0, -3) }],
    ["不是对象的 JSON", 400, { body: () => "[1,2,3]" }],
    ["只是一个数", 400, { body: () => "42" }],
    ["太深的 JSON", 400, { body: () => deep }],
    ["一直开着的括号", 400, { body: () => `{"a":${"[".repeat(60_000)}` }],
  ]);

  const postEncrypted = (encrypted: string) => post({ encrypted });
  const inside = ["", "hello", '{"MsgType":"text"}', deep, "<!DOCTYPE x><xml><a>1</a></xml>", '{"MsgType":{"a":1}}'];
  hostile.refusesSealed(postEncrypted, inside);

  it("名字是 __proto__ 的成员不起作用", async () => {
    const text = `{"__proto__":{"MsgType":"text","FromUserName":"${CITIZEN}","CreateTime":1700000000}}`;
    expect((await postEncrypted(hostile.seal(text))).status).toBe(400);
  });

  it("好的消息之后照样收下；录下来重放，什么也不多", async () => {
    const [message, change] = [said(), { timestamp: now(), nonce: "same" }];
    expect((await town.platform.post(message, change)).status).toBe(200);
    expect(town.taken()).toBe(1);
    expect((await town.platform.post(message, change)).status).toBe(200);
    expect(town.taken()).toBe(1);
  });

  hostile.limitsKnocking();

  it("日志里没有市民的话、电话、编号，没有令牌和密钥；库里没有明文的编号", async () => {
    await town.server().house.idle();
    expectDiscreet(town.logged(), "mini-program", [CITIZEN, town.host.appSecret, AES_KEY]);
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
    const other = await openMiniProgramTown({ mode, format });
    try {
      await other.say("oCitizen", "你好");
      await other.hears("oCitizen", /您好/);
    } finally {
      await other.close();
    }
  });

  it("明文模式的服务器收到安全模式的消息：400，日志说怎么办", async () => {
    const plain = await openMiniProgramTown({ mode: "plain" });
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
