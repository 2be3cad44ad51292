import { beforeAll, describe, expect, it } from "vitest";
import { withChanges } from "../../../knowledge/life/overlay.ts";
import type { Entry } from "../../../knowledge/policies/entry.ts";
import { createEntryIndex, type EntryIndex } from "../../../knowledge/policies/entry-index.ts";
import { judge } from "../../../knowledge/policies/judge.ts";
import { loadStarterEntries } from "../../../knowledge/policies/starter.ts";
import { createSegmenter } from "../../../knowledge/text/segment.ts";

const segmenter = createSegmenter();
const starter = loadStarterEntries();
const held = starter.filter((_, i) => i % 10 === 0);
const stays = starter.filter((_, i) => i % 10 !== 0);
const indexOf = (entries: readonly Entry[]): EntryIndex => {
  const index = createEntryIndex({ segmenter });
  for (const entry of entries) index.put(entry);
  return index;
};
const answerOf = (index: EntryIndex, query: string) => {
  const answer = judge({ query, index, segmenter, accept: () => true });
  return answer.kind === "answered" ? answer.sources[0].entryId : "unsure";
};

describe("a base with changes", () => {
  const whole = indexOf(starter);
  const without = indexOf(stays);
  let added: EntryIndex;
  let removed: EntryIndex;
  const questions = starter.flatMap(({ question, similar }) => [question ?? "", similar[0] ?? ""]).filter(Boolean);
  beforeAll(async () => {
    added = await withChanges(without, { put: held, remove: [] }, segmenter);
    removed = await withChanges(whole, { put: [], remove: held.map(({ id }) => id) }, segmenter);
  });

  it("answers as a base that was built anew, 98 times in 100", () => {
    const same = questions.filter((question) => answerOf(added, question) === answerOf(whole, question));
    expect(same.length / questions.length).toBeGreaterThan(0.98);
    expect(added.size()).toBe(whole.size());
  });

  it("scores what was added on the scale of the base", () => {
    const ratios = held.flatMap(({ id, question = "" }) => {
      const score = (index: EntryIndex) =>
        index.search(question, 8, () => true).find(({ entry }) => entry.id === id)?.score;
      const [here, there] = [score(added), score(whole)];
      return here && there ? [here / there] : [];
    });
    expect(ratios).toHaveLength(held.length);
    for (const ratio of ratios) expect(Math.abs(ratio - 1)).toBeLessThan(0.2);
  });

  it("never answers from what was removed, and answers from what took its place", async () => {
    const ids = new Set(held.map(({ id }) => id));
    for (const { question = "" } of held) expect(ids.has(answerOf(removed, question))).toBe(false);
    const [one] = held as [Entry];
    const changed = await withChanges(whole, { put: [{ ...one, text: "全新的说法。" }], remove: [] }, segmenter);
    expect(changed.get(one.id)?.text).toBe("全新的说法。");
    expect(answerOf(changed, one.question ?? "")).toBe(one.id);
    expect(whole.get(one.id)?.text).toBe(one.text);
  });

  it("is not written to", () => {
    expect(() => added.remove("a")).toThrow(/not written to/);
  });
});
