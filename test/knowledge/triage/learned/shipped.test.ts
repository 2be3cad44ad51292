import { describe, expect, it } from "vitest";
import { createSegmenter } from "../../../../knowledge/text/segment.ts";
import { loadShippedClassifier } from "../../../../knowledge/triage/learned/shipped.ts";

const segmenter = createSegmenter();

describe("the shipped classifier of subjects", () => {
  const category = loadShippedClassifier("category", segmenter);

  it("tells seven public services apart", () => {
    const labels = ["交通运输", "劳动和社会保障", "卫生计生", "商贸旅游", "城乡建设", "教育文体", "环境保护"];
    expect([...category.labels].sort()).toEqual(labels);
  });

  it.each([
    ["小区对面工地夜里打桩，灰尘也大，河水都黑了", "环境保护"],
    ["老板拖欠我三个月工资，也不给交社保", "劳动和社会保障"],
    ["孩子明年上小学，学区怎么划分？", "教育文体"],
    ["出租车不打表，司机还拒载", "交通运输"],
    ["卫生院打疫苗要排队两个小时，医生态度很差", "卫生计生"],
    ["物业不管事，楼道里的灯坏了，房产证也办不下来", "城乡建设"],
    ["电梯老是出故障，超市卖的食品过期了", "商贸旅游"],
  ])("hears that “%s” is about %s", (text, label) => {
    const { label: guessed, scores } = category.predict({ text });
    expect(guessed).toBe(label);
    expect(Object.values(scores).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
  });
});

describe("the shipped classifier of kinds", () => {
  const kind = loadShippedClassifier("kind", segmenter);

  it.each([
    ["建议在公园门口增设垃圾桶", "建议"],
    ["请问二手房过户需要哪些材料？", "咨询"],
    ["某小区物业乱收停车费", "投诉"],
  ])("hears that whoever writes “%s” would call it %s", (title, label) => {
    expect(kind.predict({ title, text: "" }).label).toBe(label);
  });
});
