import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildMiniProgram } from "../../../server/web/build-mini-program.ts";

const root = resolve(import.meta.dirname, "../../../adapters/mini-program/client");
let outDir: string;
let files: string[];

beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), "jiesu-build-"));
  await buildMiniProgram({ root, outDir, server: "https://12345.example.gov.cn/", appId: "wx0123456789abcdef" });
  files = await readdir(outDir, { recursive: true });
}, 60_000);
afterAll(() => rm(outDir, { recursive: true, force: true }));

const textOf = (file: string) => readFile(join(outDir, file), "utf8");

/** Runs a built file as WeChat does: CommonJS with relative paths, and the platform's globals around it. */
async function load(file: string, globals: object): Promise<void> {
  const sources = new Map<string, string>();
  for (const each of files.filter((name) => name.endsWith(".js"))) sources.set(each, await textOf(each));
  const run = (name: string): unknown => {
    const module = { exports: {} };
    const require = (path: string) => run(join(name, "..", path));
    runInNewContext(sources.get(name) ?? "missing", { module, exports: module.exports, require, ...globals });
    return module.exports;
  };
  run(file);
}

describe("小程序打包以后", () => {
  it("app.json 里的每一页都有四个文件，没有 TypeScript 和只给类型检查用的文件", async () => {
    const { pages } = JSON.parse(await textOf("app.json")) as { pages: string[] };
    for (const page of pages) {
      for (const kind of ["js", "json", "wxml", "wxss"]) expect(files).toContain(`${page}.${kind}`);
    }
    expect(files).toEqual(expect.arrayContaining(["app.js", "app.wxss", "sitemap.json", "project.config.json"]));
    expect(files.filter((file) => /\.ts$|tsconfig/.test(file))).toEqual([]);
    expect(JSON.parse(await textOf("project.config.json"))).toMatchObject({ appid: "wx0123456789abcdef" });
  });

  it("是 CommonJS，没有 import，地址写进去了", async () => {
    const scripts = files.filter((file) => file.endsWith(".js"));
    const all = (await Promise.all(scripts.map(textOf))).join("\n");
    expect(all).not.toMatch(/^\s*(?:import|export)\s/m);
    expect(all).not.toContain("__SERVER__");
    expect(all).toContain('"https://12345.example.gov.cn"');
  });

  it("每一页都注册得上，模板用到的动作都有", async () => {
    const { pages } = JSON.parse(await textOf("app.json")) as { pages: string[] };
    const app: { services?: object } = {};
    const globals = {
      App: (options: object) => Object.assign(app, options),
      wx: { getStorageSync: () => "" },
      setTimeout,
      console,
    };
    await load("app.js", globals);
    expect(app.services).toBeDefined();
    for (const page of pages) {
      const registered: Record<string, unknown> = {};
      await load(`${page}.js`, {
        ...globals,
        Page: (options: Record<string, unknown>) => Object.assign(registered, options),
      });
      const template = await textOf(`${page}.wxml`);
      for (const [, handler = ""] of template.matchAll(/bind\w+="(\w+)"/g)) {
        expect(registered[handler], `${page} ${handler}`).toBeTypeOf("function");
      }
      const words = (registered.data as { words?: Record<string, string> }).words ?? {};
      for (const [, name = ""] of template.matchAll(/\bwords\.(\w+)/g)) expect(words[name], name).toBeTypeOf("string");
    }
  });

  it("模板里没有写死的话，字不小于 30rpx", async () => {
    for (const file of files.filter((name) => name.endsWith(".wxml"))) {
      expect(await textOf(file), file).not.toMatch(/\p{Script=Han}/u);
    }
    for (const file of files.filter((name) => name.endsWith(".wxss"))) {
      for (const [, size] of (await textOf(file)).matchAll(/font-size: (\d+)rpx/g)) {
        expect(Number(size), file).toBeGreaterThanOrEqual(30);
      }
    }
  });
});
