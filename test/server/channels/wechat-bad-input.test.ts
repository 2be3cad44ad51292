import { createHash } from "node:crypto";
import { encrypt } from "@wecom/crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AES_KEY, type Change, createPlatform } from "../../fakes/wechat-platform.ts";
import { freshMsgId, openTown, type WechatTown } from "./wechat-town.ts";

const CITIZEN = "oSomebodyWhoseNameStaysSecret";
const WORDS = "家住望京西园四区的张小明电话13912345678";
const now = () => Math.floor(Date.now() / 1000);

let town: WechatTown;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

const said = () => ({ FromUserName: CITIZEN, MsgType: "text", Content: WORDS, MsgId: freshMsgId() });
const statusOf = async (change: Change) => (await town.platform.post(said(), change)).status;
const kept = () =>
  town.server().house.database.raw.prepare<[], number>("SELECT count(*) FROM inbound").pluck().get() ?? 0;
const replacing = (pattern: RegExp, replacement: string) => (body: string) => body.replace(pattern, replacement);
const ENCRYPTED = /<Encrypt>.*<\/Encrypt>/s;

describe("验证服务器地址", () => {
  it("签名对就原样返回 echostr，不加密模式的也一样", async () => {
    const response = await fetch(`${town.platform.url()}&echostr=5838479218127813673`);
    expect([response.status, await response.text()]).toEqual([200, "5838479218127813673"]);
    expect(response.headers.get("content-type")).toMatch(/^text\/plain/);
  });

  it("签名不对、过时、没有参数都不返回", async () => {
    const ask = async (url: string) => {
      const response = await fetch(`${url}&echostr=<script>`);
      return [response.status, await response.text()];
    };
    expect(await ask(town.platform.url({ signature: "0".repeat(40) }))).toEqual([403, ""]);
    expect(await ask(town.platform.url({ timestamp: now() - 301 }))).toEqual([403, ""]);
    expect(await ask(`${town.webhook}?x=1`)).toEqual([403, ""]);
  });

  it("别的方法不行", async () => {
    expect((await fetch(town.platform.url(), { method: "PUT" })).status).toBe(405);
  });
});

describe("不是平台送来的，坏的", () => {
  const bomb = `<!DOCTYPE x [${Array.from({ length: 20 }, (_, i) => `<!ENTITY e${i} "&e${i - 1};&e${i - 1};">`).join("")}]><xml><Encrypt>&e19;</Encrypt></xml>`;
  const truncated = (length: number) => encrypt(AES_KEY, WORDS, "wx2c2769f8efd9abc2").slice(0, length);

  it.each<[string, number, Change]>([
    ["签名不对", 403, { signature: "0".repeat(40) }],
    ["签名是数组", 403, { signature: "a&signature=b" }],
    ["五分钟以前的", 403, { timestamp: now() - 400 }],
    ["五分钟以后的", 403, { timestamp: now() + 400 }],
    ["发给别的账号的", 403, { receiver: "wx0000000000000000" }],
    ["没有加密的", 403, { body: () => `<xml><MsgType>text</MsgType><Content>${WORDS}</Content></xml>` }],
    ["密文换了的", 403, { body: replacing(ENCRYPTED, `<Encrypt>${truncated(60)}</Encrypt>`) }],
    ["实体炸弹", 400, { body: () => bomb }],
    ["外部实体", 400, { body: () => `<!DOCTYPE x SYSTEM "file:///etc/passwd"><xml><Encrypt>&x;</Encrypt></xml>` }],
    ["没写完的 XML", 400, { body: (body) => body.slice(0, -8) }],
    ["空的", 400, { body: () => "" }],
    ["不是 XML", 400, { body: () => `{"Content":"${WORDS}"}` }],
    ["太深的", 400, { body: () => `${"<a>".repeat(500)}${"</a>".repeat(500)}` }],
    ["五兆的", 413, { body: (body) => body + " ".repeat(5 * 1024 * 1024) }],
  ])("%s：%i，什么也没收下", async (_name, status, change) => {
    const before = kept();
    expect(await statusOf(change)).toBe(status);
    expect(kept()).toBe(before);
  });

  it("签了名但截断的密文，里面不是消息的密文：400", async () => {
    const postEncrypted = async (encrypted: string) => {
      const [timestamp, nonce] = [String(now()), "abc"];
      const sign = (...parts: string[]) => createHash("sha1").update(parts.sort().join("")).digest("hex");
      const query = new URLSearchParams({
        timestamp,
        nonce,
        signature: sign("spamtest", timestamp, nonce),
        msg_signature: sign("spamtest", timestamp, nonce, encrypted),
      });
      const body = `<xml><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`;
      return (await fetch(`${town.webhook}?${query}`, { method: "POST", body })).status;
    };
    for (const length of [1, 20, 44, 63]) expect(await postEncrypted(truncated(length)), String(length)).toBe(400);
    const seal = (text: string) => encrypt(AES_KEY, text, town.host.appId);
    for (const inside of ["", "hello", "<xml><MsgType>text</MsgType></xml>", "<!DOCTYPE x><xml><a>1</a></xml>"]) {
      expect(await postEncrypted(seal(inside)), inside).toBe(400);
    }
  });

  it("好的消息之后照样收下，一句不丢", async () => {
    expect(await statusOf({})).toBe(200);
    expect(kept()).toBe(1);
  });

  it("录下来重放：同一条消息，什么也不多", async () => {
    const message = said();
    const change = { timestamp: now(), nonce: "same" };
    await town.platform.post(message, change);
    const before = kept();
    expect((await town.platform.post(message, change)).status).toBe(200);
    expect(kept()).toBe(before);
  });

  it("乱敲门的，一分钟里太多就不理了；平台的消息不受影响", async () => {
    const statuses = new Set<number>();
    for (let count = 0; count < 130; count += 1) statuses.add((await fetch(`${town.webhook}?x=1`)).status);
    expect(statuses).toEqual(new Set([403, 429]));
    expect(await statusOf({})).toBe(200);
  });

  it("日志里没有市民的话、电话、编号，没有令牌和密钥", async () => {
    await town.server().house.idle();
    const logged = town.logged();
    expect(logged).toMatch(/wechat.refused fault=bad-signature mend=/);
    for (const secret of [CITIZEN, "张小明", "13912345678", "望京", "token-", town.host.appSecret, AES_KEY]) {
      expect(logged).not.toContain(secret);
    }
  });
});

describe("三种消息加解密方式", () => {
  it.each(["plain", "compatible", "safe"] as const)("%s：收得到，答得出", async (mode) => {
    const other = await openTown({ mode });
    try {
      expect(await other.say("oCitizen", "你好")).toMatch(/您好/);
    } finally {
      await other.close();
    }
  });

  it("明文模式的服务器收到安全模式的消息：400，日志说怎么办", async () => {
    const plain = await openTown({ mode: "plain" });
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
