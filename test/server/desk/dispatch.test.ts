import { describe, expect, it } from "vitest";
import type { Place } from "../../../bots/model/index.ts";
import { createUnitDirectory } from "../../../server/desk/directory.ts";
import { dispatch } from "../../../server/desk/dispatch.ts";
import { dueAt, gradeOf } from "../../../server/desk/grade.ts";
import { freeTicketNumber } from "../../../server/desk/number.ts";
import { catalogue, divisions, wangjing } from "./fixture.ts";

const units = createUnitDirectory(catalogue, divisions);
const leaf = (code: string) => catalogue.leaves.find((one) => one.code === code);
const districtOnly: Place = { text: "朝阳", district: { code: "110105", name: "朝阳区" }, confidence: 0.8 };
const communityOnly: Place = {
  text: "南湖中园",
  community: { code: "110105026001", name: "南湖中园社区" },
  confidence: 0.8,
};
const nowhere: Place = { text: "我家楼下", confidence: 0 };

const table: [what: string, code: string, place: Place | undefined, way: string, unit: string, second?: string][] = [
  ["双派到街道和区部门", "010101", wangjing, "double", "110105026", "110105-zhujian"],
  ["直派到街道", "030101", wangjing, "direct", "110105026"],
  ["只知道社区，也能派到街道", "030101", communityOnly, "direct", "110105026"],
  ["只知道社区，双派的区部门也找得到", "010101", communityOnly, "double", "110105026", "110105-zhujian"],
  ["公共服务企业与地点无关", "020101", wangjing, "direct", "co-water"],
  ["没有地点，企业照样派", "020101", undefined, "direct", "co-water"],
  ["市级部门照样派", "040101", undefined, "direct", "bj-hrss"],
  ["平台企业没有账号，由监管部门负责", "050101", wangjing, "direct", "110105-shichang"],
  ["平台事项没有地点，到中心", "050101", undefined, "conference", "bj-center"],
  ["街道事项没有地点，到中心", "030101", undefined, "conference", "bj-center"],
  ["街道事项只知道区，到中心", "010101", districtOnly, "conference", "bj-center"],
  ["读不出行政区的地点，到中心", "030101", nowhere, "conference", "bj-center"],
  ["没有类别，到中心", "no-such-leaf", wangjing, "conference", "bj-center"],
];

describe("派单", () => {
  it.each(table)("%s", (_what, code, place, way, unit, second) => {
    const assignment = dispatch(leaf(code), place, units);
    expect(assignment.way).toBe(way);
    expect(assignment.unit.id).toBe(unit);
    expect(assignment.second?.id).toBe(second);
  });

  it("数据里没有的街道和单位，到中心而不是报错", () => {
    const elsewhere: Place = { text: "外地", subdistrict: { code: "310101001", name: "某街道" }, confidence: 0.9 };
    expect(dispatch(leaf("030101"), elsewhere, units).unit.id).toBe("bj-center");
    const gone = {
      code: "1",
      path: ["a", "b", "c"],
      unit: { type: "company", id: "gone" },
      dispatch: "single",
      grade: "7d",
    } as const;
    expect(dispatch(gone, wangjing, units).unit.id).toBe("bj-center");
  });
});

describe("承办单位", () => {
  it.each([
    ["110105026", "望京街道办事处", "望京街道"],
    ["110105030", "将台地区办事处", "将台地区"],
    ["110108101", "温泉镇人民政府", "温泉镇"],
    ["110108-zhujian", "海淀区住房和城乡建设委员会", "海淀区住建委"],
  ])("%s 叫 %s", (id, name, shortName) => {
    expect(units.get(id)).toMatchObject({ name, shortName });
  });

  it("没有市民热线服务中心的数据不能用", () => {
    expect(() => createUnitDirectory({ units: [], districtDepartments: [] }, [])).toThrow("bj-center");
  });
});

describe("响应时限", () => {
  it.each([
    ["2h", "2026-03-01T14:00:00.000Z"],
    ["24h", "2026-03-02T12:00:00.000Z"],
    ["7d", "2026-03-08T12:00:00.000Z"],
    ["15d", "2026-03-16T12:00:00.000Z"],
  ] as const)("%s 从派单起算", (grade, due) => {
    expect(dueAt(grade, new Date("2026-03-01T12:00:00Z")).toISOString()).toBe(due);
  });

  it("应急一律两小时，没有类别按七天", () => {
    expect(gradeOf("emergency", leaf("040101"))).toBe("2h");
    expect(gradeOf("complaint", leaf("040101"))).toBe("15d");
    expect(gradeOf("complaint", undefined)).toBe("7d");
  });
});

describe("工单编号", () => {
  it("日期是北京的日期", () => {
    expect(
      freeTicketNumber(
        new Date("2026-02-28T16:30:00Z"),
        () => 0.5,
        () => false,
      ),
    ).toBe("20260301500000");
  });

  it("占用的编号跳过，到头从零再找", () => {
    const taken = new Set(["20260301999999", "20260301000000"]);
    expect(
      freeTicketNumber(
        new Date("2026-03-01T00:00:00Z"),
        () => 0.9999999,
        (number) => taken.has(number),
      ),
    ).toBe("20260301000001");
  });

  it("一天的编号用完时报错而不是死循环", () => {
    expect(() =>
      freeTicketNumber(
        new Date("2026-03-01T00:00:00Z"),
        () => 0,
        () => true,
      ),
    ).toThrow("taken");
  });
});
