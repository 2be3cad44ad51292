import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express from "express";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPagesRouter } from "../../../server/web/pages.ts";

let distDir: string;
let base: string;
let close: () => Promise<unknown>;

beforeEach(async () => {
  distDir = await mkdtemp(join(tmpdir(), "jiesu-pages-"));
  const app = express();
  app.use(createPagesRouter({ distDir, find: async () => undefined }));
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => new Promise((resolve) => server.close(resolve));
});

afterEach(async () => {
  await close();
  await rm(distDir, { recursive: true, force: true });
});

async function put(path: string, text: string): Promise<void> {
  await mkdir(join(distDir, path, ".."), { recursive: true });
  await writeFile(join(distDir, path), text);
}

describe("built pages", () => {
  beforeEach(async () => {
    await put("chat/index.html", "<p>chat</p>");
    await put("staff/index.html", "<p>staff</p>");
    await put("assets/chat/index-abc123.js", "export {}");
  });

  it("are asked for anew each time, their files kept for a year", async () => {
    const page = await fetch(`${base}/`);
    expect(await page.text()).toBe("<p>chat</p>");
    expect(page.headers.get("cache-control")).toBe("no-cache");
    const script = await fetch(`${base}/assets/chat/index-abc123.js`);
    expect(script.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(script.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("may run only scripts of this server, and speak to it over a WebSocket", async () => {
    const policy = (await fetch(`${base}/`)).headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain("unsafe");
    expect(policy).toContain(`ws://${new URL(base).host}`);
  });

  it("bind the staff console's scripts as tightly", async () => {
    const response = await fetch(`${base}/staff/`);
    expect(await response.text()).toBe("<p>staff</p>");
    expect(response.headers.get("content-security-policy")).toMatch(/script-src 'self';/);
  });

  it("are found without the last slash", async () => {
    const response = await fetch(`${base}/staff`, { redirect: "manual" });
    expect(response.headers.get("location")).toBe("/staff/");
  });

  it("give the console at every address of its own", async () => {
    const response = await fetch(`${base}/staff/knowledge/entries/k-1?tab=versions`);
    expect(await response.text()).toBe("<p>staff</p>");
    expect(response.headers.get("content-security-policy")).toMatch(/script-src 'self';/);
  });

  it("leave other paths to other routers", async () => {
    expect((await fetch(`${base}/assets/chat/gone.js`)).status).toBe(404);
    expect((await fetch(`${base}/assets/..%2fstamp.json`)).status).toBeGreaterThanOrEqual(400);
  });
});

it.each(["/", "/staff/"])("while %s is not built, a sentence says so and names the emergency numbers", async (path) => {
  const response = await fetch(base + path);
  expect(response.status).toBe(503);
  expect(await response.text()).toMatch(/正在准备中[\s\S]*110、119/);
});
