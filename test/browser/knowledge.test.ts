import { beforeAll, describe, expect, test } from "vitest";
import { type Citizen, citizenAt, PHONE } from "./citizen.ts";
import { type Keeper, keeperAt } from "./editor.ts";
import { keep, keepForReadme } from "./screenshots.ts";
import { addStaff } from "./staff.ts";
import { withStage } from "./stage.ts";
import { type Watch, watch } from "./watch.ts";

const DESK = { width: 1440, height: 900 };
const QUESTION = "公共桑拿房几点开门？";
const ENTRY = {
  问题: QUESTION,
  其他问法: "桑拿房营业时间\n公共桑拿房什么时候开",
  正文: "公共桑拿房每天早上八点开门。",
  依据标题: "桑拿房管理办法",
  条款: "第三条",
  责任部门: "体育局",
  复核日期: "2031-05-02",
  失效日期: "2031-05-20",
};

describe("知识库：从编写到停用", () => {
  const stage = withStage();
  let citizen: Citizen;
  let editor: Keeper;
  let reviewer: Keeper;
  let publisher: Keeper;
  let seen: Watch;

  const open = async (username: string): Promise<Keeper> => {
    // Each in a browser of their own: sessions are cookies.
    const page = await (await stage.browser.newContext({ viewport: DESK, locale: "zh-CN" })).newPage();
    page.setDefaultTimeout(20_000);
    const keeper = keeperAt(page, stage.server.url);
    await keeper.signIn(username);
    // Before somebody is signed in, the page asks who it is and is told 401.
    if (username === "ed") seen = watch(page, stage.server.url);
    return keeper;
  };

  beforeAll(async () => {
    for (const [username, name, role] of [
      ["ed", "艾编辑", "editor"],
      ["ed2", "毕编辑", "editor"],
      ["rev", "任审核", "reviewer"],
      ["pub", "潘发布", "publisher"],
    ] as const) {
      await addStaff(stage.server.url, { username, name, role });
    }
    citizen = citizenAt(await stage.browser.newPage({ viewport: PHONE }));
    editor = await open("ed");
  });

  test("编辑登录就在知识库，菜单里没有看不了的工单；边输入边查，键盘打开，后退还在原处", async () => {
    const { page, list } = editor;
    expect(await page.getByRole("menuitem").allInnerTexts()).toEqual(["知识库"]);
    await list.first().waitFor();
    await keepForReadme(page, "knowledge-list");
    await page.keyboard.press("/");
    await page.keyboard.type("失业保险金");
    await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe("失业保险金");
    await list.filter({ hasText: "失业" }).first().waitFor();
    const first = await page.locator("a.entry-link").first().innerText();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: first }).waitFor();
    await page.goBack();
    await list.filter({ hasText: "失业" }).first().waitFor();
    expect(await page.getByLabel("查找条目").inputValue()).toBe("失业保险金");
    expect(seen.complaints).toEqual([]);
    expect(seen.strangers).toEqual([]);
  });

  test("写一半刷新页面，写的还在；提交时缺的写在那一项下面", async () => {
    const { page } = editor;
    await editor.go("条目");
    await editor.press("new-entry");
    await editor.write({ 问题: QUESTION });
    await page.reload();
    await page.getByTestId("restored").waitFor();
    expect(await page.getByLabel("问题", { exact: true }).inputValue()).toBe(QUESTION);
    await editor.press("save-entry");
    await page.getByTestId("hand-in").click();
    await editor.says("还不能提交，请看标红的地方");
    await editor.says("请写依据；没有依据的内容不能答复市民");
    await keep(page, "knowledge-faults");
  });

  test("没有保存就离开，会问一声", async () => {
    const { page } = editor;
    await editor.write({ 正文: ENTRY.正文 });
    await editor.go("日历");
    await page.getByRole("button", { name: "留下继续写" }).click();
    expect(await page.getByLabel("正文", { exact: true }).inputValue()).toBe(ENTRY.正文);
  });

  test("保存并提交；编辑看得到为什么不能自己审核、找谁", async () => {
    await editor.write(ENTRY);
    await editor.press("hand-in");
    await editor.page.getByTestId("why-not").filter({ hasText: "任审核" }).first().waitFor();
    expect(await editor.page.getByTestId("approve").count()).toBe(0);
    await keep(editor.page, "knowledge-editor");
  });

  test("审核员从待办里打开，写理由退回，改过再交，审核通过；自己不能发布", async () => {
    reviewer = await open("rev");
    await reviewer.openFromQueue("待审核", QUESTION);
    await reviewer.press("reject");
    await reviewer.page.getByTestId("reason").fill("请再核对一遍第三条");
    await reviewer.page.getByRole("button", { name: "退回", exact: true }).click();
    await reviewer.says("已退回，编辑可以接着改");
    await editor.page.reload();
    await editor.press("hand-in");
    await editor.page.getByTestId("why-not").first().waitFor();
    await reviewer.openFromQueue("待审核", QUESTION);
    await reviewer.press("approve");
    await reviewer.says("已审核通过");
    expect(await reviewer.page.getByTestId("publish").count()).toBe(0);
  });

  test("发布员检查后发布，市民在网页上就得到新的答复", async () => {
    await citizen.page.goto(stage.server.url);
    await citizen.hears("您好");
    publisher = await open("pub");
    await publisher.openFromQueue("待发布", QUESTION);
    await publisher.publishChecked();
    await publisher.says("市民现在得到第");
    await citizen.say(QUESTION);
    expect(await citizen.hears("早上八点")).toContain("依据");
  });

  test("两个编辑改同一条：后保存的看到对方改了什么，留自己的、用对方的都行", async () => {
    const other = await open("ed2");
    await other.page.goto(editor.page.url());
    await editor.page.reload();
    await editor.write({ 正文: "公共桑拿房每天早上七点开门。" });
    await other.write({ 正文: "公共桑拿房每天上午十点开门。", 责任部门: "文旅局" });
    await other.press("save-entry");
    await expect.poll(() => other.page.getByTestId("save-entry").isDisabled()).toBe(true);
    await editor.press("save-entry");
    const conflict = editor.page.getByTestId("conflict");
    await conflict.waitFor();
    expect(await conflict.innerText()).toMatch(/毕编辑[\s\S]*另存为/);
    await keep(editor.page, "knowledge-conflict");
    await conflict
      .getByRole("row", { name: /责任部门/ })
      .getByRole("button")
      .click();
    await editor.press("keep-mine");
    await conflict.waitFor({ state: "detached" });
    expect(await editor.page.getByLabel("正文", { exact: true }).inputValue()).toContain("七点");
    expect(await editor.page.getByLabel("责任部门", { exact: true }).inputValue()).toBe("文旅局");
    await other.page.context().close();
  });

  test("试问：现在的和草稿发布后的摆在一起，为什么也看得到", async () => {
    const { page } = editor;
    await editor.go("试问");
    await page.getByTestId("try-question").fill(QUESTION);
    await page.keyboard.press("Enter");
    const side = (base: string) => page.getByTestId(`tried-${base}`).getByTestId("outcome");
    await side("published").getByText("早上八点").waitFor();
    await side("draft").getByText("早上七点").waitFor();
    await editor.says("草稿发布以后，这个问题的答复会变");
    await editor.says("问题里的词在同一问法里");
    await keepForReadme(page, "knowledge-try");
  });

  test("版本逐项比较，记录里有谁做了什么", async () => {
    const { page } = editor;
    await page.goBack();
    await page.goBack();
    await page.getByRole("heading", { name: QUESTION }).waitFor();
    await page.getByRole("tab", { name: "版本和比较" }).click();
    await page.getByTestId("diff").getByText("文旅局").waitFor();
    expect(await page.getByTestId("diff").locator("ins").allInnerTexts()).toEqual(["七", "文旅"]);
    await keep(page, "knowledge-versions");
    await page.getByRole("button", { name: /第 4 版/ }).click();
    await page.getByTestId("use-version").click();
    await page.getByRole("tab", { name: "内容（未保存）" }).waitFor();
    expect(await page.getByLabel("责任部门", { exact: true }).inputValue()).toBe("体育局");
    await editor.write({ 责任部门: "文旅局" });
    await page.getByRole("tab", { name: "记录" }).click();
    await page.locator(".audit-line").filter({ hasText: "潘发布" }).filter({ hasText: "发布" }).first().waitFor();
    await keep(page, "knowledge-audit");
  });

  test("日历里有现行版的复核和失效日期", async () => {
    const { page } = editor;
    await page.goto(`${stage.server.url}/staff/knowledge/calendar?month=2031-05`);
    const events = page.getByTestId("calendar-event").filter({ hasText: QUESTION });
    await events.nth(1).waitFor();
    expect(await events.allInnerTexts()).toEqual([
      expect.stringContaining("要复核"),
      expect.stringContaining("最后一天有效"),
    ]);
    await keep(page, "knowledge-calendar");
  });

  test("发布新版，把更正告诉按旧版答复过的市民：先看到市民会看到什么、有多少个对话，再发", async () => {
    await editor.page.goto(`${stage.server.url}${new URL(publisher.page.url()).pathname}`);
    await editor.press("hand-in");
    await editor.page.getByTestId("why-not").first().waitFor();
    const { page } = publisher;
    await page.reload();
    await publisher.publishChecked();
    await publisher.says("市民现在得到第 5 版");
    await page.getByRole("tab", { name: "答复和更正" }).click();
    await publisher.says("网页");
    await page.getByLabel("对市民说什么").fill("开门时间已改为早上七点。");
    await page.getByRole("button", { name: "预览" }).click();
    await publisher.says("您之前问过“公共桑拿房几点开门？”");
    await keep(page, "knowledge-correction");
    await page.getByRole("button", { name: "发给 1 个对话" }).click();
    await publisher.says("正在告诉 1 个对话");
    expect(await citizen.hears("开门时间已改为早上七点")).toContain("依据");
  });

  test("停用写了理由，市民马上得不到", async () => {
    const { page } = publisher;
    await page.reload();
    await keep(page, "knowledge-answered");
    await publisher.press("withdraw");
    await page.getByTestId("reason").fill("桑拿房关了");
    await page.getByRole("button", { name: "停用", exact: true }).click();
    await publisher.says("市民现在得不到这条");
    await citizen.say(QUESTION);
    expect(await citizen.hears("不敢随便答")).not.toMatch(/[七八]点/);
  });

  test("缺口：没答上的问题排在前面，一次点击就是草稿", async () => {
    const { page } = editor;
    await editor.go("缺口");
    const gap = page.getByTestId("gap").filter({ hasText: "桑拿" }).first();
    await gap.waitFor();
    await keep(page, "knowledge-gaps");
    await gap.getByTestId("gap-draft").click();
    await page.getByRole("heading", { name: QUESTION }).waitFor();
    expect(await page.getByLabel("问题", { exact: true }).inputValue()).toBe(QUESTION);
  });

  test.each([1024, 1280])("%i 像素宽也能用，没有横向滚动", async (width) => {
    const { page } = editor;
    await page.setViewportSize({ width, height: 800 });
    for (const room of ["条目", "待办", "试问", "日历", "缺口"]) {
      await editor.go(room);
      await page.waitForLoadState("networkidle");
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      await keep(page, `knowledge-${width}-${room}`);
    }
  });
});
