import { encrypt } from "@wecom/crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConfigError, readConfig } from "../../../server/config.ts";
import { AES_KEY, type Change, TOKEN } from "../../fakes/wecom-platform.ts";
import { atKf, freshMsgId, openWecomTown, type WecomTown } from "./wecom-town.ts";

const MEMBER = "somebody.whose.name.stays.secret";
const WORDS = "家住望京西园四区的张小明电话13912345678";
const now = () => Math.floor(Date.now() / 1000);

let town: WecomTown;
beforeAll(async () => {
  town = await openWecomTown();
});
afterAll(() => town.close());

const said = () => ({ FromUserName: MEMBER, MsgType: "text", Content: WORDS, MsgId: freshMsgId() });
const statusOf = async (change: Change) => (await town.platform.post(said(), change)).status;
const kept = () =>
  town.server().house.database.raw.prepare<[], number>("SELECT count(*) FROM inbound").pluck().get() ?? 0;
const replacing = (pattern: RegExp, replacement: string) => (body: string) => body.replace(pattern, replacement);
const ENCRYPTED = /<Encrypt>.*<\/Encrypt>/s;

describe("验证回调地址", () => {
  it("解开密文，把明文还回去", async () => {
    const response = await town.platform.verify("1616140317555161061");
    expect([response.status, await response.text()]).toEqual([200, "1616140317555161061"]);
    expect(response.headers.get("content-type")).toMatch(/^text\/plain/);
  });

  it("签名不对、过时、别的企业、没有参数都不还", async () => {
    const ask = async (asked: Promise<Response>) => {
      const response = await asked;
      return [response.status, await response.text()];
    };
    expect(await ask(town.platform.verify("x", { signature: "0".repeat(40) }))).toEqual([403, ""]);
    expect(await ask(town.platform.verify("x", { timestamp: now() - 301 }))).toEqual([403, ""]);
    expect(await ask(town.platform.verify("x", { receiver: "ww0000000000000000" }))).toEqual([403, ""]);
    expect(await ask(fetch(`${town.webhook}?echostr=x`))).toEqual([403, ""]);
    expect(await ask(fetch(town.webhook, { method: "PUT" }))).toEqual([405, ""]);
  });

  it("腾讯公布的样例只是太旧了，签名是对的", async () => {
    const query = new URLSearchParams({
      msg_signature: "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3",
      timestamp: "1409659589",
      nonce: "263014780",
      echostr: "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==",
    });
    expect((await fetch(`${town.webhook}?${query}`)).status).toBe(403);
    expect(town.logged().split("\n").at(-1)).toMatch(/wecom.refused fault=stale/);
  });
});

