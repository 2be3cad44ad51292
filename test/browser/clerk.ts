import type { Locator, Page } from "playwright-core";
import { ADMIN_PASSWORD } from "./server-process.ts";
import { signInAt } from "./staff.ts";

export interface Clerk {
  page: Page;
  detail: Locator;
  signIn(): Promise<void>;
  open(number: string): Promise<void>;
  accept(): Promise<void>;
  write(button: "reply" | "close", text: string): Promise<void>;
}

/** What somebody at the staff console does and sees. */
export function clerkAt(page: Page, url: string): Clerk {
  const detail = page.getByTestId("ticket-detail");
  return {
    page,
    detail,
    async signIn() {
      await signInAt(page, url, "admin", ADMIN_PASSWORD);
      await page.getByRole("heading", { name: "工单" }).waitFor();
    },
    async open(number) {
      await page.getByTestId("ticket-row").filter({ hasText: number }).click();
      await detail.getByText("诉求内容").waitFor();
    },
    async accept() {
      await page.getByTestId("action-accept").click();
      await page.getByTestId("reply-text").waitFor();
    },
    async write(button, text) {
      await page.getByTestId("reply-text").fill(text);
      await page.getByTestId(`action-${button}`).click();
      await detail.getByText(text).waitFor();
    },
  };
}
