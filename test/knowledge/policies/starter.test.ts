import { beforeAll, describe, expect, it } from "vitest";
import type { Entry } from "../../../knowledge/policies/entry.ts";
import { createEntryIndex, type EntryIndex } from "../../../knowledge/policies/entry-index.ts";
import { judge } from "../../../knowledge/policies/judge.ts";
import { loadStarterEntries } from "../../../knowledge/policies/starter.ts";
import { createSegmenter } from "../../../knowledge/text/segment.ts";
import { outOfScope } from "./out-of-scope.ts";

const segmenter = createSegmenter();
const entries = loadStarterEntries();
const share = (part: number, whole: number) => part / Math.max(1, whole);

describe("the starter base's data", () => {
  it("has at least 200 entries and 600 paraphrases", () => {
    expect(entries.length).toBeGreaterThanOrEqual(200);
    expect(entries.flatMap((entry) => entry.similar).length).toBeGreaterThanOrEqual(600);
  });

  it("uses every id once", () => {
    expect(new Set(entries.map((entry) => entry.id)).size).toBe(entries.length);
  });

  it("names source, issuer and the day of checking, and says that it is a demonstration", () => {
    const faulty = entries.filter(
      ({ question, demonstration, source }) =>
        !question || !demonstration || !source?.title || !source.issuer || !source.checkedOn,
    );
    expect(faulty.map((entry) => entry.id)).toEqual([]);
  });

  it("gives every entry three ways of asking, none of them another entry's question", () => {
    const questions = new Map(entries.map((entry) => [entry.question, entry.id]));
    const few = entries.filter((entry) => entry.similar.length < 3);
    const stolen = entries.filter((entry) =>
      entry.similar.some((way) => (questions.get(way) ?? entry.id) !== entry.id),
    );
    expect([...few, ...stolen].map((entry) => entry.id)).toEqual([]);
  });
});

describe("answers from the starter base", () => {
  let index: EntryIndex;
  const ask = (query: string) => judge({ query, index, segmenter, accept: () => true });

  beforeAll(() => {
    index = createEntryIndex({ segmenter });
    for (const entry of entries) index.put(entry);
  });

  it("answers questions as its editors wrote them, from the right entry", () => {
    const asked = entries.flatMap((entry) =>
      [entry.question ?? "", ...entry.similar].map((query) => ({ id: entry.id, query })),
    );
    const right = asked.filter(({ id, query }) => {
      const { answer } = ask(query);
      return answer.kind === "answered" && answer.sources[0].entryId === id;
    });
    expect(share(right.length, asked.length)).toBeGreaterThanOrEqual(0.97);
  });

  it("is right nine times in ten when it answers a wording that it has not seen", { timeout: 60_000 }, () => {
    const asked = entries.flatMap((entry) => askWithout(entry));
    const answered = asked.filter(({ answer }) => answer.kind === "answered");
    const right = answered.filter(({ id, answer }) => answer.kind === "answered" && answer.sources[0].entryId === id);
    expect(share(right.length, answered.length)).toBeGreaterThanOrEqual(0.9);
    expect(share(answered.length, asked.length)).toBeGreaterThanOrEqual(0.12);
  });

  /** Asks each of the entry's paraphrases while the entry does not have it. */
  function askWithout(entry: Entry) {
    const asked = entry.similar.map((left) => {
      index.put({ ...entry, similar: entry.similar.filter((way) => way !== left) });
      return { id: entry.id, answer: ask(left).answer };
    });
    index.put(entry);
    return asked;
  }

  it("answers at most one in twenty sentences about other things", () => {
    const answered = outOfScope.filter((query) => ask(query).answer.kind === "answered");
    expect(outOfScope.length).toBeGreaterThanOrEqual(60);
    expect(share(answered.length, outOfScope.length), answered.join("、")).toBeLessThanOrEqual(0.05);
  });

  it("quotes verbatim", () => {
    for (const { id, question, text } of entries) {
      const { answer } = ask(question ?? "");
      const sources = answer.kind === "answered" ? answer.sources : answer.nearest;
      for (const source of sources) if (source.entryId === id) expect(text).toContain(source.quote);
    }
  });
});
