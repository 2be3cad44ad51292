import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildPages, pages } from "../../../server/web/build.ts";
import { isFresh, sourceHash } from "../../../server/web/build-stamp.ts";
import { firstLoadBytes, overBudget } from "../../../server/web/script-size.ts";

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "jiesu-build-"));
  await mkdir(join(dir, "web/tiny"), { recursive: true });
  const html = '<!doctype html><html><body><script type="module" src="./main.ts"></script></body></html>';
  await writeFile(join(dir, "web/tiny/index.html"), html);
  await writeFile(join(dir, "web/tiny/main.ts"), 'const words: string = "hello"; document.title = words;');
  await writeFile(join(dir, "package-lock.json"), "{}");
});

afterEach(() => rm(dir, { recursive: true, force: true }));

describe("building", () => {
  it("puts the page and its hashed files in place, with a stamp", async () => {
    const outDir = join(dir, "dist");
    const stamp = await sourceHash(join(dir, "web"), join(dir, "package-lock.json"));
    const [size] = await buildPages({ root: join(dir, "web"), outDir, pages: [{ name: "tiny" }], stamp });
    expect(size?.gzipBytes).toBeGreaterThan(10);
    expect(await readFile(join(outDir, "tiny/index.html"), "utf8")).toMatch(/\/assets\/tiny\/[\w-]+\.js/);
    expect(await isFresh(outDir, stamp)).toBe(true);
  });

  it("fails above the budget and leaves what was there", async () => {
    const outDir = join(dir, "dist");
    await mkdir(outDir);
    await writeFile(join(outDir, "kept.txt"), "older build");
    const build = buildPages({
      root: join(dir, "web"),
      outDir,
      pages: [{ name: "tiny", budgetBytes: 20 }],
      stamp: "x",
    });
    await expect(build).rejects.toThrow(/tiny.*limit is 20/);
    expect(await readdir(dir)).not.toContain("dist.building");
    expect(await readdir(outDir)).toEqual(["kept.txt"]);
  });

  it("holds the chat page to 200 kB", () => {
    expect(pages.find((page) => page.name === "chat")?.budgetBytes).toBe(200_000);
  });
});

describe("the stamp", () => {
  it("changes with a source, with its name and with the lock file", async () => {
    const hash = () => sourceHash(join(dir, "web"), join(dir, "package-lock.json"));
    const seen = [await hash()];
    await writeFile(join(dir, "web/tiny/main.ts"), "document.title = 'x';");
    seen.push(await hash());
    await writeFile(join(dir, "web/tiny/more.ts"), "");
    seen.push(await hash());
    await writeFile(join(dir, "package-lock.json"), "{ }");
    seen.push(await hash());
    expect(new Set(seen).size).toBe(4);
    expect(await hash()).toBe(seen[3]);
  });
});

describe("the size of the first load", () => {
  const chunk = (fileName: string, parts: { isEntry?: boolean; imports?: string[] }) => ({
    type: "chunk" as const,
    fileName,
    code: fileName.repeat(50),
    isEntry: parts.isEntry ?? false,
    imports: parts.imports ?? [],
  });

  it("counts the entry with what it imports, once, and nothing that comes later", () => {
    const entry = chunk("entry.js", { isEntry: true, imports: ["shared.js", "kit.js"] });
    const kit = chunk("kit.js", { imports: ["shared.js"] });
    const shared = chunk("shared.js", {});
    const later = chunk("later.js", {});
    const all = firstLoadBytes([entry, kit, shared, later, { type: "asset" }]);
    const alone = [entry, kit, shared].map((each) => firstLoadBytes([{ ...each, isEntry: true, imports: [] }]));
    expect(all).toBe(alone.reduce((sum, size) => sum + size, 0));
  });

  it("names each page above its budget", () => {
    expect(
      overBudget([
        { name: "chat", gzipBytes: 10, budgetBytes: 10 },
        { name: "staff", gzipBytes: 999 },
      ]),
    ).toEqual([]);
    expect(overBudget([{ name: "chat", gzipBytes: 11, budgetBytes: 10 }])).toHaveLength(1);
  });
});
