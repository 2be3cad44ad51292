import { describe, expect, it } from "vitest";
import { fitSharpness, probabilities } from "../../../../knowledge/triage/learned/calibrate.ts";
import { assignFolds } from "../../../../knowledge/triage/learned/folds.ts";
import { score } from "../../../../knowledge/triage/learned/matrix.ts";
import { calibrationError, measureLabels } from "../../../../knowledge/triage/learned/measure.ts";
import { packModel, weightOf } from "../../../../knowledge/triage/learned/model.ts";
import { separate } from "../../../../knowledge/triage/learned/support-vector.ts";
import type { ReadMessage } from "../../../../knowledge/triage/learned/tokens.ts";

const read = (title: string, text: string): ReadMessage => ({ title, text, titleWords: [], textWords: [] });

describe("folds", () => {
  const texts = Array.from(
    { length: 40 },
    (_, i) => `第${i}封信${String.fromCharCode(0x4e00 + 37 * i).repeat(3)}说的是`,
  );
  const messages = texts.flatMap((text, i) => [
    read(`甲${i}`, `${text}路灯坏了一个月没有人修理晚上走路看不见${i}号`),
    read(`乙${i}`, `${text}路灯坏了一个月没有人修理晚上走路看不见${i}号！！`),
  ]);
  const classes = messages.map((_, i) => (i < 40 ? 0 : 1));

  it("keep a letter and its near-duplicate together", () => {
    const folds = assignFolds({ messages, classes, count: 5, seed: 1 });
    for (let i = 0; i < messages.length; i += 2) expect(folds[i]).toBe(folds[i + 1]);
  });

  it("keep letters with one title together and spread every label evenly", () => {
    const titles = ["路灯", "水管", "井盖", "电梯", "垃圾", "噪声", "停车", "树枝", "积水", "油烟"];
    const short = [...titles, ...titles].map((title) => read(title, ""));
    const folds = assignFolds({ messages: short, classes: short.map(() => 0), count: 5, seed: 1 });
    for (let i = 0; i < titles.length; i++) expect(folds[i]).toBe(folds[i + titles.length]);
    for (let fold = 0; fold < 5; fold++) expect(folds.filter((each) => each === fold)).toHaveLength(4);
  });
});

describe("a model", () => {
  const sharpness = { both: 1, titleAlone: 1, textAlone: 1 };

  it("keeps small weights about as exactly as large ones, and none that move no score", () => {
    const given = [0.9, -0.3, 0.02, -0.004, 0, 0.25];
    const { bias, features, roots, steps } = packModel({
      ...{ labels: ["a", "b"], profile: "subject", sharpness, features: Uint32Array.of(7, 3, 5, 2, 1) },
      rarities: new Float32Array(5).fill(1),
      separators: [Float32Array.from(given), new Float32Array(6)],
    });
    expect([...features]).toEqual([2, 3, 5, 7]);
    expect(bias[0]).toBeCloseTo(0.25);
    for (const [row, weight] of [-0.004, -0.3, 0.02, 0.9].entries()) {
      const kept = weightOf(roots[2 * row] as number, steps[0] as number);
      expect(Math.abs(kept / weight - 1)).toBeLessThan(0.15);
    }
  });
});

describe("a separation", () => {
  // Nine rows in ten lie on one side, and one feature stands on both.
  const rows = Int32Array.from({ length: 20 }, (_, i) => i);
  const sides = Int8Array.from(rows, (row) => (row < 2 ? 1 : -1));
  const matrix = {
    starts: Int32Array.from({ length: 21 }, (_, i) => i),
    columns: Int32Array.from(rows, (row) => (row < 4 ? 0 : 1)),
    values: new Float32Array(20).fill(1),
    width: 2,
  };
  const leaning = (balanced: boolean): number =>
    score(matrix, 0, separate({ matrix, rows, sides, cost: 1, balanced, seed: 1 }));

  it("gives a rare side the benefit of the doubt only when it is balanced", () => {
    expect(leaning(false)).toBeLessThan(0.05);
    expect(leaning(true)).toBeGreaterThan(0.3);
  });
});

describe("measures", () => {
  it("weigh every label alike", () => {
    const pairs = [
      { wanted: "a", guessed: "a" },
      { wanted: "a", guessed: "a" },
      { wanted: "a", guessed: "b" },
      { wanted: "b", guessed: "b" },
    ];
    const { macroF1, accuracy, f1 } = measureLabels(pairs);
    expect(f1.a).toBeCloseTo(0.8);
    expect(f1.b).toBeCloseTo(2 / 3);
    expect(macroF1).toBeCloseTo((0.8 + 2 / 3) / 2);
    expect(accuracy).toBe(0.75);
  });

  it("find no calibration error where nine of ten that were given 0.9 are right", () => {
    const guesses = Array.from({ length: 10 }, (_, i) => ({ p: 0.9, right: i > 0 }));
    expect(calibrationError(guesses)).toBeCloseTo(0);
    expect(calibrationError(guesses.map(({ right }) => ({ p: 0.5, right })))).toBeCloseTo(0.4);
  });
});

describe("calibration", () => {
  it("gives the best class the share of cases in which it is right", () => {
    const held = Array.from({ length: 100 }, (_, i) => ({ scores: [1, 0], wanted: i < 80 ? 0 : 1 }));
    expect(probabilities([1, 0], fitSharpness(held))[0]).toBeCloseTo(0.8, 3);
  });
});
