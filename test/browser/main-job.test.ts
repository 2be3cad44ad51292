import { beforeAll, describe, expect, test } from "vitest";
import { type Citizen, citizenAt, DESK, fileComplaint, PHONE } from "./citizen.ts";
import { type Clerk, clerkAt } from "./clerk.ts";
import { keep } from "./screenshots.ts";
import { withStage } from "./stage.ts";
import { type Watch, watch } from "./watch.ts";

const REPLY = "已联系物业，今天下午清运。";
const RESULT = "垃圾已全部清运，今后每天两次。";

/** The chat page's budget for its first load of script, compressed. */
const BUDGET_BYTES = 200_000;

describe("从打招呼到办结", () => {
  const stage = withStage();
  let citizen: Citizen;
  let clerk: Clerk;
  let chatWatch: Watch;
  let deskWatch: Watch;
  let number: string;

  beforeAll(async () => {
    const phone = await stage.browser.newPage({
      viewport: PHONE,
      deviceScaleFactor: 2,
      hasTouch: true,
      isMobile: true,
    });
    const desk = await stage.browser.newPage({ viewport: DESK });
    chatWatch = watch(phone, stage.server.url);
    deskWatch = watch(desk, stage.server.url);
    citizen = citizenAt(phone);
    clerk = clerkAt(desk, stage.server.url);
  });

  test("打开页面就有问候和入口，脚本压缩后不超过 200 kB", async () => {
    await citizen.page.goto(stage.server.url);
    expect(await citizen.hears("您好")).toContain("12345");
    expect(await citizen.page.getByTestId("quick-reply").allInnerTexts()).toEqual([
      "提问政策",
      "我要反映问题",
      "查进度",
    ]);
    expect(await chatWatch.scriptBytes()).toBeLessThanOrEqual(BUDGET_BYTES);
    await keep(citizen.page, "chat-greeting");
  });

  test("问政策，答案写明依据", async () => {
    await citizen.say("失业金能领几个月");
    expect(await citizen.hears("依据：")).toMatch(/个月/);
    expect(await citizen.page.locator(".source").count()).toBe(1);
    await keep(citizen.page, "chat-answer");
  });

  test("说清一件事，核对摘要，确认后才有受理编号", async () => {
    number = await fileComplaint(citizen);
    expect(await citizen.bot.filter({ hasText: "登记成功，受理编号" }).count()).toBe(1);
    const link = citizen.page.getByRole("link", { name: number }).first();
    expect(await link.getAttribute("href")).toBe(`/t/${number}`);
    await keep(citizen.page, "chat-number");
  });

  test("受理编号可以复制", async () => {
    await citizen.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await citizen.page.getByTestId("copy-number").click();
    await citizen.page.getByText("已复制").waitFor();
    expect(await citizen.page.evaluate("navigator.clipboard.readText()")).toBe(number);
  });

  test("工作人员登录，找到工单，接单、答复、办结", async () => {
    await clerk.signIn();
    await keep(clerk.page, "desk-tickets");
    await clerk.open(number);
    expect(await clerk.detail.innerText()).toContain("花家地北里");
    await clerk.accept();
    await clerk.write("reply", REPLY);
    await clerk.write("close", RESULT);
    await clerk.detail.getByText("已办结").first().waitFor();
    await keep(clerk.page, "desk-closed");
  });

  test("进展回到同一个对话里，每条只说一次", async () => {
    await citizen.hears(REPLY);
    await citizen.hears(RESULT);
    await citizen.page.reload();
    await citizen.hears(RESULT);
    for (const news of ["登记成功，受理编号", "已派给", "已接单", REPLY, RESULT]) {
      expect(await citizen.bot.filter({ hasText: news }).count(), news).toBe(1);
    }
    await keep(citizen.page, "chat-closed");
  });

  test("工单页写着办理过程，不写姓名和电话", async () => {
    const [page] = await Promise.all([
      citizen.page.context().waitForEvent("page"),
      citizen.page.getByRole("link", { name: number }).first().click(),
    ]);
    await page.getByText("办理过程").waitFor();
    const text = await page.innerText("body");
    expect(text).toContain(number);
    for (const state of ["已受理", "办理中", "已答复", "已办结"]) expect(text).toContain(state);
    expect(text).not.toMatch(/王女士|138/);
    await keep(page, "ticket-page");
    await page.close();
  });

  test("两个页面都没有报错，也没有向别的主机要过东西", () => {
    expect(chatWatch).toMatchObject({ complaints: [], strangers: [] });
    // Before anybody has signed in, the question who it is is answered with 401, which the browser writes to its console.
    const others = deskWatch.complaints.filter((text) => !text.includes("401"));
    expect({ others, strangers: deskWatch.strangers }).toEqual({ others: [], strangers: [] });
  });
});
