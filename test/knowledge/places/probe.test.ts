import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadDivisions } from "../../../knowledge/places/divisions.ts";
import { createGazetteer } from "../../../knowledge/places/gazetteer.ts";
import { type LabelledPlace, measureResolving } from "../../../knowledge/places/measure-resolving.ts";
import { createSegmenter } from "../../../knowledge/text/segment.ts";

/** 466 invented messages: names short and long, with slips, shared by several divisions, and words that only look like places. */
const probe = readFileSync(new URL("./probe.jsonl", import.meta.url), "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line) as LabelledPlace & { text: string });
const gazetteer = createGazetteer({ ...loadDivisions(), segmenter: createSegmenter() });

describe("the messages of the probe", () => {
  it("are resolved without a wrong division, and hardly ever to a place that they do not name", async () => {
    const pairs = await Promise.all(
      probe.map(async ({ text, ...truth }) => ({
        truth,
        found: await gazetteer.resolve(text),
        readings: (await gazetteer.candidates(text)).length,
      })),
    );
    const score = measureResolving(pairs);
    expect(score.texts).toBeGreaterThanOrEqual(300);
    expect(score.wrong).toBe(0);
    expect(score.falsePlace).toBeLessThanOrEqual(4);
    expect(Math.min(score.district, score.subdistrict, score.community)).toBeGreaterThanOrEqual(0.98);
    expect(score.ambiguous).toBeGreaterThanOrEqual(0.9);
  });
});
