import type { Locator, Page } from "playwright-core";
import { signInAt } from "./staff.ts";

export interface Operator {
  page: Page;
  waiting: Locator;
  talk: Locator;
  signIn(username: string): Promise<void>;
  takeFirst(): Promise<void>;
  write(text: string): Promise<void>;
  change(label: string, value: string): Promise<void>;
  giveBack(note: string): Promise<void>;
}

/** What somebody at 人工接待 does and sees. */
export function operatorAt(page: Page, url: string): Operator {
  const talk = page.getByTestId("talk");
  const form = page.getByTestId("reception-form");
  return {
    page,
    talk,
    waiting: page.getByTestId("queue-waiting"),
    async signIn(username) {
      await signInAt(page, url, username);
      await page.getByRole("heading", { name: "人工接待" }).waitFor();
    },
    async takeFirst() {
      await page.getByTestId("queue-take").first().click();
      await talk.waitFor();
    },
    async write(text) {
      await page.getByTestId("reception-reply").fill(text);
      await page.getByTestId("reception-reply").press("Enter");
      await talk.getByTestId("said-staff").filter({ hasText: text }).waitFor();
    },
    async change(label, value) {
      await form.getByRole("button", { name: `修改${label}` }).click();
      const box = form.getByRole("textbox", { name: label });
      await box.fill(value);
      await form.getByRole("button", { name: "保存" }).click();
      await box.waitFor({ state: "detached" });
      await form.getByText(value).waitFor();
    },
    async giveBack(note) {
      await page.getByTestId("hand-back").click();
      await page.getByTestId("hand-back-note").fill(note);
      await page.getByRole("dialog").getByRole("button", { name: "交还", exact: true }).click();
    },
  };
}
