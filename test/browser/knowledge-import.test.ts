import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { type Keeper, keeperAt } from "./editor.ts";
import { keep } from "./screenshots.ts";
import { addStaff } from "./staff.ts";
import { withStage } from "./stage.ts";

const TABLE = {
  name: "桑拿.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(
    [
      "标准问题,答案,依据,谁管",
      "公共桑拿房几点开门？,公共桑拿房每天早上八点开门。,桑拿房管理办法,体育局",
      "公共桑拿房几点关门？,公共桑拿房每天晚上十点关门。,桑拿房管理办法,体育局",
      "公共桑拿房怎么收费？,公共桑拿房每次收费三十元。,桑拿房管理办法,体育局",
      "公共桑拿房怎么收费呢？,公共桑拿房每次收费五十元。,桑拿房管理办法,体育局",
      "桑拿房能带小孩吗？,,桑拿房管理办法,体育局",
    ].join("\n"),
  ),
};

describe("知识库：导入", () => {
  const stage = withStage();
  let page: Page;
  let editor: Keeper;

  beforeAll(async () => {
    await addStaff(stage.server.url, { username: "ed", name: "艾编辑", role: "editor" });
    page = await stage.browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(30_000);
    editor = keeperAt(page, stage.server.url);
    await editor.signIn("ed");
  });

  test("选一个表格，先看到每一行将成为什么、错在哪里、和谁说法不一，什么也没有写入", async () => {
    await editor.go("导入导出");
    await page.getByTestId("import-file").setInputFiles(TABLE);
    const rows = page.locator(".preview-row");
    await rows.nth(4).waitFor();
    await rows.filter({ hasText: "说法不一" }).first().waitFor();
    expect(await page.getByTestId("import-start").innerText()).toContain("4 条");
    await keep(page, "knowledge-import");
  });

  test("认不出的列自己指定，重新读取；刷新页面还在这里", async () => {
    await page.getByLabel("谁管是").click();
    await page.keyboard.type("责任部门");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "按这样重新读取" }).click();
    await page.locator(".preview-row").nth(4).waitFor();
    await page.reload();
    await page.locator(".preview-row").nth(4).waitFor();
  });

  test("不要的一行去掉，其余导入为草稿，在待办里找得到", async () => {
    await page.locator(".preview-row").filter({ hasText: "五十元" }).getByRole("checkbox").uncheck();
    await page.getByTestId("import-start").click();
    expect(await page.getByTestId("import-done").innerText()).toContain("已导入 3 条草稿");
    await page.getByRole("link", { name: /去看草稿/ }).click();
    await page.locator(".queue-row").filter({ hasText: "公共桑拿房几点关门" }).waitFor();
  });

  test("导出的表格拿得到", async () => {
    await editor.go("导入导出");
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: /xlsx/ }).click();
    expect((await download).suggestedFilename()).toMatch(/^knowledge-.*\.xlsx$/);
  });
});
