import { describe, expect, it } from "vitest";
import type { CategoryGuess } from "../../../bots/model/index.ts";
import { chooseCategory } from "../../../flows/intake/choose-category.ts";

const guesses = (...confidences: number[]): CategoryGuess[] =>
  confidences.map((confidence, i) => ({ code: `01010${i + 1}`, path: ["住房", "物业管理", `目${i + 1}`], confidence }));
const offered = (...confidences: number[]) => {
  const choice = chooseCategory(guesses(...confidences));
  return choice.kind === "offered" ? choice.guesses.length : choice.kind;
};

describe("choosing a category", () => {
  it("takes a guess that is nearly sure", () => {
    expect(chooseCategory(guesses(0.93, 0.04))).toMatchObject({ kind: "taken", guess: { code: "010101" } });
  });

  it("asks when two are in question, however far the first is ahead", () => {
    expect(offered(0.7, 0.15)).toBe(2);
  });

  it("offers a third only when it is worth reading", () => {
    expect(offered(0.5, 0.3, 0.1)).toBe(3);
    expect(offered(0.6, 0.3, 0.01)).toBe(2);
  });

  it("leaves open what no offer is likely to contain", () => {
    expect(offered(0.3, 0.2, 0.1)).toBe("open");
  });

  it("never offers a single leaf, and nothing where nothing was guessed", () => {
    expect(offered(0.75)).toBe("open");
    expect(offered()).toBe("open");
  });
});
