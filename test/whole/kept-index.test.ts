import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cli, cliJson } from "./cli-process.ts";

const MANY = 1200;
const lines = Array.from({ length: MANY }, (_, i) =>
  JSON.stringify({
    id: `e${i}`,
    question: `第${i}号窗口怎么办理居住证？`,
    text: `居住证在第${i}号窗口办理，带身份证。`,
    source: { title: "办事指南" },
  }),
);
const queries = [7, 400, 1199].map((i) => ({ id: i, query: `第${i}号窗口怎么办居住证` }));

let dir: string;
const file = () => join(dir, "knowledge-index/published.index");
const search = () => cliJson<{ hits: { id: string }[] }>(["knowledge", "search", "--data-dir", dir], queries);

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "jiesu-kept-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe("the index that an import keeps", () => {
  it("serves any number of processes at a time, and each of them mends it when it is damaged", async () => {
    writeFileSync(join(dir, "entries.jsonl"), lines.join("\n"));
    const imported = await cli(["knowledge", "import", join(dir, "entries.jsonl"), "--publish", "--data-dir", dir]);
    expect(imported.status).toBe(0);
    const kept = readFileSync(file());
    const first = await search();
    expect(first.map(({ hits }) => hits[0]?.id)).toEqual(["e7", "e400", "e1199"]);
    writeFileSync(file(), kept.subarray(0, kept.length / 2));
    expect(await Promise.all([search(), search(), search()])).toEqual([first, first, first]);
    expect(readdirSync(join(dir, "knowledge-index"))).toEqual(["published.index"]);
    const next = await cli(["knowledge", "search", "--data-dir", dir], [JSON.stringify(queries[0])]);
    expect(next.errors).toEqual([""]);
    expect(JSON.parse(next.lines[0] as string)).toEqual(first[0]);
  });
});
