import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConfigError, readConfig } from "../../../server/config.ts";
import { teamsActivity } from "../../fakes/bot-framework-activities.ts";
import { APP_ID } from "../../fakes/bot-framework-host.ts";
import { type BotFrameworkTown, chatOf, openBotFrameworkTown } from "./bot-framework-town.ts";
import { openLineTown } from "./line-town.ts";

const WORDS = "家住望京西园四区的张小明电话13912345678";

let town: BotFrameworkTown;
beforeAll(async () => {
  town = await openBotFrameworkTown();
});
afterAll(() => town.close());

const said = (fields: object = {}) => teamsActivity("secretive", town.host.serviceUrl, { text: WORDS, ...fields });
const bearer = async (...of: Parameters<BotFrameworkTown["host"]["token"]>) => `Bearer ${await town.host.token(...of)}`;

describe("不是平台送来的，坏的", () => {
  it.each<[string, number, () => Promise<string>]>([
    ["没有令牌", 401, async () => ""],
    ["别的办法登录", 401, async () => "Basic dTpw"],
    ["工作人员的会话也不行", 401, async () => "Bearer staff-session-token"],
    ["过期了", 401, () => bearer({}, { expiresInSeconds: -400 })],
    ["别人签的", 401, () => bearer({}, { key: "stranger" })],
    ["给别的机器人的", 401, () => bearer({ aud: "another" })],
    ["给别的服务地址的", 403, () => bearer({ serviceurl: "https://evil.example/" })],
  ])("%s：%i，什么也没收下，也没往那里送", async (_name, status, authorization) => {
    const before = town.taken();
    expect(await town.post(said(), { authorization: await authorization() })).toBe(status);
    expect(town.taken()).toBe(before);
  });

  it("活动改说自己在别处：403", async () => {
    expect(await town.post({ ...said(), serviceUrl: "http://169.254.169.254/" })).toBe(403);
    expect(await town.post({ ...said(), channelId: "facebook" })).toBe(403);
  });

  it("五兆的：没有令牌 401，有令牌 413", async () => {
    const body = JSON.stringify(said({ text: "灯".repeat(1_700_000) }));
    expect(await town.post({}, { authorization: "", body })).toBe(401);
    expect(await town.post({}, { body })).toBe(413);
  });

  it.each([
    "",
    "{",
    "[]",
    "null",
    `"${WORDS}"`,
    "<xml/>",
    '{"type":"message"}',
    "[".repeat(500_000),
    `{"a":`.repeat(150_000),
  ])("有令牌，但不是活动：400 %.12s", async (body) => {
    const before = town.taken();
    expect(await town.post({}, { body })).toBe(400);
    expect(town.taken()).toBe(before);
  });

  it("套得很深的值，照样读话", async () => {
    const before = town.taken();
    const value = `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`;
    const body = JSON.stringify(said()).replace(/^\{/, `{"value":${value},"__proto__":{"text":"x"},`);
    expect(await town.post({}, { body })).toBe(200);
    expect(town.taken()).toBe(before + 1);
  });

  it("别的方法、压坏的不行", async () => {
    expect((await fetch(town.endpoint)).status).toBe(405);
    const headers = { authorization: await bearer(), "content-encoding": "gzip" };
    expect((await fetch(town.endpoint, { method: "POST", body: "x", headers })).status).toBe(400);
  });

  it("一个人一分钟里发得太多：429，别人照常", async () => {
    const flood = teamsActivity("flood", town.host.serviceUrl, { value: { choice: "progress/mine" } });
    const statuses = await Promise.all(Array.from({ length: 250 }, () => town.post(flood)));
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
    await town.deliver(said());
  });

  it("乱敲门的，一分钟里太多就不理了；平台的消息不受影响", async () => {
    const statuses = await Promise.all(
      Array.from({ length: 150 }, () => town.post({}, { authorization: "", body: "{}" })),
    );
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
    await town.deliver(said());
  });

  it("日志里没有市民的话、电话和令牌", async () => {
    await town.hears(chatOf("secretive"), /./);
    expect(town.logged()).toMatch(/bot-framework.refused fault=bad-token mend=/);
    for (const secret of ["张小明", "13912345678", "望京", "secretive", "eyJ"])
      expect(town.logged()).not.toContain(secret);
  });
});

describe("配置", () => {
  const faults = (env: Record<string, string>): string => {
    try {
      readConfig(env);
      return "";
    } catch (error) {
      return error instanceof ConfigError ? error.message : "another error";
    }
  };

  it("只设一半、设错的，启动时说清楚", () => {
    expect(faults({ BOT_FRAMEWORK_APP_ID: APP_ID })).toMatch(/BOT_FRAMEWORK_APP_PASSWORD: needed/);
    expect(faults({ BOT_FRAMEWORK_APP_ID: "x", BOT_FRAMEWORK_APP_PASSWORD: "y" })).toMatch(/Microsoft App ID/);
    expect(faults({ BOT_FRAMEWORK_EMULATOR: "yes" })).toMatch(/true or false[\s\S]*APP_ID: needed/);
    const both = { BOT_FRAMEWORK_APP_ID: APP_ID, BOT_FRAMEWORK_APP_PASSWORD: "y" };
    expect(faults({ ...both, BOT_FRAMEWORK_CLOUD: "china" })).toMatch(/BOT_FRAMEWORK_TENANT_ID: needed/);
    expect(faults(both)).toBe("");
    expect(readConfig(both).botFramework).toMatchObject({ cloud: "public", allowEmulator: false });
  });

  it("没有设这个渠道：没有这个地址", async () => {
    const other = await openLineTown();
    const response = await fetch(`${other.server().url}/api/messages`, {
      method: "POST",
      body: JSON.stringify(said()),
    });
    expect(response.status).toBe(404);
    await other.close();
  });
});
