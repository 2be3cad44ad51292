import { describe, expect, it } from "vitest";
import type { Json } from "../../../bots/model/index.ts";
import { restoreState } from "../../../flows/intake/restore.ts";

const SAVED: Json = {
  asking: "contact",
  values: {
    requestId: "r1",
    kind: "complaint",
    description: "路灯坏了",
    guesses: [],
    evidence: [{ id: "m1", mediaType: "image", mimeType: "image/jpeg", sizeBytes: 9 }],
    occurredAt: "昨晚",
    period: { from: "2026-11-25T18:00:00+08:00" },
    facts: [{ kind: "plate", text: "京A12345", value: "京A12345" }],
    pending: ["井盖丢了"],
    aside: "还有一件",
    company: "某公司",
    enterprise: true,
    place: { text: "望京", confidence: 0.5 },
  },
};

describe("换了版本的表单", () => {
  it("说过的都带过来，接着问还缺的", () => {
    const state = restoreState(SAVED);
    expect(state?.asking).toBe("aside");
    expect(state?.values).toMatchObject({
      description: "路灯坏了",
      period: { from: "2026-11-25T18:00:00+08:00" },
      facts: [{ kind: "plate" }],
      pending: ["井盖丢了"],
      aside: "还有一件",
      company: "某公司",
      enterprise: true,
    });
  });

  it("还没定下分不分开的几件事也在", () => {
    const state = restoreState({
      asking: "split",
      values: { requestId: "r", split: { parts: ["甲", "乙"], whole: "甲乙" } },
    });
    expect(state?.asking).toBe("split");
    expect(state?.values.split).toEqual({ parts: ["甲", "乙"], whole: "甲乙" });
  });

  it.each([[null], ["文字"], [{ values: null }], [{ values: { requestId: 7 } }]])(
    "连诉求的编号都没有，就带不过来：%j",
    (saved) => {
      expect(restoreState(saved)).toBeUndefined();
    },
  );

  it("样子不对的值丢下，别的照带", () => {
    const values = { requestId: "r", pending: "不是清单", facts: [{ kind: "别的" }], period: 3, description: "积水" };
    expect(restoreState({ values })?.values).toMatchObject({ description: "积水" });
    expect(restoreState({ values })?.values.facts).toBeUndefined();
  });
});
