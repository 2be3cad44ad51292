import type { Locator, Page } from "playwright-core";
import { keep } from "./screenshots.ts";
import { signInAt } from "./staff.ts";

/** What goes into the editor, by the field's label. */
export type Written = Partial<
  Record<"问题" | "其他问法" | "正文" | "依据标题" | "条款" | "责任部门" | "适用地区" | "复核日期" | "失效日期", string>
>;

export interface Keeper {
  page: Page;
  list: Locator;
  signIn(username: string): Promise<void>;
  /** A page of the knowledge base, by the name in its menu. */
  go(room: string): Promise<void>;
  write(fields: Written): Promise<void>;
  press(testId: string): Promise<void>;
  /** Opens an entry from the queue. */
  openFromQueue(tab: string, question: string): Promise<void>;
  publishChecked(): Promise<void>;
  says(words: string | RegExp): Promise<void>;
}

/** What somebody who keeps the knowledge base does and sees. */
export function keeperAt(page: Page, url: string): Keeper {
  const rooms = page.getByRole("navigation", { name: "知识库" });
  return {
    page,
    list: page.getByTestId("entry-row"),
    async signIn(username) {
      await signInAt(page, url, username);
      await rooms.waitFor();
    },
    go: (room) => rooms.getByRole("link", { name: room, exact: true }).click(),
    async write(fields) {
      for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
    },
    press: (testId) => page.getByTestId(testId).click(),
    async openFromQueue(tab, question) {
      await rooms.getByRole("link", { name: "待办", exact: true }).click();
      await page.getByRole("tab", { name: tab }).click();
      await page.locator(".queue-row").getByRole("link", { name: question }).click();
      await page.getByRole("heading", { name: question }).waitFor();
    },
    async publishChecked() {
      await page.getByTestId("publish").click();
      await page.getByTestId("check").waitFor();
      await keep(page, "knowledge-check");
      await page.getByRole("button", { name: "现在发布" }).click();
    },
    says: (words) => page.getByText(words).first().waitFor(),
  };
}
