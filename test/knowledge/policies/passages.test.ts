import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { headline } from "../../../knowledge/policies/headline.ts";
import { readImportLine } from "../../../knowledge/policies/import-line.ts";
import { join, sentences } from "../../../knowledge/policies/passages.ts";
import { bestQuote } from "../../../knowledge/policies/quote.ts";
import { createSegmenter } from "../../../knowledge/text/segment.ts";

const segmenter = createSegmenter();
const quote = (text: string, query: string, maxLength: number) =>
  bestQuote({ text, query, maxLength, segmenter, rarity: () => 1 });

describe("sentences", () => {
  it("end at full stops and line breaks, with the closing quotation mark", () => {
    const text = "他说：“可以。”然后走了！\n完";
    expect(sentences(text, 100).map(({ start, end }) => text.slice(start, end))).toEqual([
      "他说：“可以。”",
      "然后走了！\n",
      "完",
    ]);
  });

  it("cover every text without gaps, none too long", () => {
    const piece = fc.constantFrom("字", "，", "。", "\n", " ", "😀", "a", "；", "”");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 200 }), fc.integer({ min: 4, max: 50 }), (pieces, maxLength) => {
        const text = pieces.join("");
        for (const spans of [sentences(text, maxLength), join(sentences(text, maxLength), maxLength)]) {
          expect(spans.map(({ start, end }) => text.slice(start, end)).join("")).toBe(text);
          for (const { start, end } of spans) expect(end - start).toBeLessThanOrEqual(Math.max(maxLength, 12));
        }
      }),
    );
  });
});

describe("the best quote", () => {
  const text = `${"这里说的是别的事情，与所问无关。".repeat(20)}居民用水价格按年度用水量计算，实行阶梯水价。${"后面也是别的。".repeat(20)}`;

  it("is the stretch that speaks of what is asked", () => {
    const found = quote(text, "阶梯水价怎么计算", 60);
    expect(found).toContain("阶梯水价");
    expect(found.length).toBeLessThanOrEqual(60);
    expect(text).toContain(found);
  });

  it("is the whole of a short text", () => {
    expect(quote(" 短文。 ", "问", 200)).toBe("短文。");
  });
});

describe("headlines", () => {
  it.each([
    ["关于做好供暖工作的通知 各有关单位： 现将", "关于做好供暖工作的通知"],
    ["没有停顿的文字", "没有停顿的文字"],
  ])("“%s” is called “%s”", (text, expected) => {
    expect(headline({ text })).toBe(expected);
  });
});

describe("import lines", () => {
  it("keep the text exactly", () => {
    expect(readImportLine({ id: "a", text: " 原文\n" }, "draft")).toMatchObject({
      text: " 原文\n",
      similar: [],
      status: "draft",
    });
  });

  it.each([
    [{ text: "x" }, /id/],
    [{ id: "a", text: " " }, /text: must not be empty/],
    [{ id: "a", text: "x", validFrom: "2026-13-01" }, /validFrom/],
    [{ id: "a", text: "x", validFrom: "2026-02-01", validTo: "2026-01-01" }, /validTo: must not be before validFrom/],
    [{ id: "a", text: "x", source: { title: "t", url: "javascript:alert(1)" } }, /source.url/],
    [{ id: "a", text: "x", source: { title: "t", checkedBy: "hearsay" } }, /source.checkedBy/],
    ["text", /line/],
  ])("%j are refused with the field's name", (line, message) => {
    expect(() => readImportLine(line, "draft")).toThrow(message);
  });
});
