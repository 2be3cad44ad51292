import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { guard, joinTests, joinTexts, splitTests, splitTexts, unguard } from "../../../knowledge/import/cells.ts";
import { checkReading } from "../../../knowledge/import/check.ts";
import { entryRows } from "../../../knowledge/import/entry-cells.ts";
import { guessMapping } from "../../../knowledge/import/fields.ts";
import { readLimits } from "../../../knowledge/import/limits.ts";
import { readFile } from "../../../knowledge/import/read.ts";
import { writeXlsx } from "../../../knowledge/import/xlsx/write.ts";
import type { Entry } from "../../../knowledge/policies/entry.ts";

async function thereAndBack(entries: Entry[]) {
  const reading = await readFile(writeXlsx("知识库", entryRows(entries)), "a.xlsx", readLimits);
  if (reading.kind !== "table") throw new Error(`a ${reading.kind}`);
  const rows = checkReading(reading, { mapping: guessMapping(reading.columns), defaults: {}, base: [] });
  expect(rows.flatMap(({ faults }) => faults)).toEqual([]);
  return rows.map(({ content }) => content);
}
const withoutStatus = ({ status: _, ...content }: Entry) => content;

const full: Entry = {
  id: "=1+1",
  question: "-云梯怎么领？",
  title: "+云梯",
  text: "@第一行\n第二行\r\n_x0041_ <b>&amp; \u0007 😀 '引号\t",
  similar: ["=cmd|' /C calc'!A0", "甲；乙", "丙|丁"],
  source: {
    title: "云梯办法",
    issuer: "甲局",
    number: "甲发〔2024〕3号",
    article: "第三条",
    url: "https://a.example/?a=1&b=2",
    checkedOn: "2024-05-02",
    checkedBy: "memory",
  },
  validFrom: "2024-05-01",
  validTo: "2029-04-30",
  category: "城管",
  region: "甲区",
  audience: "个人",
  owner: "甲局",
  reviewOn: "2025-05-01",
  tests: [
    { question: "怎么领；云梯？", expect: "this" },
    { question: "不答：电梯怎么领？", expect: "refuse" },
  ],
  demonstration: false,
  status: "published",
};

describe("a workbook that was exported", () => {
  it("gives back every field of an entry", async () => {
    expect(await thereAndBack([full])).toEqual([withoutStatus(full)]);
  });

  it("gives back a document without a question, and a text longer than a cell holds", async () => {
    const long = `${"长".repeat(70_000)}😀${"文".repeat(20_000)}`;
    const entries: Entry[] = [
      { id: "a", text: long, similar: [], status: "draft" },
      { id: "b", title: "题", text: "短", similar: ["只有一个；问法"], tests: [], status: "draft" },
    ];
    expect(await thereAndBack(entries)).toEqual(entries.map(withoutStatus));
  });

  it("holds no formula: whatever runs in a table has a mark before it", () => {
    const [, cells = []] = entryRows([full]);
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect(cells).toContain("'=1+1");
  });

  it("gives back any text", async () => {
    const words = fc.string({ unit: "binary", maxLength: 40 }).filter((text) => text.trim() !== "");
    const trimmed = words.map((text) => text.trim());
    const entries = fc.array(
      fc.record({ question: trimmed, text: words, similar: fc.array(trimmed, { maxLength: 3 }) }),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    await fc.assert(
      fc.asyncProperty(entries, async (given) => {
        const made = given.map((each, i): Entry => ({ id: `e${i}`, ...each, status: "draft" }));
        expect(await thereAndBack(made)).toEqual(made.map(withoutStatus));
      }),
      { numRuns: 60 },
    );
  });
});

describe("cells", () => {
  const text = fc.string({ unit: "binary", maxLength: 20 });

  it("give back what was guarded", () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(unguard(guard(given))).toBe(given);
      }),
    );
    for (const given of ["=1", "'=1", "''=1", "'", "", "'a", "＝1"]) expect(unguard(guard(given))).toBe(given);
  });

  it("give back several texts, and tests", () => {
    const texts = fc.array(
      text.map((each) => each.trim()).filter((each) => each !== ""),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(texts, (given) => {
        expect(splitTexts(joinTexts(given))).toEqual(given);
      }),
    );
    const tests = fc.array(fc.record({ question: text, expect: fc.constantFrom("this" as const, "refuse" as const) }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(tests, (given) => {
        expect(splitTests(joinTests(given))).toEqual(given);
      }),
    );
  });
});
