import { describe, expect, it } from "vitest";
import { learnNearWords } from "../../../knowledge/text/learn-near-words.ts";
import { loadNearWords, readNearWords } from "../../../knowledge/text/near-words.ts";
import { createSegmenter } from "../../../knowledge/text/segment.ts";
import { learnTitleWords, loadTitleWords, readTitleWords } from "../../../knowledge/text/title-words.ts";

const segmenter = createSegmenter();

describe("near words", () => {
  it("as shipped, put words of one matter beside each other", () => {
    const near = loadNearWords();
    const number = (word: string) => near.numberOf(word) ?? Number.NaN;
    const likeness = (one: string, other: string) => near.likeness(number(one), number(other));
    expect(likeness("公积金", "贷款")).toBeGreaterThan(likeness("公积金", "噪音"));
    expect(likeness("拖欠", "工资")).toBeGreaterThan(likeness("拖欠", "公交"));
    expect(likeness("公积金", "公积金")).toBeCloseTo(1, 1);
    expect(near.numberOf("没有这个词")).toBeUndefined();
  });

  it("give a text a direction, and none to a text without words", () => {
    const near = loadNearWords();
    const of = (...words: string[]) =>
      near.direction(
        words.flatMap((word) =>
          near.numberOf(word) === undefined ? [] : [[near.numberOf(word) as number, 1] as const],
        ),
      );
    expect(near.agreement(of("公积金", "提取"), of("公积金", "贷款"))).toBeGreaterThan(
      near.agreement(of("公积金", "提取"), of("噪音")),
    );
    expect(near.agreement(of(), of("公积金"))).toBe(0);
  });

  it("are learned from texts, the same bytes every time", () => {
    const texts = Array.from({ length: 60 }, (_, i) =>
      i % 2 === 0
        ? { title: "公积金提取", text: `公积金提取需要贷款合同和身份证明第${i}次` }
        : { text: `公交车站台太远老人走路不方便第${i}次` },
    );
    const options = { texts, segmenter, titleWords: () => 1, dimensions: 4 };
    expect(learnNearWords(options).equals(learnNearWords(options))).toBe(true);
  });

  it("refuse a file that is none", () => {
    expect(() => readNearWords(Buffer.from("something else"))).toThrow("not a file of near words");
  });
});

describe("title words", () => {
  it("as shipped, tell little where they head letters of every kind", () => {
    const tell = loadTitleWords();
    expect(tell("咨询")).toBeLessThan(tell("公积金"));
    expect(tell("没有这个词")).toBe(1);
  });

  it("are counted once a title and kept from fifteen titles on", () => {
    const file = learnTitleWords(
      Array.from({ length: 20 }, (_, i) => (i < 16 ? "咨询咨询公交" : "公交")),
      segmenter,
    );
    const tell = readTitleWords(file);
    expect(tell("公交")).toBeLessThan(tell("咨询"));
    expect(tell("咨询")).toBeLessThan(1);
  });
});
