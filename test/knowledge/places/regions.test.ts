import { describe, expect, it } from "vitest";
import { loadDivisions, loadTerritories } from "../../../knowledge/places/divisions.ts";
import { loadRegions } from "../../../knowledge/places/regions.ts";
import { createSegmenter } from "../../../knowledge/text/segment.ts";

const regions = loadRegions(createSegmenter())();

it("knows all districts and subdistricts of the city, and no communities", () => {
  const wanted = loadDivisions().divisions.filter(({ level }) => level !== "community");
  expect(loadTerritories()).toEqual(wanted);
});

describe("the region that a question names", () => {
  it.each([
    ["海淀区高龄津贴怎么领", "海淀区", "高龄津贴怎么领"],
    ["北京市海淀区高龄津贴怎么领", "海淀区", "高龄津贴怎么领"],
    ["朝阳的居住证在哪办", "朝阳区", "居住证在哪办"],
    ["朝陽區的居住證在哪辦", "朝阳区", "居住证在哪办"],
    ["望京街道养老驿站在哪", "朝阳区望京街道", "养老驿站在哪"],
    ["朝阳区望京停车怎么收费", "朝阳区望京街道", "停车怎么收费"],
    ["海淀区八里庄街道有食堂吗", "海淀区八里庄街道", "有食堂吗"],
  ])("in “%s” is %s", (text, name, without) => {
    expect(regions.mentionedIn(text)).toMatchObject({ region: { name }, without });
  });

  it.each([
    "公积金怎么提取",
    "大兴土木有规定吗",
    "朝阳产业补贴",
    "平房改造补贴",
    "温泉能不能洗",
    "东城区和西城区的补贴一样吗",
    "八里庄街道有食堂吗",
  ])("“%s” names none, or more than one", (text) => {
    expect(regions.mentionedIn(text)).toBeUndefined();
  });
});

describe("what editors write for the region", () => {
  it.each([
    ["朝阳区", "朝阳区"],
    ["北京市朝阳区", "朝阳区"],
    ["朝阳", "朝阳区"],
    ["朝阳区全区", "朝阳区"],
    ["朝阳区、海淀区", "朝阳区 海淀区"],
    ["东城区/西城区", "东城区 西城区"],
    ["朝阳区和海淀区", "朝阳区 海淀区"],
    ["朝阳区望京街道", "朝阳区望京街道"],
    ["望京街道，亚运村街道", "朝阳区望京街道 朝阳区亚运村街道"],
  ])("“%s” is %s", (list, names) => {
    expect(regions.listed(list).map(({ name }) => name)).toEqual(names.split(" "));
  });

  it.each(["城六区", "除朝阳区外", "海淀区望京街道", "朝阳区、浦东新区", ""])("“%s” cannot be read", (list) => {
    expect(regions.listed(list)).toEqual([]);
  });

  it("is the name of one region or none", () => {
    expect(regions.named("海淀")?.name).toBe("海淀区");
    expect(regions.named("海淀区的高龄津贴")).toBeUndefined();
    expect(regions.named("八里庄街道")).toBeUndefined();
  });
});
