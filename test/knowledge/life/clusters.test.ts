import { describe, expect, it } from "vitest";
import { clusterQuestions } from "../../../knowledge/life/clusters.ts";
import { createSegmenter } from "../../../knowledge/text/segment.ts";
import { gapQuestions } from "./gap-questions.ts";

const segmenter = createSegmenter();
const asked = gapQuestions.map(([question], i) => ({ question, at: new Date(1_790_000_000_000 + ((i * 37) % 160)) }));
const subjectOf = new Map(gapQuestions);
const PER_SUBJECT = 4;

describe("questions about the same thing", () => {
  it("stand together: of those in one's group nine in ten are about the same, and most of the others are there", async () => {
    const clusters = await clusterQuestions(asked, segmenter);
    const each = clusters.flatMap(({ members }) =>
      members.map(({ question }) => {
        const same = members.filter((other) => subjectOf.get(other.question) === subjectOf.get(question)).length;
        return { precision: same / members.length, recall: same / PER_SUBJECT };
      }),
    );
    const mean = (key: "precision" | "recall") => each.reduce((sum, one) => sum + one[key], 0) / each.length;
    expect(each).toHaveLength(gapQuestions.length);
    expect(mean("precision")).toBeGreaterThan(0.85);
    expect(mean("recall")).toBeGreaterThan(0.6);
  });

  it("makes the same groups whatever order the questions come in, the largest first", async () => {
    const clusters = await clusterQuestions(asked, segmenter);
    expect(await clusterQuestions(asked.toReversed(), segmenter)).toEqual(clusters);
    const sizes = clusters.map(({ members }) => members.length);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(clusters.every(({ typical, members }) => members.some(({ question }) => question === typical))).toBe(true);
  });

  it("can be nothing, and can be nothing but empty words", async () => {
    expect(await clusterQuestions([], segmenter)).toEqual([]);
    const at = new Date(0);
    const empty = ["怎么办", "怎么办", "为什么", "？？？", ""].map((question) => ({ question, at }));
    const clusters = await clusterQuestions(empty, segmenter);
    expect(clusters.map(({ typical, members }) => `${typical} ${members.length}`)).toContain("怎么办 2");
    expect(clusters.flatMap(({ members }) => members)).toHaveLength(5);
  });
});
