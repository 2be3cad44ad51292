import { describe, expect, it } from "vitest";
import { createSegmenter } from "../../../knowledge/text/segment.ts";
import { conceptsOf } from "../../../knowledge/text/synonyms.ts";
import { characterPairs, indexTokens, pairOf } from "../../../knowledge/text/tokens.ts";

const segmenter = createSegmenter();

describe("segmenting", () => {
  it("keeps words of the trade whole", () => {
    expect(segmenter.segment("公积金和物业费归接诉即办管吗")).toEqual(
      expect.arrayContaining(["公积金", "物业费", "接诉即办"]),
    );
  });

  it("leaves out punctuation and white space", () => {
    expect(segmenter.segment("！？ ，。")).toEqual([]);
  });

  it("takes further words", () => {
    expect(createSegmenter({ words: ["南湖中园"] }).segment("南湖中园停水")).toEqual(["南湖中园", "停水"]);
  });
});

describe("index tokens", () => {
  it("pairs neighbouring characters, letters and digits too", () => {
    expect(characterPairs("停水了，A座").map(pairOf)).toEqual(["停水", "水了", "a座"]);
  });

  it("counts words, what they stand for, and pairs", () => {
    const tokens = indexTokens("采暖费", segmenter);
    expect(tokens).toContain("采暖费");
    expect(tokens).toEqual(expect.arrayContaining(conceptsOf("供暖费")));
    expect(tokens.length).toBe(1 + conceptsOf("采暖费").length + 2);
  });
});
