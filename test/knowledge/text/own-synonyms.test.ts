import { describe, expect, it } from "vitest";
import { changedGroups, faultIn, rewordings } from "../../../knowledge/text/own-synonyms.ts";

const own = (groups: string[][], off: string[] = []) => ({ groups, off });

describe("a list of synonyms", () => {
  it("switches shipped groups off by their first words, and no others", () => {
    expect(faultIn(own([], ["电动车"]))).toBeUndefined();
    expect(faultIn(own([], ["电瓶车"]))).toEqual({ kind: "not-shipped", word: "电瓶车" });
  });

  it("is sound with words of 2 to 20 characters, each in one group", () => {
    expect(faultIn(own([]))).toBeUndefined();
    expect(
      faultIn(
        own([
          ["房本", "不动产权证书"],
          ["摇号", "小客车指标"],
        ]),
      ),
    ).toBeUndefined();
    expect(faultIn(own([["一".repeat(20), "两字"]]))).toBeUndefined();
  });

  it.each([
    [[["房本"]], { kind: "too-few", at: 0 }],
    [[[]], { kind: "too-few", at: 0 }],
    [[["房本", "证"]], { kind: "length", at: 0, word: "证" }],
    [[["房本", "字".repeat(21)]], { kind: "length", at: 0, word: "字".repeat(21) }],
    [[["房本", ""]], { kind: "length", at: 0, word: "" }],
    [[["房本", "不动产 证"]], { kind: "blank", at: 0, word: "不动产 证" }],
    [[["房本", "不动产\u200b证"]], { kind: "blank", at: 0, word: "不动产\u200b证" }],
    [[["房本", "房本"]], { kind: "twice", at: 0, word: "房本" }],
    [
      [
        ["房本", "房产证"],
        ["红本", "房本"],
      ],
      { kind: "twice", at: 1, word: "房本" },
    ],
    [
      [
        ["ETC卡", "电子收费卡"],
        ["etc卡", "速通卡"],
      ],
      { kind: "twice", at: 1, word: "etc卡" },
    ],
    [
      [
        ["戶口", "户籍"],
        ["户口", "落户"],
      ],
      { kind: "twice", at: 1, word: "户口" },
    ],
  ])("%j is refused", (groups, fault) => {
    expect(faultIn(own(groups))).toEqual(fault);
  });
});

describe("other ways of asking", () => {
  it("put each other word of the group in the place of the one that stands there", () => {
    expect(rewordings("红本丢了怎么办？", [["红本", "房产证", "不动产权证"]])).toEqual([
      "不动产权证丢了怎么办?",
      "房产证丢了怎么办?",
    ]);
  });

  it("are none where no word of a group stands, or no group is", () => {
    expect(rewordings("红本丢了怎么办", [["摇号", "指标"]])).toEqual([]);
    expect(rewordings("红本丢了怎么办", [])).toEqual([]);
  });

  it("never put a word into itself", () => {
    expect(rewordings("五险一金怎么交", [["五险", "五险一金", "社保"]])).toEqual(["社保怎么交"]);
  });

  it("stay few for a question with many words", () => {
    const groups = Array.from({ length: 30 }, (_, i) => [`词语${i}号`, `别名${i}号`, `又名${i}号`]);
    expect(rewordings(groups.map(([word]) => word).join(""), groups).length).toBeLessThanOrEqual(6);
  });
});

describe("the groups that change", () => {
  it("are those of one list only, in whatever order their words stand", () => {
    expect(
      changedGroups(
        own([
          ["甲词", "乙词"],
          ["丙词", "丁词"],
        ]),
        own([
          ["乙词", "甲词"],
          ["戊词", "己词"],
        ]),
      ),
    ).toEqual([
      ["丙词", "丁词"],
      ["戊词", "己词"],
    ]);
  });

  it("are the shipped ones too that are switched on or off", () => {
    expect(changedGroups(own([]), own([], ["路灯"]))).toEqual([["路灯", "灯"]]);
    expect(changedGroups(own([], ["路灯"]), own([], ["路灯"]))).toEqual([]);
  });
});
