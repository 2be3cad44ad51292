import { describe, expect, it } from "vitest";
import type { StatutoryMatter } from "../../../bots/model/index.ts";
import { statutoryMatterIn } from "../../../knowledge/triage/statutory.ts";
import { probeOf, shareOf } from "./probe/probe.ts";

const probe = probeOf<{ statutory: StatutoryMatter | null }>("statutory");

describe("法定途径的识别", () => {
  it.each([
    ["tuned", 0.98, 0.98],
    ["held", 0.95, 0.97],
  ] as const)(
    "tells matters with a channel of their own from their look-alikes in the %s half",
    (half, found, quiet) => {
      const cases = probe.filter((one) => one.half === half);
      const real = shareOf(
        cases.filter((one) => one.statutory),
        ({ text, statutory }) => statutoryMatterIn(text) === statutory,
      );
      expect(real.share, real.wrong.join("\n")).toBeGreaterThanOrEqual(found);
      const others = shareOf(
        cases.filter((one) => !one.statutory),
        ({ text }) => statutoryMatterIn(text) === undefined,
      );
      expect(others.share, others.wrong.join("\n")).toBeGreaterThanOrEqual(quiet);
    },
  );

  it.each([
    "怎么申请信息公开",
    "物业主任收红包",
    "劳动仲裁怎么申请",
    "法院门口路灯坏了",
    "老板说有本事去法院告，就是不给钱",
    "",
  ])("“%s” is none", (text) => {
    expect(statutoryMatterIn(text)).toBeUndefined();
  });

  it("hears a case of one's own behind a question", () => {
    expect(statutoryMatterIn("举报镇长贪污，找谁管管？")).toBe("discipline");
    expect(statutoryMatterIn("法院判决不公，怎么没人管")).toBe("litigation");
  });
});
