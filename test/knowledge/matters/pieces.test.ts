import { describe, expect, it } from "vitest";
import { loadCatalogue } from "../../../knowledge/catalogue/load.ts";
import { measurePairs } from "../../../knowledge/matters/measure.ts";
import { isSameName, namesIn, numbersIn } from "../../../knowledge/matters/names.ts";
import { loadSharedRows } from "../../../knowledge/matters/shared.ts";

const district = { code: "110106", name: "丰台区" };
const subdistrict = { code: "110106009", name: "方庄街道" };

describe("地址里的名字", () => {
  it.each([
    ["望京西园四区北门外", ["望京西园四区"]],
    ["丰台区方庄街道芳古园一区5号楼门前", ["芳古园一区"]],
    ["方庄芳古园一区", ["芳古园一区"]],
    ["鲁谷东街与鲁谷路交叉口", ["鲁谷东街", "鲁谷路"]],
    ["杨梅竹斜街公厕", ["杨梅竹斜街"]],
    ["九龙花园东侧工地", ["九龙花园"]],
    ["丰台区", []],
  ])("%s", (text, names) => {
    expect(namesIn({ text, district, subdistrict, confidence: 1 })).toEqual(names);
  });

  it.each([
    ["红军营南路", "来广营红军营南路", true],
    ["红莲南里", "红莲北里", false],
    ["宋家庄路", "石榴庄路", false],
    ["中关村南路", "科学院南路", false],
  ])("%s 和 %s", (a, b, same) => expect(isSameName(a, b)).toBe(same));

  it("楼号、院号、区号按各自的单位记，汉字和数字一样", () => {
    const numbers = numbersIn("芳古园一区5号楼，大柳树路17号院，第3栋，北门");
    expect(Object.fromEntries([...numbers].map(([unit, values]) => [unit, [...values]]))).toEqual({
      区: ["1"],
      楼: ["5", "3"],
      号: ["17"],
      门: ["北门"],
    });
    expect([...(numbersIn("上地十街").get("街") ?? [])]).toEqual(["10"]);
  });
});

it("每一行“谁都会遇到”都对得上派单目录", () => {
  const { leaves } = loadCatalogue();
  const names = new Map(
    leaves.flatMap(
      ({ code, path }) =>
        [
          [code, path[2]],
          [code.slice(0, 4), path[1]],
        ] as const,
    ),
  );
  for (const { code, name } of loadSharedRows()) expect([code, names.get(code)]).toEqual([code, name]);
});

describe("量得准不准", () => {
  it("精确率、召回率和两者的调和", () => {
    const pairs = [
      { same: true, score: 0.9 },
      { same: true, score: 0.2 },
      { same: false, score: 0.8 },
      { same: false, score: 0.1 },
    ];
    expect(measurePairs(pairs, 0.5)).toEqual({ pairs: 4, precision: 0.5, recall: 0.5, f1: 0.5, threshold: 0.5 });
  });

  it("什么都没叫出来时没有叫错", () => {
    expect(measurePairs([{ same: true, score: 0 }], 0.5)).toMatchObject({ precision: 1, recall: 0, f1: 0 });
  });
});
