import { describe, expect, it } from "vitest";
import { loadDivisions } from "../../../knowledge/places/divisions.ts";
import { createGazetteer } from "../../../knowledge/places/gazetteer.ts";
import { codeFault } from "../../../knowledge/places/landmarks.ts";
import { loadAddressFinder } from "../../../knowledge/places/parsing/address-in.ts";
import { createSegmenter } from "../../../knowledge/text/segment.ts";

const data = loadDivisions();
const gazetteer = createGazetteer({ ...data, segmenter: createSegmenter(), finder: loadAddressFinder() });
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

describe("names with a slip", () => {
  it.each([
    ["朝扬区望景街道停水", "朝阳区/望京街道", "a character that sounds the same"],
    ["回笼观街道停气", "昌平区/回龙观街道", "the same in a subdistrict by itself"],
    ["芳群圆三区社区电梯坏了", "丰台区/方庄街道/芳群园三区社区", "the same in a community"],
    ["太阳官地区修路", "朝阳区/太阳宫地区", "a character that looks alike"],
    ["慧忠北第一社区停水", "朝阳区/大屯街道/慧忠北里第一社区", "a character too few"],
    ["鸿博园家第二社区停水", "朝阳区/小红门地区/鸿博家园第二社区", "two characters swapped"],
  ])("“%s” → %s: %s", async (text, expected) => {
    expect(await names(text)).toBe(expected);
  });

  it.each(["西罗园第九社区停水", "朝阳去哪里办", "我去潮阳出差"])(
    "“%s” is not bent into another place",
    async (text) => {
      const place = await gazetteer.resolve(text);
      expect(place?.community).toBeUndefined();
      expect(place?.confidence ?? 0).toBeLessThan(0.8);
    },
  );

  it("are less sure than names that are written right", async () => {
    const right = await gazetteer.resolve("回龙观街道停气");
    const wrong = await gazetteer.resolve("回笼观街道停气");
    expect(wrong?.confidence).toBeLessThan(right?.confidence ?? 0);
    expect(wrong?.text).toBe("回笼观街道");
  });
});

describe("readings that cannot be told apart", () => {
  const offered = async (text: string) =>
    (await gazetteer.candidates(text)).map((one) => [one.district?.name, one.subdistrict?.name].join("/"));

  it("are offered for a name that two districts have, with no division taken for granted", async () => {
    expect(await offered("八里庄街道有人占道")).toEqual(["朝阳区/八里庄街道", "海淀区/八里庄街道"]);
    expect((await gazetteer.candidates("八里庄街道有人占道")).every(({ confidence }) => confidence <= 0.5)).toBe(true);
    expect(await gazetteer.resolve("八里庄街道有人占道")).toBeUndefined();
  });

  it("are no more than five, of different districts first", async () => {
    const places = await gazetteer.candidates("辛庄村道路没硬化");
    expect(places.length).toBe(5);
    expect(new Set(places.map(({ district }) => district?.code)).size).toBe(5);
  });

  it("leave what they share as the place, hardly sure", async () => {
    const place = await gazetteer.resolve("天通苑早高峰公交挤不上");
    expect(place).toMatchObject({ text: "天通苑", district: { name: "昌平区" }, confidence: 0.5 });
    expect(place?.subdistrict).toBeUndefined();
    expect((await offered("天通苑早高峰公交挤不上")).toSorted()).toEqual([
      "昌平区/天通苑北街道",
      "昌平区/天通苑南街道",
    ]);
  });

  it("are both places where a sentence speaks of two", async () => {
    expect((await offered("从通州到国贸的快速公交")).toSorted()).toEqual(["朝阳区/建外街道", "通州区/"]);
    expect((await gazetteer.resolve("从通州到国贸的快速公交"))?.confidence).toBeLessThanOrEqual(0.5);
  });

  it("are one when the words around tell, and none where nothing is named", async () => {
    expect(await offered("海淀区八里庄街道有人占道")).toEqual(["海淀区/八里庄街道"]);
    expect(await offered("我在西城上班，住在大兴黄村")).toEqual(["大兴区/黄村地区"]);
    expect(await offered("今天天气怎么样")).toEqual([]);
  });
});

describe("the extent of an address in a sentence", () => {
  it.each([
    ["我们小区北门那个垃圾站三天没人收了臭死了，望京西园四区，打了物业没人管", "望京西园四区", "北门"],
    ["住在慧忠北里第一社区，窗外吊车太吵", "慧忠北里第一社区", undefined],
    ["新发地批发市场卡车堵路", "新发地批发市场", undefined],
    ["海淀黄庄路口红灯时间太长", "海淀黄庄路口", undefined],
    ["丰台站出站口没有指示牌", "丰台站出站口", undefined],
  ])("of “%s” is “%s”", async (text, extent, detail) => {
    const place = await gazetteer.resolve(text);
    expect([place?.text, place?.detail]).toEqual([extent, detail]);
  });

  it("tells road, number, building, unit and room", async () => {
    const place = await gazetteer.resolve("北京市朝阳区酒仙桥路8号院2号楼3单元501室漏水");
    expect(place?.text).toBe("北京市朝阳区酒仙桥路8号院2号楼3单元501室");
    expect(place?.parts).toEqual({
      road: "酒仙桥路",
      number: "8号院",
      building: "2号楼",
      unit: "3单元",
      room: "501室",
    });
  });
});

describe("shared points", () => {
  it("keep their label and, where it names a place of the same district, that place", async () => {
    const place = await gazetteer.nearest({ latitude: 39.9952, longitude: 116.4741, label: "望京SOHO" });
    expect(place).toMatchObject({ text: "望京SOHO", subdistrict: { name: "望京街道" }, point: { latitude: 39.9952 } });
    expect(place.estimated).toBeUndefined();
  });

  it("are placed in the district whose border they lie in, and beside a landmark in its subdistrict, as an estimate", async () => {
    const near = await gazetteer.nearest({ latitude: 39.9953, longitude: 116.474 });
    expect(near).toMatchObject({ district: { name: "朝阳区" }, subdistrict: { name: "望京街道" }, estimated: true });
    const lonely = await gazetteer.nearest({ latitude: 40.7, longitude: 116.6 });
    expect(lonely).toMatchObject({ district: { name: "怀柔区" }, estimated: true });
    expect(lonely.subdistrict).toBeUndefined();
    expect(Math.max(near.confidence, lonely.confidence)).toBeLessThanOrEqual(0.5);
  });

  it("count more than a label that names another district", async () => {
    const place = await gazetteer.nearest({ latitude: 40.218, longitude: 116.227, label: "朝阳区" });
    expect(place).toMatchObject({ text: "朝阳区", district: { name: "昌平区" }, estimated: true });
  });

  it("outside the city are in no division, and are told by their coordinates", async () => {
    const place = await gazetteer.nearest({ latitude: 39.13, longitude: 117.2 });
    expect(place).toEqual({
      text: "经度117.200000，纬度39.130000",
      point: { latitude: 39.13, longitude: 117.2 },
      confidence: 0.1,
    });
  });

  it("without outlines are placed by their label alone", async () => {
    const plain = createGazetteer({ ...data, outlines: [] });
    const point = { latitude: 39.9952, longitude: 116.4741 };
    expect(await plain.nearest({ ...point, label: "望京SOHO" })).toMatchObject({ subdistrict: { name: "望京街道" } });
    expect((await plain.nearest(point)).district).toBeUndefined();
  });
});
