import { describe, expect, it } from "vitest";
import { normalize } from "../../../knowledge/text/normalize.ts";

describe("normalize", () => {
  it.each([
    ["ＡＢＣ１２３，你好", "abc123,你好"],
    ["公\u200b积\u202e金\ufeff", "公积金"],
    ["住房公積金怎麼領取", "住房公积金怎么领取"],
    ["軟體", "软件"],
    ["工程式样", "工程式样"],
    ["头发和发展，干部和干净，里面和公里", "头发和发展,干部和干净,里面和公里"],
    ["  多  个\n空白\t ", "多 个 空白"],
    ["\u0000控制\u0007符", "控制符"],
    ["", ""],
    ["👨‍👩‍👧 一家人", "👨👩👧 一家人"],
  ])("“%s” → “%s”", (text, expected) => {
    expect(normalize(text)).toBe(expected);
  });

  it("changes nothing the second time", () => {
    for (const text of ["臺北的計程車", "ＶＩＰ　卡", "㈱①Ⅷ"]) expect(normalize(normalize(text))).toBe(normalize(text));
  });
});
