import { describe, expect, it } from "vitest";
import { isAskedAgain, topicOf } from "../../../flows/question/topic.ts";

const topic = { question: "身份证丢了怎么补办", entryId: "shenfenzheng-002", at: "2026-03-01T08:00:00.000Z" };
const minutesLater = (minutes: number) => new Date(Date.parse(topic.at) + minutes * 60_000);

describe("what the talk is about", () => {
  it("is the question answered last, for ten minutes", () => {
    expect(topicOf({ citizen: { topic }, now: minutesLater(0) })).toBe(topic.question);
    expect(topicOf({ citizen: { topic }, now: minutesLater(10) })).toBe(topic.question);
    expect(topicOf({ citizen: { topic }, now: minutesLater(11) })).toBeUndefined();
  });

  it("is nothing before a question was answered, and nothing once another matter came", () => {
    expect(topicOf({ citizen: {}, now: minutesLater(0) })).toBeUndefined();
    expect(topicOf({ citizen: { topic: null }, now: minutesLater(0) })).toBeUndefined();
  });
});

describe("a counter-question", () => {
  const between = {
    respect: "what" as const,
    options: [
      { entryId: "a", label: "条件" },
      { entryId: "b", label: "材料" },
    ],
  };

  it("is the same again when it offers an entry that was offered just before", () => {
    expect(isAskedAgain(between, ["b", "c"])).toBe(true);
    expect(isAskedAgain(between, ["c"])).toBe(false);
    expect(isAskedAgain(between, null)).toBe(false);
    expect(isAskedAgain(between, undefined)).toBe(false);
  });
});
