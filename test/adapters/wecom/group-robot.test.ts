import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createGroupRobot, type GroupRobot } from "../../../adapters/wecom/index.ts";
import { startWecomHost, type WecomHost } from "../../fakes/wecom-host.ts";

const key = "robot-key-of-the-group";
let host: WecomHost;
let robot: GroupRobot;
let nowMs = 0;

beforeEach(async () => {
  host = await startWecomHost();
  nowMs = Date.parse("2026-03-01T08:00:00+08:00");
  robot = createGroupRobot({ apiBase: host.url, clock: { now: () => new Date(nowMs) } });
});
afterEach(() => host.close());

describe("群机器人", () => {
  it("文字可以提醒成员、手机号、所有人；markdown 原样", async () => {
    const mentioned = { members: ["zhang.san"], mobiles: ["13800000000"] };
    expect(await robot.sendNotice({ key, text: "四区有新诉求", mentioned })).toEqual({ kind: "sent" });
    await robot.sendNotice({ key, text: "都来看", mentioned: { everybody: true } });
    await robot.sendNotice({ key, markdown: "**四区** <@zhang.san>" });
    expect(host.notices).toEqual([
      {
        msgtype: "text",
        text: { content: "四区有新诉求", mentioned_list: ["zhang.san"], mentioned_mobile_list: ["13800000000"] },
      },
      { msgtype: "text", text: { content: "都来看", mentioned_list: ["@all"], mentioned_mobile_list: [] } },
      { msgtype: "markdown", markdown: { content: "**四区** <@zhang.san>" } },
    ]);
  });

  it("超长的在整字处截断，以省略号结尾，平台收得下", async () => {
    await robot.sendNotice({ key, text: "路灯😀".repeat(300) });
    await robot.sendNotice({ key, markdown: "路".repeat(2_000) });
    const contents = host.notices.map((each) => (each.text ?? each.markdown) as { content: string });
    expect(contents.map(({ content }) => [content.isWellFormed(), content.endsWith("…")])).toEqual([
      [true, true],
      [true, true],
    ]);
    expect(contents.map(({ content }) => Buffer.byteLength(content) > 2_000)).toEqual([true, true]);
  });

  it("一分钟二十条：第二十一条不去问平台，说好什么时候再来；别的机器人不受影响", async () => {
    host.robots.add("another-robot");
    for (let count = 0; count < 20; count += 1) {
      await robot.sendNotice({ key, text: String(count) });
      nowMs += 1_000;
    }
    const tooMuch = robot.sendNotice({ key, text: "21" });
    await expect(tooMuch).rejects.toMatchObject({ retryable: true, retryAfterMs: 40_000 });
    expect(host.calls.get("/cgi-bin/webhook/send")).toBe(20);
    expect(await robot.sendNotice({ key: "another-robot", text: "1" })).toEqual({ kind: "sent" });
    nowMs += 40_000;
    host.fail("/cgi-bin/webhook/send", "pass");
    await expect(robot.sendNotice({ key, text: "21" })).rejects.toMatchObject({ retryAfterMs: 60_000 });
    expect(host.calls.get("/cgi-bin/webhook/send")).toBe(22);
  });

  it("平台说太快（45009）就过一分钟再来；机器人没了（93000）不再试；断线再试，错误里没有密钥", async () => {
    host.fail("/cgi-bin/webhook/send", 45_009, "hang-up");
    await expect(robot.sendNotice({ key, text: "一" })).rejects.toMatchObject({
      retryable: true,
      retryAfterMs: 60_000,
    });
    const broken = await robot.sendNotice({ key, text: "一" }).catch((error: Error) => error);
    expect(String(broken)).not.toContain(key);
    expect(broken).toMatchObject({ retryable: true });
    expect(await robot.sendNotice({ key: "no-such-robot", text: "一" })).toMatchObject({
      kind: "refused",
      code: 93_000,
    });
  });
});
