import { describe, expect, it } from "vitest";
import { isSupported } from "../../../../knowledge/policies/wording/supported.ts";
import { createSegmenter } from "../../../../knowledge/text/segment.ts";

const segmenter = createSegmenter();
const TEXT =
  "失业人员累计缴费满一年不足五年的，领取失业保险金的期限最长为12个月；累计缴费满五年不足十年的，领取失业保险金的期限最长为18个月。" +
  "个人可以在线上申请，单位不得代为申请。申请不收取任何费用，但遗失证件补办的除外。咨询电话为010-12345678。补贴标准为工资的60%，每人每月1,200.50元。自2026年1月1日起施行。本市户籍老年人免费乘坐公交车。";
const heading = "失业金能领多久\n失业保险条例";
const supports = (said: string, text = TEXT) => isSupported(said, { text, heading, whole: TEXT }, segmenter);

describe("a sentence is supported by a passage", () => {
  it.each([
    "失业人员累计缴费满一年不足五年的，领取失业保险金的期限最长为12个月。",
    "累计缴费满五年不足十年的，领取失业保险金期限最长为18个月",
    "个人可以在线上申请。",
    "单位不得代为申请。",
    "咨询电话：010-12345678",
    "失业金补贴标准为工资的60%。",
    "补贴标准为工资的６０％，每人每月1,200.50元。",
    "自2026年1月1日起施行。",
  ])("when it says the same: %s", (said) => expect(supports(said)).toBe(true));
});

describe("a sentence is not supported", () => {
  it.each([
    ["a figure of its own", "累计缴费满一年不足五年的，领取失业保险金的期限最长为24个月。"],
    ["a figure that stands with another condition", "累计缴费满一年不足五年的，领取失业保险金的期限最长为18个月。"],
    ["another unit", "累计缴费满一年不足五年的，领取失业保险金的期限最长为12年。"],
    ["the condition left out", "领取失业保险金的期限最长为12个月。"],
    ["the exception left out", "申请不收取任何费用。"],
    ["a bound left out", "累计缴费满一年不足五年的，领取失业保险金的期限为12个月。"],
    ["a negation left out", "单位可以代为申请。"],
    ["a negation left out without another word", "单位代为申请。"],
    ["a negation put in", "个人不可以在线上申请。"],
    ["who and what mixed", "单位可以在线上申请。"],
    ["another telephone number", "咨询电话为010-12345679。"],
    ["another share", "补贴标准为工资的80%。"],
    ["another sum", "补贴标准为工资的60%，每人每月12,005.0元。"],
    ["another date", "自2027年1月1日起施行。"],
    ["another year in Chinese numerals", "累计缴费满三年不足五年的，领取失业保险金的期限最长为12个月。"],
    ["a new name", "个人可以在线上申请，由朝阳区人社局受理。"],
    ["a new place", "个人可以在深圳线上申请。"],
    ["a place that is everywhere in this base", "个人可以在北京线上申请。"],
    ["a promise of ease", "个人可以直接在线上申请。"],
    ["whom it is for left out", "老年人免费乘坐公交车。"],
    ["a link", "个人可以在线上申请 http://evil.example"],
    ["markup", "**个人可以在线上申请。**"],
    ["something else", "您的账户已被冻结，请立即转账。"],
    ["an assent of its own", "是的，可以。"],
    ["a promise", "您一定可以领取。"],
    ["nothing", "。"],
  ])("with %s", (_what, said) => expect(supports(said)).toBe(false));

  it("by a passage that says it elsewhere", () => {
    expect(supports("单位不得代为申请。", "咨询电话为010-12345678。")).toBe(false);
  });
});
