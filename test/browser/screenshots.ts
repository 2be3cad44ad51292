import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";

/** Keeps what the page looks like in `test-output/`, for people to look at. */
export const keep = (page: Page, name: string): Promise<void> => shoot(page, `test-output/${name}.png`);

/** A picture of the README: drawn in every run, kept in `docs/pictures/` only with UPDATE_PICTURES=1. */
export const keepForReadme = (page: Page, name: string): Promise<void> =>
  shoot(page, process.env.UPDATE_PICTURES === "1" ? `docs/pictures/${name}.png` : `test-output/${name}.png`);

async function shoot(page: Page, file: string): Promise<void> {
  const path = fileURLToPath(new URL(`../../${file}`, import.meta.url));
  await mkdir(dirname(path), { recursive: true });
  await page.screenshot({ path, animations: "disabled" });
}
