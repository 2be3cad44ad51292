import { describe, expect, it } from "vitest";
import { contrast, type Directions, type Parted, type WeighedWords } from "../../../knowledge/text/contrast.ts";
import { partsOf } from "../../../knowledge/text/parted-texts.ts";
import { createSegmenter } from "../../../knowledge/text/segment.ts";

/** Heads of one word, rests of another; nothing in the directions tells yet which belong together. */
const parted: Parted[] = [0, 1, 2].map((i) => ({ head: [[i, 1]], rest: [[i + 3, 1]] }));
const muddled = (): Directions => ({
  width: 3,
  rows: Float64Array.from([1, 0.1, 0, 1, 0, 0.1, 1, 0.1, 0.1, 1, 0, 0.1, 1, 0.1, 0.1, 1, 0.1, 0]),
});

function along({ rows, width }: Directions, words: WeighedWords): number[] {
  const sum = Array.from({ length: width }, (_, k) =>
    words.reduce((total, [word, weight]) => total + weight * (rows[word * width + k] as number), 0),
  );
  return sum.map((part) => part / Math.hypot(...sum));
}

const agreement = (directions: Directions, one: WeighedWords, other: WeighedWords) => {
  const towards = along(directions, other);
  return along(directions, one).reduce((sum, part, k) => sum + part * (towards[k] as number), 0);
};

describe("turning words until heads find their texts", () => {
  it("brings a head nearer to its own rest than to others", () => {
    const directions = muddled();
    const found = () =>
      parted.filter(({ head, rest }) =>
        parted.every((other) => agreement(directions, head, other.rest) <= agreement(directions, head, rest)),
      ).length;
    expect(found()).toBeLessThan(3);
    contrast(directions, Array.from({ length: 40 }, () => parted).flat());
    expect(found()).toBe(3);
  });

  it("gives the same directions every time, and turns nothing where there is nothing to compare", () => {
    const [one, other, alone] = [muddled(), muddled(), muddled()];
    contrast(one, parted);
    contrast(other, parted);
    contrast(alone, parted.slice(0, 1));
    expect(one).toEqual(other);
    expect(one).not.toEqual(muddled());
    expect(alone).toEqual(muddled());
  });
});

describe("texts in two parts", () => {
  const segmenter = createSegmenter();

  it("are a letter's title and its text", () => {
    const [parts, ...more] = partsOf({ title: "公交站台", text: "老人走路不方便" }, segmenter);
    expect(parts?.head.join("")).toBe("公交站台");
    expect(parts?.rest.join("")).toBe("老人走路不方便");
    expect(more).toEqual([]);
  });

  it("are a paper's head and the rest, and of a long one lines without themselves in their rest", () => {
    const words = Array.from({ length: 900 }, (_, i) => `第${i + 1}条`);
    const [first, line, ...more] = partsOf({ text: words.join("，") }, segmenter);
    expect(first?.head.join("")).toContain("第1条");
    expect(line?.head.length).toBe(30);
    expect(line?.rest).not.toContain(line?.head.find((word) => /\d/.test(word)));
    expect(more.length).toBeGreaterThan(0);
  });
});
