import { expect, it } from "vitest";
import type { Check } from "../../../../../server/web/staff/knowledge/model.ts";
import { isHarmful } from "../../../../../server/web/staff/knowledge/review/harm.ts";

const check = (change: "lost" | "other" | "gained" | undefined, failed = false): Check => ({
  tests: {
    asked: 1,
    tried: 1,
    failed: failed ? [{ of: "k-1", question: "几点开", expect: "this", broken: false }] : [],
  },
  questions: { asked: 1, tried: 1, changed: change ? [{ question: "几点开", change }] : [] },
});

it.each([
  ["nothing changes", check(undefined), false],
  ["a question is answered that was not before", check("gained"), false],
  ["another entry answers", check("other"), false],
  ["a question is not answered any more", check("lost"), true],
  ["a test comes out wrong", check(undefined, true), true],
])("where %s, publishing needs a tick or not", (_what, given, expected) => {
  expect(isHarmful(given)).toBe(expected);
});
