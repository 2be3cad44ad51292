import { beforeAll, describe, expect, test } from "vitest";
import { type Citizen, citizenAt, DESK, fileComplaint, PHONE } from "./citizen.ts";
import { type Clerk, clerkAt } from "./clerk.ts";
import { fileRequest } from "./file-request.ts";
import { keep } from "./screenshots.ts";
import { withStage } from "./stage.ts";

describe("几位居民反映同一件事", () => {
  const stage = withStage();
  let citizen: Citizen;
  let clerk: Clerk;
  let number: string;

  beforeAll(async () => {
    citizen = citizenAt(await stage.browser.newPage({ viewport: PHONE, deviceScaleFactor: 2, isMobile: true }));
    clerk = clerkAt(await stage.browser.newPage({ viewport: DESK }), stage.server.url);
    await citizen.page.goto(stage.server.url);
    number = await fileComplaint(citizen);
    const again = "朝阳区望京街道花家地北里小区垃圾没人清运，苍蝇乱飞，都堆到路上了";
    await fileRequest(stage.server.url, again, { joins: true });
  });

  test("后来的人看得到已有几位居民反映，自己决定加不加入", async () => {
    const page = await stage.browser.newPage({ viewport: PHONE, deviceScaleFactor: 2, isMobile: true });
    const third = citizenAt(page);
    await page.goto(stage.server.url);
    await third.say("花家地北里小区垃圾好几天没清运了，臭得不行");
    await third.hears("附近已有 2 位居民反映过类似的事");
    await keep(page, "chat-same-matter");
    expect(await page.innerText("body")).not.toContain(number);
    await third.press(/^\d?\.?\s*加入$/);
    await third.hears("称呼和电话");
    await third.say("赵先生 13800000003");
    await third.hears("请核对您的诉求");
    await keep(page, "chat-joining");
    await third.press("确认提交");
    expect((await third.hears("已加入工单")).replace(/\s/g, "")).toContain(`已加入工单${number}（3人反映）`);
    await page.close();
  });

  test("工作台一行写着几人反映，展开看得到每个人说的", async () => {
    await clerk.signIn();
    const row = clerk.page.getByTestId("ticket-row");
    await row.first().waitFor();
    expect(await row.count()).toBe(1);
    expect(await row.innerText()).toContain("3 人反映");
    await clerk.open(number);
    const joiners = clerk.detail.getByTestId("joiners");
    expect(await joiners.innerText()).toMatch(
      /加入的反映人（2 人）[\s\S]*匿名[\s\S]*苍蝇乱飞[\s\S]*赵先生[\s\S]*13800000003/,
    );
    await keep(clerk.page, "desk-shared");
    await joiners.scrollIntoViewIfNeeded();
    await keep(clerk.page, "desk-joiners");
  });

  test("一次办理，最早的人也收到", async () => {
    await clerk.accept();
    await clerk.write("reply", "今天下午全部清运。");
    await citizen.hears("今天下午全部清运。");
  });
});
