import { beforeAll, describe, expect, test } from "vitest";
import { type Citizen, citizenAt, DESK, PHONE } from "./citizen.ts";
import { type Operator, operatorAt } from "./operator.ts";
import { stripedPng } from "./png.ts";
import { keep } from "./screenshots.ts";
import { addStaff } from "./staff.ts";
import { withStage } from "./stage.ts";

const PICTURE = {
  name: "垃圾桶.png",
  mimeType: "image/png",
  buffer: stripedPng(64, 48, [
    [96, 125, 139],
    [176, 190, 197],
  ]),
};
const TABLET = { width: 820, height: 1180 };
const MATTER = "朝阳区望京街道花家地北里小区的垃圾三天没人清了，味道很大，我叫王建国，电话13800000000";
const PLACE = "朝阳区望京街道花家地北里小区5号楼东侧";

describe("人工接待，两个页面", () => {
  const stage = withStage(async () => ({ HANDOFF_HOURS: "Mon-Sun 00:00-24:00" }));
  let citizen: Citizen;
  let operator: Operator;

  beforeAll(async () => {
    citizen = citizenAt(await stage.browser.newPage({ viewport: PHONE }));
    operator = operatorAt(await stage.browser.newPage({ viewport: DESK }), stage.server.url);
    await addStaff(stage.server.url, { username: "wang", name: "王芳", role: "operator" });
  });

  test("市民要人工，接待员在菜单和标题上看到有人在等，姓名电话遮着", async () => {
    await citizen.page.goto(stage.server.url);
    await citizen.hears("您好");
    await operator.signIn("wang");
    await citizen.say(MATTER);
    await citizen.hears(/属于下面哪一类|同意用这个号码/);
    await citizen.say("转人工");
    await citizen.hears(/正在为您转工作人员，您排在第 1 位/);
    await operator.waiting.first().waitFor();
    const line = await operator.waiting.first().innerText();
    expect(line).toContain("垃圾");
    expect(line).not.toMatch(/王建国|13800000000/);
    await expect.poll(() => operator.page.title()).toContain("1");
    await operator.page.getByTestId("waiting-reception").getByText("1").first().waitFor();
    await keep(operator.page, "reception-queue");
  });

  test("接待员接起来，两边说话，市民看得出是工作人员", async () => {
    await operator.takeFirst();
    await citizen.hears(/工作人员 1 号来了/);
    await operator.write("您好，我是热线工作人员，请问是几号楼？");
    const bubble = citizen.bot.filter({ hasText: "请问是几号楼" });
    await bubble.waitFor();
    expect(await bubble.getByTestId("speaker").innerText()).toBe("工作人员 1 号");
    expect(await bubble.innerText()).not.toMatch(/王芳|：您好/);
    await citizen.say("5号楼东侧");
    await operator.talk.getByText("5号楼东侧").waitFor();
    await keep(citizen.page, "chat-with-person");
    await keep(operator.page, "reception-talk");
  });

  test("一行还在保存时改另一行：打的字不丢，两行都存下", async () => {
    const form = operator.page.getByTestId("reception-form");
    const row = (label: string) => form.locator("[data-testid^=row-]").filter({ hasText: label });
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const edits = (url: URL) => url.pathname.endsWith("/form");
    await operator.page.route(edits, async (route) => {
      await held;
      await route.continue();
    });
    await form.getByRole("button", { name: "修改地点" }).click();
    await form.getByRole("textbox", { name: "地点" }).fill("朝阳区望京街道花家地北里小区");
    await row("地点").getByRole("button", { name: "保存" }).click();
    await form.getByRole("button", { name: "修改希望" }).click();
    await form.getByRole("textbox", { name: "希望" }).fill("今天清走");
    letGo();
    await form.getByRole("textbox", { name: "地点" }).waitFor({ state: "detached" });
    await operator.page.unroute(edits);
    expect(await form.getByRole("textbox", { name: "希望" }).inputValue()).toBe("今天清走");
    await row("希望").getByRole("button", { name: "保存" }).click();
    await form.getByRole("textbox", { name: "希望" }).waitFor({ state: "detached" });
    await row("希望").getByText("今天清走").waitFor();
  });

  test("改好表里的地点，交还机器人，市民接着填", async () => {
    await operator.change("地点", PLACE);
    await operator.change("问题分类", "垃圾堆积满溢");
    await citizen.attach(PICTURE);
    await operator.page.getByRole("button", { name: "放进附件" }).click();
    await operator.page.getByTestId("row-evidence").getByText("1 个").waitFor();
    await keep(operator.page, "reception-form");
    await operator.giveBack("地点已核实");
    await citizen.hears("由我继续为您服务");
    await citizen.hears("同意用这个号码");
    await citizen.press("同意，用这个号码");
    expect(await citizen.hears("请核对您的诉求")).toContain("5号楼东侧");
    await operator.page.getByTestId("queue-ended").filter({ hasText: "地点已核实" }).waitFor();
    await keep(operator.page, "reception-ended");
  });

  test("平板上也能接待：队列、对话、表都在，没有横向滚动", async () => {
    await citizen.say("转人工");
    await citizen.hears(/正在为您转工作人员/);
    await operator.page.setViewportSize(TABLET);
    await operator.takeFirst();
    await operator.write("您好，还有什么可以帮您？");
    await operator.page.getByTestId("reception-form").waitFor();
    const width = await operator.page.evaluate("document.documentElement.scrollWidth");
    expect(width).toBeLessThanOrEqual(TABLET.width);
    await keep(operator.page, "reception-tablet");
  });

  test("接待员刷新页面，还在原来的对话；市民说结束，接待员看得到", async () => {
    await operator.page.reload();
    await operator.talk.getByText("还有什么可以帮您").waitFor();
    await citizen.say("结束人工");
    await citizen.hears("人工服务已结束");
    await operator.page.getByTestId("queue-ended").filter({ hasText: "市民结束" }).waitFor();
  });
});
