import { describe, expect, it } from "vitest";
import { createSegmenter } from "../../../knowledge/text/segment.ts";
import { kindOf } from "../../../knowledge/triage/kind.ts";
import { loadShippedClassifier } from "../../../knowledge/triage/learned/shipped.ts";
import { createLetterKind } from "../../../knowledge/triage/letter-kind.ts";

const letterKind = createLetterKind(loadShippedClassifier("kind", createSegmenter()));

/** Our own. 建议 and 举报 occur in the stories; neither letter is one. */
const ASKS =
  "请问外地户籍的孩子上小学需要哪些材料\n您好！我是外地户口，在本市交社保三年，租房居住，有居住证。孩子明年九月上小学，邻居建议我早点准备。" +
  "请问需要提供哪些材料？什么时候开始网上登记？租房合同需要备案吗？盼复，谢谢！";
const ACCUSES =
  "幼儿园收费后关门，押金不退\n我在小区旁的幼儿园给孩子交了一年的学费和押金，上了两个月幼儿园突然关门，园长电话不接。" +
  "我们几十个家长去找过好几次，一直推脱不退钱，态度恶劣，太气人了，请求有关部门严肃处理，把钱退给我们。";

describe("长信的诉求类型", () => {
  it("短的话不作声", () => {
    expect(letterKind("路灯坏了")).toBeUndefined();
  });

  it("按整封信的口气，不按中间的一个词", () => {
    expect(kindOf(ASKS, "request", undefined, letterKind)).toBe("consultation");
    expect(["complaint", "help"]).toContain(kindOf(ACCUSES, "request", undefined, letterKind));
  });

  it("开头自己说是什么，就是什么", () => {
    expect(kindOf(`我要举报。${ACCUSES}`, "request", undefined, letterKind)).toBe("report");
  });

  it("险情不看口气", () => {
    expect(kindOf(ASKS, "request", "fire", letterKind)).toBe("emergency");
  });
});
