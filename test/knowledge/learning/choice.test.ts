import { describe, expect, it } from "vitest";
import { dot, learnChoice, softmax } from "../../../knowledge/learning/choice.ts";

const row = (...figures: number[]) => Float64Array.from(figures);

describe("learning to choose", () => {
  const lessons = [
    { rows: [row(1, 0.2), row(0, 0.9)], right: [true, false] },
    { rows: [row(0, 0.1), row(1, 0.3), row(0, 0.8)], right: [false, true, false] },
  ];

  it("gives weight to the figure that tells the right one", () => {
    const weights = learnChoice(lessons, { size: 2, restraint: 0.01 });
    expect(weights[0]).toBeGreaterThan(1);
    for (const { rows, right } of lessons) {
      const values = rows.map((one) => dot(one, weights));
      expect(right[values.indexOf(Math.max(...values))]).toBe(true);
    }
  });

  it("gives the same weights every time, smaller ones with more restraint", () => {
    const once = learnChoice(lessons, { size: 2, restraint: 0.01 });
    expect(learnChoice(lessons, { size: 2, restraint: 0.01 })).toEqual(once);
    expect(Math.abs(learnChoice(lessons, { size: 2, restraint: 5 })[0] ?? 0)).toBeLessThan(Math.abs(once[0] ?? 0));
  });

  it("stays by what is expected of a weight the more it is restrained", () => {
    const expected = row(0, 4);
    expect(learnChoice([], { size: 2, restraint: 1, expected })).toEqual(expected);
    const held = learnChoice(lessons, { size: 2, restraint: 5, expected });
    const loose = learnChoice(lessons, { size: 2, restraint: 0.01, expected });
    expect(Math.abs((held[1] ?? 0) - 4)).toBeLessThan(Math.abs((loose[1] ?? 0) - 4));
  });

  it("shares probability out", () => {
    const shares = softmax([1000, 1000, -1000]);
    expect(shares[0]).toBeCloseTo(0.5);
    expect(shares.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1);
  });
});
