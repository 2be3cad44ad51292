import { afterEach, describe, expect, it } from "vitest";
import { wechatyClient } from "../../../server/channels/wechaty.ts";
import { readConfig } from "../../../server/config.ts";
import { openWechatyTown, type WechatyTown } from "./wechaty-town.ts";

let town: WechatyTown | undefined;
afterEach(async () => {
  await town?.close();
  town = undefined;
});

const metric = async (open: WechatyTown) => open.house().metrics.registry.metrics();

describe("登录和掉线", () => {
  it("等人扫码、登录、掉线，看得见，也说该做什么；日志里没有名字和话", async () => {
    town = await openWechatyTown({ loggedIn: false });
    expect(await metric(town)).toContain('jiesu_wechaty_state{state="starting"} 1');
    town.platform.scan();
    await expect.poll(() => town?.logged()).toMatch(/wechaty\.state state=scan mend=.*scan=https:\/\/login\.example/);
    town.platform.login();
    await expect.poll(() => town && metric(town)).toContain('jiesu_wechaty_state{state="online"} 1');
    await town.call("wang", "3号楼电梯坏了，停了两天");
    await town.platform.logout();
    await expect.poll(() => town && metric(town)).toContain('jiesu_wechaty_state{state="offline"} 1');
    expect(town.logged()).toMatch(/state=offline mend=/);
    expect(town.logged()).not.toMatch(/王五|电梯|望京/);
  });

  it("掉线时要说的话等着，登录后马上说出来，一句不丢，一句不重", async () => {
    town = await openWechatyTown();
    await town.call("wang", "3号楼电梯坏了，停了两天");
    await town.platform.logout();
    town.heard();
    await town.later(61);
    expect(town.platform.said).toHaveLength(1);
    await town.restart();
    await town.later(0);
    await expect.poll(() => town?.platform.said.length, { timeout: 10_000 }).toBe(3);
    expect(town.platform.said.filter(({ text }) => text.includes("到时间了"))).toHaveLength(2);
  });

  it("掉线太久，排队的工作到头了，话还留着，下次说话时先说", async () => {
    town = await openWechatyTown();
    await town.call("wang", "3号楼电梯坏了，停了两天");
    await town.platform.logout();
    await town.later(61);
    for (let hour = 0; hour < 30; hour++) await town.later(60);
    town.platform.login();
    await town.call("li", "小区北门路灯不亮了");
    await expect.poll(() => town?.platform.said.map(({ text }) => text).join("\n")).toMatch(/到时间了.*2 号小事/s);
  });

  it("木偶出错说不出话，再试，说一遍；错误里的话不进日志", async () => {
    town = await openWechatyTown();
    town.platform.failSends(1);
    await town.call("wang", "3号楼电梯坏了，停了两天");
    await expect
      .poll(
        async () => {
          await town?.later(1);
          return town?.platform.said.length;
        },
        { timeout: 15_000 },
      )
      .toBe(1);
    expect(town.logged()).not.toMatch(/电梯|记下了/);
  });
});

describe("配置", () => {
  it("木偶没装，说清缺哪个包、怎么办", () => {
    const { wechaty } = readConfig({ WECHATY_PUPPET: "wechaty-puppet-nowhere" });
    expect(() => wechaty && wechatyClient(wechaty, "/tmp")).toThrow(
      /"wechaty-puppet-nowhere" is not installed; run npm install wechaty-puppet-nowhere/,
    );
  });

  it("名字和选项写错，说清怎么写", () => {
    expect(() => readConfig({ WECHATY_PUPPET: "../evil" })).toThrow(/WECHATY_PUPPET must be the npm name/);
    expect(() => readConfig({ WECHATY_PUPPET: "wechaty-puppet-mock", WECHATY_PUPPET_OPTIONS: "[1]" })).toThrow(
      /one JSON object/,
    );
    expect(() => readConfig({ WECHATY_PUPPET_OPTIONS: "{}" })).toThrow(/WECHATY_PUPPET: needed/);
    expect(
      readConfig({ WECHATY_PUPPET: "wechaty-puppet-mock", WECHATY_PUPPET_OPTIONS: '{"token":"t"}' }).wechaty,
    ).toEqual({
      puppet: "wechaty-puppet-mock",
      options: { token: "t" },
    });
  });
});
