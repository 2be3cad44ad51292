import { describe, expect, it } from "vitest";
import { loadDivisions } from "../../../knowledge/places/divisions.ts";
import { createGazetteer } from "../../../knowledge/places/gazetteer.ts";
import { codeFault } from "../../../knowledge/places/landmarks.ts";
import { createSegmenter } from "../../../knowledge/text/segment.ts";

const data = loadDivisions();
const gazetteer = createGazetteer({ ...data, segmenter: createSegmenter() });
const names = async (text: string) => {
  const place = await gazetteer.resolve(text);
  return place && [place.district?.name, place.subdistrict?.name, place.community?.name].filter(Boolean).join("/");
};

describe("the divisions' data", () => {
  const of = (level: string) => data.divisions.filter((one) => one.level === level);

  it("has the city's 16 districts, its subdistricts and communities", () => {
    expect(of("district").length).toBe(16);
    expect(of("subdistrict").length).toBeGreaterThan(330);
    expect(of("community").length).toBeGreaterThan(6500);
  });

  it("uses every code once, below a parent that exists", () => {
    const codes = new Set(data.divisions.map((one) => one.code));
    expect(codes.size).toBe(data.divisions.length);
    for (const { level, parent, code } of data.divisions) {
      if (level !== "district") expect(codes.has(parent ?? "") && code.startsWith(parent ?? "?")).toBe(true);
    }
  });

  it("has 600 landmarks and more, in divisions that exist", () => {
    const known = new Map(data.divisions.map((one) => [one.code, one]));
    expect(data.landmarks.length).toBeGreaterThan(600);
    expect(data.landmarks.filter((one) => codeFault(one, known) !== undefined).map((one) => one.name)).toEqual([]);
  });
});

describe("places in running text", () => {
  it.each([
    ["朝阳区望京街道南湖中园社区楼下太吵", "朝阳区/望京街道/南湖中园社区"],
    ["望京西园四区3号楼天天停水", "朝阳区/望京街道/望京西园四区社区"],
    ["石景山八角街道路灯坏了", "石景山区/八角街道"],
    ["回龙观东大街堵车", "昌平区/回龙观街道"],
    ["东四附近路面塌陷", "东城区/东四街道"],
    ["通州梨园地铁站共享单车乱停", "通州区/梨园镇"],
    ["我在延庆", "延庆区"],
    ["朝陽區望京街道停水", "朝阳区/望京街道"],
    ["昌平区辛庄村停水了", "昌平区"],
    ["上地十街百度大厦旁边", "海淀区/上地街道"],
    ["北京朝阳的路坏了", "朝阳区"],
  ])("“%s” → %s", async (text, expected) => {
    expect(await names(text)).toBe(expected);
  });

  it.each([
    "人行天桥坏了",
    "我住平房没暖气",
    "大兴土木影响休息",
    "朝阳的房间更亮",
    "东四环堵车",
    "朝阳群众很厉害",
    "光明牛奶过期",
    "四村停电",
    "幸福社区",
    "今天天气怎么样",
    "物业不作为",
    "",
  ])("“%s” names no place", async (text) => {
    expect(await names(text)).toBeUndefined();
  });

  it.each([
    ["北京市朝阳区酒仙桥路8号院2号楼漏水", "北京市朝阳区酒仙桥路8号院2号楼"],
    ["望京西园四区3号楼2单元天天停水", "望京西园四区3号楼2单元"],
    ["朝陽區望京街道停水", "朝陽區望京街道"],
    ["海淀区学院路街道路灯坏了", "海淀区学院路街道"],
  ])("cuts the citizen's own words for the address out of “%s”", async (text, expected) => {
    expect((await gazetteer.resolve(text))?.text).toBe(expected);
  });

  it("is surer of an official name with its district than of a short one alone", async () => {
    const full = await gazetteer.resolve("朝阳区望京街道");
    const short = await gazetteer.resolve("望京");
    expect(full?.confidence).toBeGreaterThan(short?.confidence ?? 1);
  });
});

describe("shared points", () => {
  it("keep their label and, where it names a place, that place", async () => {
    const place = await gazetteer.nearest({ latitude: 39.99, longitude: 116.48, label: "望京SOHO" });
    expect(place).toMatchObject({ text: "望京SOHO", subdistrict: { name: "望京街道" }, point: { latitude: 39.99 } });
  });

  it("without a label are told by their coordinates, and hardly sure of anything", async () => {
    const place = await gazetteer.nearest({ latitude: 39.9, longitude: 116.4 });
    expect(place.text).toBe("经度116.400000，纬度39.900000");
    expect(place.confidence).toBeLessThan(0.2);
  });
});
