import { describe, expect, it } from "vitest";
import type { Json } from "../../bots/model/index.ts";
import { createIntakeFlow } from "../../flows/intake/intake.ts";
import { createProgressFlow } from "../../flows/progress/progress.ts";

const PICTURE = { id: "m1", mediaType: "image", mimeType: "image/jpeg", sizeBytes: 1, name: "灯.jpg" };
const PLACE = { text: "北纬39.9962°", confidence: 0.1, point: { latitude: 39.9962, longitude: 116.4803 } };
const TAKEN = { by: "image", near: "北纬39.9962°", place: PLACE };
const BASE = { requestId: "r", kind: "complaint", guesses: [], description: "楼下垃圾堆了三天没人清运" };

describe("更新以后接着说：附件和照片里的位置都还在", () => {
  const carried = (values: Json) => createIntakeFlow().carryOver(0, { values, asking: "place" });

  it("登记诉求", () => {
    const state = carried({ ...BASE, evidence: [PICTURE], taken: TAKEN, voiceNoted: "place 12" });
    expect(state?.values).toMatchObject({ evidence: [PICTURE], taken: TAKEN, voiceNoted: "place 12" });
  });

  it("答过的位置不再问，样子不对的丢开", () => {
    expect(carried({ ...BASE, taken: { by: "video", near: "x" } })?.values.taken).toEqual({ by: "video", near: "x" });
    expect(carried({ ...BASE, taken: "x" })?.values.taken).toBeUndefined();
    expect(carried({ ...BASE, evidence: [PICTURE, { id: 1 }, null, "x"] })?.values.evidence).toEqual([PICTURE]);
    expect(carried({ ...BASE, evidence: "x" })?.values.evidence).toEqual([]);
  });

  it("补充工单", () => {
    const carry = (state: Json) => createProgressFlow().carryOver(0, state);
    const saved = { asking: "supplement", number: "20260101000001" };
    expect(carry({ ...saved, media: [PICTURE] })).toEqual({ ...saved, media: [PICTURE] });
    expect(carry(saved)).toEqual({ ...saved, media: [] });
    expect(carry({ asking: "withdraw", number: "1" })).toEqual({ asking: "withdraw", number: "1" });
    expect(carry({ asking: "dance", number: "1" })).toBeUndefined();
    expect(carry({ asking: "supplement" })).toBeUndefined();
  });
});
