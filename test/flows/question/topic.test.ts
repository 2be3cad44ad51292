import { describe, expect, it } from "vitest";
import { isAskedAgain, lightOf, scopeNamed } from "../../../flows/question/topic.ts";

const topic = { question: "身份证丢了怎么补办", entryId: "shenfenzheng-002", at: "2026-03-01T08:00:00.000Z" };
const minutesLater = (minutes: number) => new Date(Date.parse(topic.at) + minutes * 60_000);

describe("what the talk is about", () => {
  it("is the question answered last, for ten minutes", () => {
    expect(lightOf({ citizen: { topic }, now: minutesLater(0) }).after).toBe(topic.question);
    expect(lightOf({ citizen: { topic }, now: minutesLater(10) }).after).toBe(topic.question);
    expect(lightOf({ citizen: { topic }, now: minutesLater(11) }).after).toBeUndefined();
  });

  it("is nothing before a question was answered, and nothing once another matter came", () => {
    expect(lightOf({ citizen: {}, now: minutesLater(0) }).after).toBeUndefined();
    expect(lightOf({ citizen: { topic: null }, now: minutesLater(0) }).after).toBeUndefined();
  });
});

describe("where and for whom", () => {
  const region = { name: "海淀区", at: topic.at };

  it("is what was named last, for twelve hours", () => {
    expect(lightOf({ citizen: { region }, now: minutesLater(12 * 60) }).region).toBe("海淀区");
    expect(lightOf({ citizen: { region }, now: minutesLater(12 * 60 + 1) }).region).toBeUndefined();
    expect(lightOf({ citizen: { audience: null }, now: minutesLater(0) }).audience).toBeUndefined();
  });

  it("is remembered as far as it is named", () => {
    const now = new Date(topic.at);
    expect(scopeNamed({ region: "海淀区" }, now)).toEqual({ region: { name: "海淀区", at: topic.at } });
    expect(scopeNamed({}, now)).toEqual({});
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
