import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { launchChromium } from "./chromium.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

/** The server, and the browser that people look at it with. */
export interface Stage {
  readonly server: ServerProcess;
  readonly browser: Browser;
}

/** Opens both for the tests around it, before whatever else they prepare, and takes them away after. `more`: further variables. */
export function withStage(more: () => Promise<Record<string, string>> = async () => ({})): Stage {
  let server: ServerProcess;
  let browser: Browser;
  beforeAll(async () => {
    server = await startServer(await more());
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });
  return {
    get server() {
      return server;
    },
    get browser() {
      return browser;
    },
  };
}
