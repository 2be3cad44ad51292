import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFakeDispatch, type FakeDispatch } from "../../fakes/dispatch.ts";
import { openWechatyTown, type WechatyTown } from "./wechaty-town.ts";

let town: WechatyTown;
let dispatch: FakeDispatch;
beforeEach(async () => {
  dispatch = createFakeDispatch();
  town = await openWechatyTown({ dispatch: () => dispatch });
});
afterEach(() => town.close());

const states = async () => (await town.matters()).map(({ state }) => state);
const filed = () => [...dispatch.filed.values()];

/** What the dispatch system tells of the only ticket. */
async function news(status: "in-progress" | "closed", text: string): Promise<void> {
  const [number = ""] = dispatch.filed.keys();
  await town.house().recordUpdate({ id: `${number}-${status}`, number, status, at: "2026-11-26T06:00:00Z", text });
  await town.later(1);
}

describe("小事转成工单", () => {
  it("到时间没解决，在群里和私聊里问提出人；没有同意就什么也不登记", async () => {
    await town.call("wang", "3号楼电梯坏了，停了两天");
    await town.later(59);
    expect(await states()).toEqual(["open"]);
    await town.later(2);
    expect(await states()).toEqual(["asking"]);
    const inGroup = town.platform.said.filter(({ to }) => to.includes("@")).map(({ text }) => text);
    expect(inGroup.at(-1)).toMatch(/1 号小事到时间了.*本人同意/s);
    const alone = town.platform.said.filter(({ to }) => to === "wang").map(({ text }) => text);
    expect(alone.at(-1)).toMatch(/要登记成工单、交给单位办吗.*\n1\. 登记成工单\n2\. 不用转/s);
    await town.group("li", "同意转工单");
    await town.group("fang", "同意转工单");
    await town.later(49 * 60);
    expect(filed()).toEqual([]);
    expect(await states()).toEqual(["expired"]);
  });

  it("本人在群里同意，不留电话就登记；编号私下说，群里只说结果", async () => {
    await town.call("wang", "3号楼电梯坏了，停了两天");
    await town.group("fang", "我问过维保了，配件要等，我电话13900001111");
    await town.group("wang", "转工单");
    town.heard();
    await town.group("wang", "同意转工单");
    await town.later(1);
    const [request] = filed();
    expect(request).toMatchObject({ from: { channel: "wechaty", conversationId: "wang" }, confidential: false });
    expect(request?.contact).toBeUndefined();
    expect(request?.place).toMatchObject({ text: expect.stringContaining("望京西园四区") });
    expect(request?.description).toMatch(/^3号楼电梯坏了，停了两天\n\n【群内小事记录】/);
    expect(request?.description).toMatch(/诉求人：.*\n.*网格员：我问过维保了/s);
    expect(request?.description).not.toContain("13900001111");
    const [number = ""] = dispatch.filed.keys();
    const said = town.platform.said;
    expect(said.filter(({ to }) => to === "wang").some(({ text }) => text.includes(number))).toBe(true);
    const inGroup = said.filter(({ to }) => to.includes("@"));
    expect(inGroup.at(-1)?.text).toMatch(/已经登记成工单/);
    expect(inGroup.every(({ text }) => !text.includes(number))).toBe(true);
    expect(await states()).toEqual(["escalated"]);
  });

  it("本人私聊里登记：群里说过的不用再说，只问联系方式；经本人核对才交", async () => {
    await town.call("wang", "3号楼电梯坏了，停了两天");
    await town.group("wang", "转工单");
    await town.later(1);
    town.heard("wang");
    await town.alone("wang", "1");
    const asked = town.platform.said.filter(({ to }) => to === "wang").at(-1)?.text ?? "";
    expect(asked).not.toMatch(/哪里|什么事/);
    for (let step = 0; step < 6 && filed().length === 0; step++) {
      const last = town.platform.said.filter(({ to }) => to === "wang").at(-1)?.text ?? "";
      const answer =
        /称呼|电话/.test(last) && !/核对/.test(last) ? "王女士 13812345678" : /核对|确认/.test(last) ? "确认提交" : "1";
      await town.alone("wang", answer);
      await town.rest();
    }
    const [request] = filed();
    expect(request).toMatchObject({ contact: { phone: "13812345678" }, smallMatter: (await town.matters())[0]?.id });
    expect(request?.description).toContain("【群内小事记录】");
    expect(await states()).toEqual(["escalated"]);
    await town.group("wang", "同意转工单");
    expect(filed()).toHaveLength(1);
  });

  it("群里同意以后，私聊里的按钮和再说一遍都不会再交一张", async () => {
    await town.call("wang", "3号楼电梯坏了，停了两天");
    await town.group("wang", "转工单");
    await town.later(1);
    await town.group("wang", "同意");
    await town.alone("wang", "登记成工单");
    await town.group("wang", "同意");
    expect(filed()).toHaveLength(1);
  });

  it("单位的话只进私聊；办结了，群里知道办结", async () => {
    await town.call("wang", "3号楼电梯坏了，停了两天");
    await town.group("wang", "转工单");
    await town.group("wang", "同意转工单");
    await town.later(1);
    await news("in-progress", "维保单位王工 13700002222 已联系");
    await news("closed", "已更换主板");
    const inGroup = town.platform.said.filter(({ to }) => to.includes("@")).map(({ text }) => text);
    expect(inGroup.at(-1)).toBe("1 号小事转出的工单已经办结。");
    expect(inGroup.join()).not.toMatch(/王工|主板|13700002222/);
    const alone = town.platform.said.filter(({ to }) => to === "wang").map(({ text }) => text);
    expect(alone.join()).toMatch(/主板/);
  });

  it("派单系统不收，群里不说已登记", async () => {
    dispatch.mood = "refusing";
    await town.call("wang", "3号楼电梯坏了，停了两天");
    await town.group("wang", "转工单");
    await town.group("wang", "同意转工单");
    await town.later(1);
    const inGroup = town.platform.said.filter(({ to }) => to.includes("@")).map(({ text }) => text);
    expect(inGroup.at(-1)).toMatch(/没能登记/);
    expect(inGroup.join()).not.toMatch(/已经登记成工单/);
  });

  it("不转就不转；问着的时候修好了，也算群里解决", async () => {
    await town.call("wang", "3号楼电梯坏了，停了两天");
    await town.group("wang", "转工单");
    await town.group("wang", "不用转");
    expect(await states()).toEqual(["withdrawn"]);
    await town.call("li", "小区北门路灯不亮了");
    await town.later(61);
    await town.group("fang", "路灯修好了");
    expect(await states()).toEqual(["withdrawn", "solved"]);
    await town.alone("li", "登记成工单");
    expect(filed()).toEqual([]);
  });

  it("时限过了重启也不忘；两个进程同时看表，只说一遍", async () => {
    await town.call("wang", "3号楼电梯坏了，停了两天");
    await town.restart();
    const other = await town.second();
    await Promise.all([town.later(61), other.groups.sweep(), other.groups.sweep()]);
    await Promise.all([town.house().groups.sweep(), other.groups.sweep()]);
    await town.later(0);
    await other.close();
    const asked = town.platform.said.filter(({ text }) => text.includes("到时间了"));
    expect(asked.map(({ to }) => to).sort()).toEqual(["four@chatroom", "wang"]);
  });
});
