import type { Page } from "playwright-core";
import { beforeEach, describe, expect, test } from "vitest";
import { type Citizen, citizenAt, describeComplaint, PHONE } from "./citizen.ts";
import { longTalk } from "./long-talk.ts";
import { contrasts, nameless } from "./reading-aids.ts";
import { keep } from "./screenshots.ts";
import { withStage } from "./stage.ts";

/** WCAG 2.2, 1.4.3 Contrast (Minimum), level AA. */
const CONTRAST = 4.5;

type Scrolled = Record<"scrollHeight" | "scrollTop" | "clientHeight", number>;

describe("人人能用", () => {
  const stage = withStage();
  let page: Page;
  let citizen: Citizen;

  beforeEach(async () => {
    const context = await stage.browser.newContext({ viewport: PHONE });
    page = await context.newPage();
    citizen = citizenAt(page);
    await page.goto(stage.server.url);
    await citizen.hears("您好");
    return () => context.close();
  });

  /** How many pixels the page is wider than what is seen of it. */
  const overflow = () => page.evaluate<number>("document.documentElement.scrollWidth - window.innerWidth");
  const fontSize = async (selector: string) =>
    Number.parseFloat(await page.evaluate<string>(`getComputedStyle(document.querySelector("${selector}")).fontSize`));

  test("大字版：字大了，记得住，不用左右滑动", async () => {
    const before = await fontSize(".words");
    await page.getByTestId("large-print").click();
    expect(await fontSize(".words")).toBeGreaterThanOrEqual(before * 1.25);
    await describeComplaint(citizen);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await keep(page, "chat-large-print");
    await page.reload();
    await citizen.hears("请核对您的诉求");
    expect(await page.getByTestId("large-print").getAttribute("aria-pressed")).toBe("true");
  });

  test.each([false, true])("320 像素宽的屏幕不用左右滑动（大字版：%s）", async (large) => {
    await page.setViewportSize({ width: 320, height: 568 });
    if (large) await page.getByTestId("large-print").click();
    await citizen.say("物业费太贵了能不交吗");
    await citizen.hears("没有把握");
    await keep(page, large ? "chat-choices-large" : "chat-choices");
    await citizen.say("字母".repeat(10) + "A".repeat(200));
    await citizen.own.filter({ hasText: "AAAA" }).waitFor();
    expect(await overflow()).toBeLessThanOrEqual(0);
    await keep(page, large ? "chat-320-large" : "chat-320");
  });

  test("只用键盘：写、发、选，焦点不会丢", async () => {
    await page.getByTestId("composer").focus();
    await page.keyboard.type("失业金能领几个月");
    await page.keyboard.press("Enter");
    await citizen.hears("依据：");
    const focused = () => page.evaluate<string>("document.activeElement.textContent + document.activeElement.tagName");
    for (let steps = 0; steps < 12 && !(await focused()).includes("有帮助"); steps++)
      await page.keyboard.press("Shift+Tab");
    for (let steps = 0; steps < 12 && !/^有帮助/.test(await focused()); steps++) await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await citizen.hears("谢谢反馈");
    expect(await focused()).not.toMatch(/BODY$/);
  });

  test("每个能操作的东西都有名字，文字看得清", async () => {
    await describeComplaint(citizen);
    expect(await page.locator("html").getAttribute("lang")).toBe("zh-CN");
    expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
    expect(await page.getByRole("log").count()).toBe(1);
    expect(await nameless(page)).toEqual([]);
    const weak = (await contrasts(page)).filter(({ ratio }) => ratio < CONTRAST);
    expect(weak).toEqual([]);
  });

  test("两百条消息的对话：都在，停在最新一条，新消息照样跟上", async () => {
    await longTalk(page, 200);
    await page.reload();
    await citizen.hears("第 200 条");
    expect(await page.locator("[data-testid^=message-]").count()).toBe(200);
    const view = page.locator(".talk-view");
    const fromEnd = () =>
      view.evaluate(({ scrollHeight, scrollTop, clientHeight }: Scrolled) => scrollHeight - scrollTop - clientHeight);
    await expect.poll(fromEnd).toBeLessThan(2);
    await view.evaluate((element: Scrolled) => {
      element.scrollTop = 0;
    });
    await citizen.say("失业金能领几个月");
    await citizen.hears("依据：");
    await expect.poll(fromEnd).toBeLessThan(2);
  });
});
