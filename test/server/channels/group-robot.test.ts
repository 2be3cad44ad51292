import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWecomTown, type WecomTown } from "./wecom-town.ts";

const SEND = "/cgi-bin/webhook/send";
let town: WecomTown;
beforeAll(async () => {
  town = await openWecomTown({ WECOM_GROUP_ROBOT_KEY: "robot-key-of-the-group", HANDOFF_HOURS: "Mon-Sun 00:00-24:00" });
});
afterAll(() => town.close());

const notices = () => town.host.notices.map(({ text }) => (text as { content: string }).content);

describe("有人等人工，告诉热线的群", () => {
  it("说几位、在哪里接，不说是谁、说了什么；只说一次，重启以后也是", async () => {
    await town.say("zhang.san", "我叫张小明，电话13912345678，转人工");
    await town.say("li.si", "转人工");
    const count = () => notices().reduce((sum, words) => sum + Number(/有 (\d+) 位/.exec(words)?.[1]), 0);
    await expect.poll(count, { timeout: 15_000 }).toBe(2);
    expect(notices()[0]).toMatch(/人工接待[\s\S]*https:\/\/12345\.example\.gov\.cn\/staff\//);
    expect(notices().join()).not.toMatch(/张小明|139|zhang|转人工/);
    const before = notices().length;
    await town.restart();
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    expect(notices()).toHaveLength(before);
  });

  it("机器人被移出了群：记下原因，别的照常", async () => {
    town.host.fail(SEND, 93_000);
    await town.say("wang.wu", "转人工");
    await expect
      .poll(() => town.logged(), { timeout: 15_000 })
      .toMatch(/wecom.group-not-told code=93000 reason=.*robot/);
    expect(town.logged()).not.toContain("robot-key-of-the-group");
    await town.hears("wang.wu", /转工作人员/);
  });
});
