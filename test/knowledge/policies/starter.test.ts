import { beforeAll, describe, expect, it } from "vitest";
import type { Entry } from "../../../knowledge/policies/entry.ts";
import { createEntryIndex, type EntryIndex } from "../../../knowledge/policies/entry-index.ts";
import { judge } from "../../../knowledge/policies/judge.ts";
import { loadStarterEntries } from "../../../knowledge/policies/starter.ts";
import { createSegmenter } from "../../../knowledge/text/segment.ts";
import { citizenQuestions } from "./citizen-questions.ts";
import { outOfScope } from "./out-of-scope.ts";
import { unanswerableQuestions } from "./unanswerable-questions.ts";

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

  it("names source, issuer, the day of checking and what was checked against, and says that it is a demonstration", () => {
    const faulty = entries.filter(
      ({ question, demonstration, source }) =>
        !question || !demonstration || !source?.title || !source.issuer || !source.checkedOn || !source.checkedBy,
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
      const answer = ask(query);
      return answer.kind === "answered" && answer.sources[0].entryId === id;
    });
    expect(share(right.length, asked.length)).toBeGreaterThanOrEqual(0.97);
  });

  it("answers most of what citizens ask in their own words, and nearly always rightly", () => {
    const answered = citizenQuestions.filter(({ text }) => ask(text).kind === "answered");
    const right = answered.filter(({ text, answeredBy }) => named(text).some((id) => answeredBy.includes(id)));
    const found = citizenQuestions.filter(({ text, answeredBy }) => named(text).some((id) => answeredBy.includes(id)));
    expect(citizenQuestions.length).toBeGreaterThanOrEqual(150);
    expect(share(answered.length, citizenQuestions.length)).toBeGreaterThanOrEqual(0.6);
    expect(share(right.length, answered.length)).toBeGreaterThanOrEqual(0.97);
    expect(share(found.length, citizenQuestions.length)).toBeGreaterThanOrEqual(0.95);
  });

  it("answers at most one in twenty questions that it has no answer to, however near their words", () => {
    const answered = unanswerableQuestions.filter(({ text }) => ask(text).kind === "answered").map(({ text }) => text);
    expect(unanswerableQuestions.length).toBeGreaterThanOrEqual(50);
    expect(share(answered.length, unanswerableQuestions.length), answered.join("、")).toBeLessThanOrEqual(0.05);
  });

  it("expects only entries that exist", () => {
    const known = new Set(entries.map((entry) => entry.id));
    expect(citizenQuestions.flatMap(({ answeredBy }) => answeredBy).filter((id) => !known.has(id))).toEqual([]);
    expect(citizenQuestions.filter(({ answeredBy }) => answeredBy.length === 0)).toEqual([]);
  });

  /** The entry that answers, or those that are offered as near. */
  function named(query: string): string[] {
    const answer = ask(query);
    return (answer.kind === "answered" ? answer.sources : answer.nearest).map((source) => source.entryId);
  }

  it("is right five times in six when it answers a paraphrase that it has not seen", { timeout: 60_000 }, () => {
    const asked = entries.flatMap((entry) => askWithout(entry));
    const answered = asked.filter(({ answer }) => answer.kind === "answered");
    const right = answered.filter(({ id, answer }) => answer.kind === "answered" && answer.sources[0].entryId === id);
    expect(share(right.length, answered.length)).toBeGreaterThanOrEqual(0.83);
    expect(share(answered.length, asked.length)).toBeGreaterThanOrEqual(0.17);
  });

  /** Asks each of the entry's paraphrases while the entry does not have it. */
  function askWithout(entry: Entry) {
    const asked = entry.similar.map((left) => {
      index.put({ ...entry, similar: entry.similar.filter((way) => way !== left) });
      return { id: entry.id, answer: ask(left) };
    });
    index.put(entry);
    return asked;
  }

  it("answers at most one in twenty sentences about other things", () => {
    const answered = outOfScope.filter((query) => ask(query).kind === "answered");
    expect(outOfScope.length).toBeGreaterThanOrEqual(60);
    expect(share(answered.length, outOfScope.length), answered.join("、")).toBeLessThanOrEqual(0.05);
  });

  it("quotes verbatim", () => {
    for (const { id, question, text } of entries) {
      const answer = ask(question ?? "");
      const sources = answer.kind === "answered" ? answer.sources : answer.nearest;
      for (const source of sources) if (source.entryId === id) expect(text).toContain(source.quote);
    }
  });
});