describe("不是平台送来的，坏的", () => {
  const bomb = `<!DOCTYPE x [${Array.from({ length: 20 }, (_, i) => `<!ENTITY e${i} "&e${i - 1};&e${i - 1};">`).join("")}]><xml><Encrypt>&e19;</Encrypt></xml>`;
  const truncated = (length: number) => encrypt(AES_KEY, WORDS, "wx5823bf96d3bd56c7").slice(0, length);

  it.each<[string, number, Change]>([
    ["签名不对", 403, { signature: "0".repeat(40) }],
    ["五分钟以前的", 403, { timestamp: now() - 400 }],
    ["五分钟以后的", 403, { timestamp: now() + 400 }],
    ["发给别的企业的", 403, { receiver: "ww0000000000000000" }],
    ["发给别的应用的", 403, { agentId: 1_000_003 }],
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
    const postOf = async (encrypted: string) => (await town.platform.postEncrypted(encrypted)).status;
    for (const length of [1, 20, 44, 63]) expect(await postOf(truncated(length)), String(length)).toBe(400);
    const inside = ["", "hello", "<xml><MsgType>text</MsgType></xml>", "<!DOCTYPE x><xml><a>1</a></xml>"];
    for (const text of inside) {
      expect(await postOf(encrypt(AES_KEY, text, town.host.corpId)), text).toBe(400);
    }
  });

  it("好的消息之后照样收下；录下来重放，什么也不多", async () => {
    const message = said();
    const change = { timestamp: now(), nonce: "same" };
    const before = kept();
    expect((await town.platform.post(message, change)).status).toBe(200);
    expect((await town.platform.post(message, change)).status).toBe(200);
    expect(kept()).toBe(before + 1);
  });

  it("微信客服里看不懂的东西：跳过，后面的照样收下", async () => {
    for (const item of [{}, { msgid: 7 }, { msgid: "x", msgtype: "text", send_time: "soon" }]) {
      town.host.kf.put("wkHotline", item);
    }
    await town.tell("wmAfterJunk", "你好");
    await town.hears(atKf("wmAfterJunk"), /您好/);
    expect(town.logged()).toMatch(/wecom.kf-event messageId=unreadable/);
  });

  it("乱敲门的，一分钟里太多就不理了；平台的消息不受影响", async () => {
    const statuses = new Set<number>();
    for (let count = 0; count < 130; count += 1) statuses.add((await fetch(`${town.webhook}?x=1`)).status);
    expect(statuses).toEqual(new Set([403, 429]));
    expect(await statusOf({})).toBe(200);
  });

  it("一个人一分钟里发得太多：429，别人照常", async () => {
    const event = { FromUserName: "too.fast", MsgType: "event", Event: "enter_agent", EventKey: "" };
    const statuses = await Promise.all(Array.from({ length: 245 }, () => town.platform.post(event)));
    expect(new Set(statuses.map(({ status }) => status))).toEqual(new Set([200, 429]));
    expect(await statusOf({})).toBe(200);
  });

  it("日志里没有市民的话、电话、编号，没有令牌和密钥", async () => {
    await town.idle();
    const logged = town.logged();
    expect(logged).toMatch(/wecom.refused fault=bad-signature mend=/);
    for (const secret of [MEMBER, "张小明", "13912345678", "望京", "token-", town.host.secret, AES_KEY, "ENC-"]) {
      expect(logged).not.toContain(secret);
    }
  });
});

describe("设置", () => {
  const whole = {
    WECOM_CORP_ID: "ww0123456789abcdef",
    WECOM_AGENT_ID: "1000002",
    WECOM_SECRET: "s",
    WECOM_TOKEN: TOKEN,
    WECOM_ENCODING_AES_KEY: AES_KEY,
  };
  const faultsOf = (env: Record<string, string>): string[] => {
    try {
      readConfig(env);
      return [];
    } catch (error) {
      if (error instanceof ConfigError) return error.faults;
      throw error;
    }
  };

  it("全了就开通，只有机器人也行，什么都没有就不开", () => {
    expect(readConfig(whole).wecom).toEqual({
      corpId: "ww0123456789abcdef",
      agentId: 1_000_002,
      secret: "s",
      token: TOKEN,
      encodingAesKey: AES_KEY,
      apiBase: "https://qyapi.weixin.qq.com",
    });
    const robot = readConfig({ WECOM_GROUP_ROBOT_KEY: "693a91f6-7xxx", WECOM_API_BASE: "http://127.0.0.1:9/" });
    expect([robot.wecom, robot.groupRobot]).toEqual([
      undefined,
      { key: "693a91f6-7xxx", apiBase: "http://127.0.0.1:9" },
    ]);
    expect([readConfig({}).wecom, readConfig({}).groupRobot]).toEqual([undefined, undefined]);
  });

  it("缺一个就说缺哪个、在哪里找；写错的说怎么改", () => {
    for (const name of Object.keys(whole)) {
      const [only, ...more] = faultsOf({ ...whole, [name]: "" });
      expect([only?.startsWith(`${name}: needed`), more], name).toEqual([true, []]);
    }
    expect(faultsOf({ ...whole, WECOM_AGENT_ID: "my app" })).toEqual([expect.stringMatching(/AgentId/)]);
    expect(faultsOf({ ...whole, WECOM_ENCODING_AES_KEY: "short" })).toEqual([expect.stringMatching(/43/)]);
    expect(faultsOf({ WECOM_API_BASE: "http://127.0.0.1:9" })).toHaveLength(5);
  });
});
