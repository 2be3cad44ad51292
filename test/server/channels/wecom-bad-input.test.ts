import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConfigError, readConfig } from "../../../server/config.ts";
import { AES_KEY, type Change, TOKEN } from "../../fakes/wecom-platform.ts";
import { atKf, freshMsgId, openWecomTown, type WecomTown } from "./wecom-town.ts";
import { expectDiscreet, hostileTo, now, WORDS } from "./weixin-bad-input.ts";

const MEMBER = "somebody.whose.name.stays.secret";

let town: WecomTown;
beforeAll(async () => {
  town = await openWecomTown();
});
afterAll(() => town.close());

const said = () => ({ FromUserName: MEMBER, MsgType: "text", Content: WORDS, MsgId: freshMsgId() });
const post = (change: Change) => town.platform.post(said(), change);
const hostile = hostileTo<Change>({ town: () => town, post, aesKey: AES_KEY, receiver: "wx5823bf96d3bd56c7" });

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
  hostile.takesNothing([
    ["发给别的企业的", 403, { receiver: "ww0000000000000000" }],
    ["发给别的应用的", 403, { agentId: 1_000_003 }],
    ...hostile.xml,
  ]);

  const inside = ["", "hello", "<xml><MsgType>text</MsgType></xml>", "<!DOCTYPE x><xml><a>1</a></xml>"];
  hostile.refusesSealed((encrypted) => town.platform.postEncrypted(encrypted), inside);

  it("好的消息之后照样收下；录下来重放，什么也不多", async () => {
    const message = said();
    const change = { timestamp: now(), nonce: "same" };
    const before = town.taken();
    expect((await town.platform.post(message, change)).status).toBe(200);
    expect((await town.platform.post(message, change)).status).toBe(200);
    expect(town.taken()).toBe(before + 1);
  });

  it("微信客服里看不懂的东西：跳过，后面的照样收下", async () => {
    for (const item of [{}, { msgid: 7 }, { msgid: "x", msgtype: "text", send_time: "soon" }]) {
      town.host.kf.put("wkHotline", item);
    }
    await town.tell("wmAfterJunk", "你好");
    await town.hears(atKf("wmAfterJunk"), /您好/);
    expect(town.logged()).toMatch(/wecom.kf-event messageId=unreadable/);
  });

  hostile.limitsKnocking();

  it("一个人一分钟里发得太多：429，别人照常", async () => {
    const event = { FromUserName: "too.fast", MsgType: "event", Event: "enter_agent", EventKey: "" };
    const statuses = await Promise.all(Array.from({ length: 245 }, () => town.platform.post(event)));
    expect(new Set(statuses.map(({ status }) => status))).toEqual(new Set([200, 429]));
    expect((await post({})).status).toBe(200);
  });

  it("日志里没有市民的话、电话、编号，没有令牌和密钥", async () => {
    await town.idle();
    expectDiscreet(town.logged(), "wecom", [MEMBER, town.host.secret, AES_KEY, "ENC-"]);
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
