import { describe, expect, it } from "vitest";
import { occurredAtIn } from "../../../../knowledge/triage/slots/occurred-at.ts";

/** A Thursday afternoon. */
const at = new Date("2026-11-26T15:00:00+08:00");
const read = (text: string, isQuestion = false) => {
  const found = occurredAtIn(text, { at, isQuestion });
  return found && { words: text.slice(found.start, found.end), period: found.period };
};
const time = (short: string): string => {
  const [day, clock = "00:00"] = short.split(" ");
  return `${day}T${clock}:00+08:00`;
};

describe("发生时间", () => {
  it.each([
    ["昨晚11点到凌晨楼上一直蹦", "昨晚11点到凌晨", "2026-11-25 23:00", "2026-11-26 06:00"],
    ["昨晚11点到凌晨2点有人唱歌", "昨晚11点到凌晨2点", "2026-11-25 23:00", "2026-11-26 02:00"],
    ["晚上11点到第二天早上6点一直响", "晚上11点到第二天早上6点", "2026-11-25 23:00", "2026-11-26 06:00"],
    ["昨天晚上九点到十一点半", "昨天晚上九点到十一点半", "2026-11-25 21:00", "2026-11-25 23:30"],
    ["连续三天停水", "连续三天", "2026-11-23 15:00", undefined],
    ["停水三天了", "三天", "2026-11-23 15:00", undefined],
    ["持续了2小时", "持续了2小时", "2026-11-26 13:00", undefined],
    ["半年了还没修", "半年", "2026-05-26 15:00", undefined],
    ["上周二在超市买的", "上周二", "2026-11-17", "2026-11-18"],
    ["上周末吵了两天", "上周末", "2026-11-21", "2026-11-23"],
    ["周六晚上聚会", "周六晚上", "2026-11-21 18:00", "2026-11-22"],
    ["大前天下午三点半被拖车", "大前天下午三点半", "2026-11-23 15:30", "moment"],
    ["昨夜两点", "昨夜两点", "2026-11-26 02:00", "moment"],
    ["前天夜里12点", "前天夜里12点", "2026-11-25", "moment"],
    ["昨天２２：３０还在施工", "昨天２２：３０", "2026-11-25 22:30", "moment"],
    ["早上六点垃圾车就响", "早上六点", "2026-11-26 06:00", "moment"],
    ["2026-11-20 14:20停电", "2026-11-20 14:20", "2026-11-20 14:20", "moment"],
    ["10月3号至今没修", "10月3号至今", "2026-10-03", undefined],
    ["从3月到现在一直没修", "从3月到现在", "2026-03-01", undefined],
    ["12月5日买的，用不了", "12月5日", "2025-12-05", "2025-12-06"],
    ["上个月15号到20号没有热水", "上个月15号到20号", "2026-10-15", "2026-10-21"],
    ["5月初到6月中旬", "5月初到6月中旬", "2026-05-01", "2026-06-21"],
    ["10月底买的", "10月底", "2026-10-21", "2026-11-01"],
    ["国庆期间噪音", "国庆期间", "2026-10-01", "2026-10-08"],
    ["去年国庆买的房", "去年国庆", "2025-10-01", "2025-10-08"],
    ["中秋节当晚停电", "中秋节当晚", "2026-09-25 18:00", "2026-09-26"],
    ["除夕夜放炮", "除夕夜", "2026-02-16 18:00", "2026-02-17"],
    ["大年初三没暖气", "大年初三", "2026-02-19", "2026-02-20"],
    ["端午节那天停水", "端午节那天", "2026-06-19", "2026-06-20"],
    ["两小时前有人砸车", "两小时前", "2026-11-26 13:00", "moment"],
    ["半个月前报修", "半个月前", "2026-11-11 15:00", "moment"],
  ])("“%s”：%s", (text, words, from, to) => {
    const period = { from: time(from), ...(to === undefined ? {} : { to: time(to === "moment" ? from : to) }) };
    expect(read(text)).toEqual({ words, period });
  });

  it.each([
    ["每天夜里两点施工", "每天夜里两点"],
    ["每天晚上10点到12点跳舞", "每天晚上10点到12点"],
    ["每周末都施工", "每周末"],
    ["这几天暖气不热", "这几天"],
    ["刚才有人吵架", "刚才"],
  ])("the words alone where no calendar can hold them: %s", (text, words) => {
    expect(read(text)).toEqual({ words, period: undefined });
  });

  it("takes half of a day's hours for the whole day when morning or evening is not said", () => {
    expect(read("昨天8点停电")?.period).toEqual({ from: time("2026-11-25"), to: time("2026-11-26") });
  });

  it("does not read a building's number as minutes", () => {
    expect(read("昨晚11点三号楼停水")?.words).toBe("昨晚11点");
  });

  it.each([
    "三天内必须修好",
    "请在10月1号前交房",
    "我今年65岁",
    "孩子三岁了",
    "2000一个月",
    "拖欠三个月工资",
    "买了iPhone15",
    "7天无理由退货不给退",
    "合同两年",
    "2024款车",
    "营业时间9点到22点",
    "11号线停运",
    "3号楼2单元",
    "三年级学生",
    "晚上10点后不让停车",
    "几点下班",
    "声音小一点",
    "三点要求",
    "2月30日",
    "",
  ])("“%s” tells no time of an event", (text) => {
    expect(read(text)?.period).toBeUndefined();
    if (text !== "2月30日") expect(read(text)).toBeUndefined();
  });

  it("takes the times of a question for opening hours, unless they are past", () => {
    expect(read("图书馆周六几点开门", true)).toBeUndefined();
    expect(read("装修8点到12点可以吗", true)).toBeUndefined();
    expect(read("昨天交的材料多久能批", true)?.words).toBe("昨天");
  });

  it("keeps the most precise of several", () => {
    expect(read("今年搬来的，昨晚11点又漏水")?.words).toBe("昨晚11点");
  });
});
