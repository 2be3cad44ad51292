import { beforeEach, describe, expect, test } from "vitest";
import { type Citizen, citizenAt, describeComplaint, PHONE } from "./citizen.ts";
import { keep } from "./screenshots.ts";
import { withStage } from "./stage.ts";

describe("断了也不丢，重来也不重复", () => {
  const stage = withStage();
  let citizen: Citizen;

  beforeEach(async () => {
    const context = await stage.browser.newContext({ viewport: PHONE });
    citizen = citizenAt(await context.newPage());
    await citizen.page.goto(stage.server.url);
    await citizen.hears("您好");
    return () => context.close();
  });

  const bubbles = (text: string) => citizen.own.filter({ hasText: text }).count();

  test("刷新页面，接着原来的对话，一句不多一句不少", async () => {
    await describeComplaint(citizen);
    const before = [await citizen.own.allInnerTexts(), await citizen.bot.count()];
    await citizen.page.reload();
    await citizen.hears("请核对您的诉求");
    expect([await citizen.own.allInnerTexts(), await citizen.bot.count()]).toEqual(before);
    await citizen.press("确认提交");
    await citizen.hears("登记成功，受理编号");
  });

  test("写了一半的话，刷新以后还在", async () => {
    await citizen.page.getByTestId("composer").fill("我家楼下的路灯");
    await citizen.page.reload();
    await citizen.hears("您好");
    expect(await citizen.page.getByTestId("composer").inputValue()).toBe("我家楼下的路灯");
  });

  test("填到一半服务器断电，这时说的话恢复后自动送到，只送一次", async () => {
    await describeComplaint(citizen);
    await stage.server.kill();
    await citizen.say("确认提交");
    await citizen.page.getByText("暂时连接不上热线").waitFor();
    await keep(citizen.page, "chat-server-down");
    await stage.server.start();
    await citizen.hears("登记成功，受理编号");
    await citizen.page.getByText("暂时连接不上热线").waitFor({ state: "detached" });
    await citizen.page.reload();
    await citizen.hears("登记成功，受理编号");
    expect(await bubbles("确认提交")).toBe(1);
    expect(await citizen.bot.filter({ hasText: "登记成功，受理编号" }).count()).toBe(1);
  });

  test("手机没有网时有提示，恢复后自动送出，只送一次", async () => {
    await citizen.page.context().setOffline(true);
    await citizen.page.getByText("网络已断开").waitFor();
    await citizen.say("失业金能领几个月");
    await keep(citizen.page, "chat-offline");
    await citizen.page.context().setOffline(false);
    await citizen.hears("依据：");
    await citizen.page.getByText("网络已断开").waitFor({ state: "detached" });
    await citizen.page.reload();
    await citizen.hears("依据：");
    expect(await bubbles("失业金能领几个月")).toBe(1);
  });
});
