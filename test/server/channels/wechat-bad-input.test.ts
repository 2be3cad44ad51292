import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AES_KEY, createPlatform } from "../../fakes/wechat-platform.ts";
import type { Change } from "../../fakes/weixin-callback.ts";
import { freshMsgId, openWechatTown, type WechatTown } from "./wechat-town.ts";
import { expectDiscreet, expectEcho, expectNoEcho, hostileTo, now, WORDS } from "./weixin-bad-input.ts";

const CITIZEN = "oSomebodyWhoseNameStaysSecret";

let town: WechatTown;
beforeAll(async () => {
  town = await openWechatTown();
});
afterAll(() => town.close());

const said = () => ({ FromUserName: CITIZEN, MsgType: "text", Content: WORDS, MsgId: freshMsgId() });
const post = (change: Change) => town.platform.post(said(), change);
const hostile = hostileTo<Change>({ town: () => town, post, aesKey: AES_KEY, receiver: "wx2c2769f8efd9abc2" });

describe("验证服务器地址", () => {
  it("签名对就原样返回 echostr，不加密模式的也一样", async () => {
    await expectEcho(town);
  });

  it("签名不对、过时、没有参数都不返回", async () => {
    await expectNoEcho(town);
  });

  it("别的方法不行", async () => {
    expect((await fetch(town.platform.url(), { method: "PUT" })).status).toBe(405);
  });
});

describe("不是平台送来的，坏的", () => {
  hostile.takesNothing([
    ["签名是数组", 403, { signature: "a&signature=b" }],
    ["发给别的账号的", 403, { receiver: "wx0000000000000000" }],
    ...hostile.xml,
  ]);

  async function postEncrypted(encrypted: string): Promise<Response> {
    const [timestamp, nonce] = [String(now()), "abc"];
    const sign = (...parts: string[]) => createHash("sha1").update(parts.sort().join("")).digest("hex");
    const query = new URLSearchParams({
      timestamp,
      nonce,
      signature: sign("spamtest", timestamp, nonce),
      msg_signature: sign("spamtest", timestamp, nonce, encrypted),
    });
    const body = `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
    return fetch(`${town.webhook}?${query}`, { method: "POST", body });
  }
  const inside = ["", "hello", "<xml><MsgType>text</MsgType></xml>", "<!DOCTYPE x><xml><a>1</a></xml>"];
  hostile.refusesSealed(postEncrypted, inside);

  it("好的消息之后照样收下，一句不丢", async () => {
    expect((await post({})).status).toBe(200);
    expect(town.taken()).toBe(1);
  });

  it("录下来重放：同一条消息，什么也不多", async () => {
    const message = said();
    const change = { timestamp: now(), nonce: "same" };
    await town.platform.post(message, change);
    const before = town.taken();
    expect((await town.platform.post(message, change)).status).toBe(200);
    expect(town.taken()).toBe(before);
  });

  hostile.limitsKnocking();

  it("日志里没有市民的话、电话、编号，没有令牌和密钥", async () => {
    await town.server().house.idle();
    expectDiscreet(town.logged(), "wechat", [CITIZEN, town.host.appSecret, AES_KEY]);
  });
});

describe("三种消息加解密方式", () => {
  it.each(["plain", "compatible", "safe"] as const)("%s：收得到，答得出", async (mode) => {
    const other = await openWechatTown({ mode });
    try {
      expect(await other.say("oCitizen", "你好")).toMatch(/您好/);
    } finally {
      await other.close();
    }
  });

  it("明文模式的服务器收到安全模式的消息：400，日志说怎么办", async () => {
    const plain = await openWechatTown({ mode: "plain" });
    try {
      const safe = createPlatform({ webhook: plain.webhook, appId: plain.host.appId, mode: "safe" });
      expect((await safe.post(said())).status).toBe(400);
      expect(plain.logged()).toMatch(/WECHAT_ENCODING_AES_KEY/);
      const both = createPlatform({ webhook: plain.webhook, appId: plain.host.appId, mode: "compatible" });
      expect((await both.post(said())).status).toBe(200);
    } finally {
      await plain.close();
    }
  });
});
