import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../../knowledge/catalogue/catalogue.ts";
import { createLetterPrior } from "../../../knowledge/catalogue/letter-prior.ts";
import { loadCatalogue } from "../../../knowledge/catalogue/load.ts";
import { loadMunicipalLabels } from "../../../knowledge/catalogue/municipal-labels.ts";
import { createSegmenter } from "../../../knowledge/text/segment.ts";
import { loadShippedClassifier } from "../../../knowledge/triage/learned/shipped.ts";

const segmenter = createSegmenter();
const { leaves } = loadCatalogue();
const labelOf = loadMunicipalLabels();
const prior = createLetterPrior({ classifier: loadShippedClassifier("category", segmenter), leaves, labelOf });

/** Our own; the street and the school stand in it, and what it asks for is the school's. */
const LETTER =
  "尊敬的领导：我是一名初三学生的家长。孩子所在的学校每天早上七点就要求到校，晚自习上到九点半，周六还要集体补课，按学期收费。" +
  "学校门口的马路又窄，接送的车把路堵得水泄不通。我们希望教育主管部门查一查违规补课和收费，让孩子能睡够觉。";

describe("长信的先验", () => {
  it("短的话不作声", () => {
    expect(prior("路灯坏了")).toBeUndefined();
    expect(prior("短".repeat(79))).toBeUndefined();
  });

  it("每个目按它的大类有一个可能性", () => {
    const chances = prior(LETTER);
    expect(chances?.size).toBe(leaves.length);
    for (const chance of chances?.values() ?? []) expect(chance).toBeGreaterThanOrEqual(0);
  });

  it("长信里说到别的事，也排得上正主", () => {
    const [best] = createCatalogue({ leaves, segmenter, prior }).rank(LETTER, 1);
    expect(labelOf(best?.code ?? "")).toBe("教育文体");
  });
});
