import { describe, expect, it } from "vitest";
import { dangerIn } from "../../../knowledge/triage/danger/danger.ts";
import { mannerOf } from "../../../knowledge/triage/manner.ts";

const lines = (texts: string): string[] => texts.trim().split("\n");

describe("辱骂和威胁", () => {
  it.each(
    lines(`
你们就是一群废物
你个傻逼机器人
傻逼
操你妈
SB客服
你们12345的接线员都是饭桶
滚
你脑子有病吧
什么垃圾客服，智障
去你大爷的
你们这帮人就是垃圾
王八蛋，电话也不接`),
  )("insults: %s", (text) => {
    expect(mannerOf(text).abuse).toBe("insult");
  });

  it.each(
    lines(`
再不处理我弄死你
信不信我找人收拾你
我要砍死那个保安
明天我带刀去找你
让你们全家不得好死
打断他的腿
小心你们的狗命
我一把火烧了你们单位
见一次打一次`),
  )("threatens: %s", (text) => {
    expect(mannerOf(text).abuse).toBe("threat");
  });

  it.each(
    lines(`
这破物业什么都不管
垃圾物业，收钱不办事
气死我了，三天没水
你们小区垃圾没人清
垃圾桶满了
邻居骂我傻逼
保安辱骂业主是狗东西
老板说要弄死我
他威胁要打死我们全家
有人扬言砍死他老婆
神经病医院在哪
楼上那户有神经病人，半夜敲门
孩子智障，能办残疾证吗
想死你了
请问滚动播放的广告谁管
拍全家福的照相馆不退钱`),
  )("does neither: %s", (text) => {
    expect(mannerOf(text).abuse).toBeUndefined();
  });

  it.each(
    lines(`
这破物业什么都不管
垃圾物业，收钱不办事
气死我了，三天没水
凭什么不给退！！！
他妈的又停电
太过分了`),
  )("anger about the matter is anger: %s", (text) => {
    expect(mannerOf(text)).toEqual({ anger: true });
  });

  it("never hides an emergency behind foul words", () => {
    const text = "你们这帮废物，三号楼着火了还不来";
    expect(mannerOf(text).abuse).toBe("insult");
    expect(dangerIn(text)).toBe("fire");
  });

  it("says nothing of a plain message", () => {
    expect(mannerOf("路灯不亮，请派人看看")).toEqual({});
    expect(mannerOf("")).toEqual({});
  });
});

describe("替企业说话", () => {
  it.each([
    "我司想申请高新技术企业认定",
    "我们是一家小微企业，贷款贴息怎么申请",
    "我是某某公司的法人，年报怎么补",
    "我公司被税务处罚了",
  ])("%s", (text) => {
    expect(mannerOf(text).enterprise).toBe(true);
  });

  it.each(["我们公司拖欠工资", "公司不给交社保", "我公司今年拖欠工资", "企业退休金怎么算"])("not: %s", (text) => {
    expect(mannerOf(text).enterprise).toBeUndefined();
  });
});
