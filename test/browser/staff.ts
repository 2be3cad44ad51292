import type { Page } from "playwright-core";
import { ADMIN_PASSWORD } from "./server-process.ts";

const PASSWORD = "password-of-the-staff";

/** An account of the staff, as the administrator makes it. */
export async function addStaff(url: string, staff: { username: string; name: string; role: string }): Promise<void> {
  const post = (path: string, token: string | undefined, body: object) =>
    fetch(`${url}/api${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
    });
  const session = await post("/session", undefined, { username: "admin", password: ADMIN_PASSWORD });
  const { token } = (await session.json()) as { token: string };
  const added = await post("/staff", token, { ...staff, password: PASSWORD });
  if (added.status !== 201) throw new Error(`the account was not made: ${added.status}`);
}

/** Signs in at the staff console, by default with an account that `addStaff` has made. */
export async function signInAt(page: Page, url: string, username: string, password = PASSWORD): Promise<void> {
  await page.goto(`${url}/staff/`);
  await page.getByTestId("login-username").fill(username);
  await page.getByTestId("login-password").fill(password);
  await page.getByTestId("login-submit").click();
}
