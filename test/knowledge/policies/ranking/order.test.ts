import { expect, it } from "vitest";
import type { LearnedRanking } from "../../../../knowledge/policies/ranking/learned.ts";
import { rankMeasured } from "../../../../knowledge/policies/ranking/rank-documents.ts";

const candidate = (id: string) => ({
  entry: { id, text: id, similar: [], status: "published" as const },
  score: 0,
  passage: 0,
});
const learned: LearnedRanking = {
  papers: Float64Array.of(1, 0),
  behind: Float64Array.of(0, 1),
  replies: Float64Array.of(-1, 0),
  windows: new Float64Array(),
  grounds: new Float64Array(),
};
const measured = {
  candidates: ["a", "b", "c", "d"].map(candidate),
  signs: [Float64Array.of(3, 2), Float64Array.of(4, 0), Float64Array.of(2, 1), Float64Array.of(1, 3)],
};
const order = (areReplies: boolean) =>
  rankMeasured({ ...measured, areReplies }, learned).map(({ candidate: { entry }, value }) => `${entry.id} ${value}`);

it("puts the first paper by its value, those behind it by weights of their own, and replies by theirs alone", () => {
  expect(order(false)).toEqual(["b 4", "d 1", "a 3", "c 2"]);
  expect(order(true)).toEqual(["d -1", "c -2", "a -3", "b -4"]);
});
