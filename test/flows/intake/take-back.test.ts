import { describe, expect, it } from "vitest";
import { mergePlace } from "../../../flows/intake/merge-place.ts";
import { takenBack } from "../../../flows/intake/take-back.ts";

describe("更正的话", () => {
  it.each([
    ["不对，是三单元", { right: "三单元", explicit: true }],
    ["错了，应该是周三", { right: "周三", explicit: true }],
    ["说错了，不是四区，是三区", { wrong: "四区", right: "三区", explicit: true }],
    ["不是四区，是三区", { wrong: "四区", right: "三区", explicit: false }],
    ["是三区不是四区", { wrong: "四区", right: "三区", explicit: false }],
    ["三区，不是四区", { wrong: "四区", right: "三区", explicit: false }],
    ["把四区改成三区", { wrong: "四区", right: "三区", explicit: false }],
    ["应该是前天晚上", { right: "前天晚上", explicit: false }],
    ["更正：13900000000", { right: "13900000000", explicit: true }],
    ["抱歉，我刚才说错了，是二号楼", { right: "二号楼", explicit: true }],
    ["不对不对", { explicit: true }],
    ["写错了", { explicit: true }],
  ])("%s", (text, taken) => expect(takenBack(text)).toEqual(taken));

  it.each(["楼上天天吵", "我家门口的灯坏了", "不知道", "没有", "匿名", "王女士 13800000000", "公积金怎么提取"])(
    "不是更正：%s",
    (text) => expect(takenBack(text)).toBeUndefined(),
  );

  it("很长的文字也很快", () => {
    expect(takenBack(`不是${"是不是".repeat(20_000)}`)).toBeUndefined();
  });
});

describe("更正地点", () => {
  it.each([
    ["望京西园四区2号楼五单元", "三单元", "望京西园四区2号楼三单元"],
    ["望京西园四区", "三区", "望京西园三区"],
    ["望京西园四区", "2号楼", "望京西园四区2号楼"],
    ["望京西园四区2号楼", "3号楼1单元", "望京西园四区3号楼1单元"],
    ["望京西园四区", "海淀区中关村", "海淀区中关村"],
    ["", "三单元", "三单元"],
  ])("%s 改 %s", (known, correction, merged) => expect(mergePlace(known, correction)).toBe(merged));
});
