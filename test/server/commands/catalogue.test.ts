import { cpSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createSegmenter } from "../../../knowledge/text/segment.ts";
import { catalogueTrain, evaluateLeaves } from "../../../server/commands/catalogue.ts";

const segmenter = createSegmenter();
const dir = mkdtempSync(join(tmpdir(), "catalogue-"));
cpSync(join(import.meta.dirname, "../../../knowledge/catalogue/data"), dir, { recursive: true });

async function* lines(...objects: object[]): AsyncGenerator<string> {
  for (const object of objects) yield JSON.stringify(object);
}
const first = async (objects: AsyncGenerator<object>) => (await objects.next()).value;
const tickets = [
  { text: "小区停水一天了", leaf: "020101" },
  { text: "路灯坏了好多天", leaf: "060201" },
  { text: "物业什么都不管", leaf: "010101" },
  { text: "今天天气不错", leaves: [] },
  { text: "垃圾没人收，臭死了", leaves: ["030101", "030104"] },
];

describe("catalogue train", () => {
  it("writes weights that the catalogue of that folder is measured with", async () => {
    const told: string[] = [];
    const out = join(dir, "ranking.json");
    const before = readFileSync(out, "utf8");
    const input = lines(...Array.from({ length: 12 }, () => tickets).flat());
    await catalogueTrain({ input, out, dir, segmenter, report: (line) => told.push(line) });
    expect(readFileSync(out, "utf8")).not.toBe(before);
    expect(told[0]).toMatch(/^60 messages/);
    const figures = await first(evaluateLeaves({ input: lines(...tickets), dir, segmenter }));
    expect(figures).toMatchObject({ task: "leaves", messages: 5, withoutLeaf: 1, top1: 1, class1: 1 });
  });

  it("refuses lines that are too few, and one that names no leaf, by its number", async () => {
    const train = (...objects: object[]) =>
      catalogueTrain({ input: lines(...objects), out: join(dir, "none"), segmenter, report: () => {} });
    await expect(train(...tickets)).rejects.toThrow(/at least 50/);
    await expect(train({ text: "停水", leaf: "020101" }, { text: "停水", leaf: "停水" })).rejects.toThrow(/^line 2/);
  });
});

describe("evaluate leaves", () => {
  it("wants something to measure on", async () => {
    await expect(first(evaluateLeaves({ input: lines(), segmenter }))).rejects.toThrow(/no line/);
  });
});
