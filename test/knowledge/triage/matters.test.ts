import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../../knowledge/catalogue/catalogue.ts";
import { loadCatalogue } from "../../../knowledge/catalogue/load.ts";
import { createSegmenter } from "../../../knowledge/text/segment.ts";
import { mattersIn } from "../../../knowledge/triage/matters.ts";
import { probeOf, shareOf } from "./probe/probe.ts";

const catalogue = createCatalogue({ leaves: loadCatalogue().leaves, segmenter: createSegmenter() });
const split = (text: string) => mattersIn(text, (part) => catalogue.rank(part, 1)[0]);
const probe = probeOf<{ matters: string[] }>("matters");

describe("一条消息里的几件事", () => {
  it.each([
    ["tuned", 0.98, 0.85],
    ["held", 0.95, 0.8],
  ] as const)("splits the %s half rather too seldom than wrongly", (half, precision, recall) => {
    const cases = probe.filter((one) => one.half === half);
    const isRight = ({ text, matters }: (typeof cases)[number]) => split(text).join("|") === matters.join("|");
    const splitUp = shareOf(
      cases.filter(({ text }) => split(text).length > 0),
      isRight,
    );
    expect(splitUp.share, splitUp.wrong.join("\n")).toBeGreaterThanOrEqual(precision);
    const several = shareOf(
      cases.filter(({ matters }) => matters.length > 0),
      isRight,
    );
    expect(several.share, several.wrong.join("\n")).toBeGreaterThanOrEqual(recall);
  });

  it("gives each in the citizen's words", () => {
    const text = "您好，1、路灯不亮。2、自来水发黄；3）门口乱停车！";
    expect(split(text)).toEqual(["路灯不亮", "自来水发黄", "门口乱停车"]);
  });

  it.each([
    "要求：1、修好路灯 2、自来水换管",
    "物业不作为，一是路灯不亮，二是自来水发黄",
    "路灯不亮，另外我的电话是13800000000",
    "1、路灯不亮",
    "1、路灯不亮 2、",
    "",
    "另外",
  ])("“%s” is one", (text) => {
    expect(split(text)).toEqual([]);
  });
});
