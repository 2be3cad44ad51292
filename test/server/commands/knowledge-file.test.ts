import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { InputError } from "../../../server/commands/json-lines.ts";
import { knowledgeExportCommand, knowledgeFileCommand } from "../../../server/commands/knowledge-command.ts";
import { docx, paragraph, pdf } from "../../knowledge/import/office-files.ts";

let dir: string;
let reported: string[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "jiesu-import-"));
  reported = [];
});
afterEach(() => rmSync(dir, { recursive: true }));

const surroundings = () => ({ dataDir: join(dir, "data"), secretKey: "k".repeat(40) });

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function run(name: string, bytes: Uint8Array | string) {
  const file = join(dir, name);
  writeFileSync(file, bytes);
  async function* lines() {
    yield* String(bytes).split("\n");
  }
  const report = (line: string) => reported.push(line);
  return collect(knowledgeFileCommand({ ...surroundings(), file, publish: false, lines, report }));
}
const exported = async () =>
  Buffer.concat(
    (await collect(knowledgeExportCommand({ ...surroundings(), format: "jsonl" }))).map((piece) => Buffer.from(piece)),
  ).toString();
const entry = (id: string, text = "字") => JSON.stringify({ id, question: `${id}？`, text, source: { title: "办法" } });

describe("knowledge import of a file", () => {
  it("takes lines of JSON under any name, as it always has", async () => {
    expect(await run("a.txt", `${entry("a")}\n${entry("b")}\n`)).toEqual([{ imported: 2, status: "draft" }]);
    await expect(run("b.txt", `${entry("c")}\n{}{`)).rejects.toThrow(/^line 2: not valid JSON$/);
  });

  it("takes tables and documents by what is in them", async () => {
    expect(await run("a.csv", "问题,答案,来源\n一？,答,办法\n")).toEqual([{ imported: 1, status: "draft" }]);
    const word = docx(paragraph("云梯办法") + paragraph("第一条 一。") + paragraph("第二条 二。"));
    expect(await run("b.docx", word)).toEqual([{ imported: 2, status: "draft" }]);
    expect((await exported()).trim().split("\n")).toHaveLength(3);
  });

  it("names every faulty row and imports nothing", async () => {
    const failed = run("a.csv", "问题,答案,来源\n一？,答,办法\n二？,,办法\n,答,办法\n");
    await expect(failed).rejects.toBeInstanceOf(InputError);
    await expect(failed).rejects.toThrow(
      "第 3 行：答案（正文）是空的\n第 4 行：没有问题，也没有标题\n没有导入任何内容。",
    );
    expect(await exported()).toBe("");
  });

  it("says what is wrong with a file, and what contradicts what is there", async () => {
    await expect(run("a.pdf", pdf([[]]))).rejects.toThrow("扫描件");
    await run("a.csv", "问题,答案,来源\n补多少？,补300元。,办法\n");
    await run("b.csv", "编号,问题,答案,来源\nx,补多少？,补500元。,办法\n");
    expect(reported).toEqual(["第 2 行：与“补多少？”说法不一：补500元。 ／ 补300元。"]);
  });
});
