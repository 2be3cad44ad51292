import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTextIndex } from "../../../knowledge/text/index.ts";

const make = () =>
  createTextIndex({ fields: { title: { weight: 2, lengthNorm: 0.5 }, text: { weight: 1, lengthNorm: 0.75 } } });
const query = (...terms: string[]) => new Map(terms.map((term) => [term, 1]));
const ids = (hits: { id: string }[]) => hits.map((hit) => hit.id);

describe("the text index", () => {
  it("ranks a word in the title before one in the text, and rare words before common ones", () => {
    const index = make();
    index.add("a", { title: ["水"], text: ["电"] });
    index.add("b", { title: ["电"], text: ["水"] });
    index.add("c", { text: ["气", "电"] });
    expect(ids(index.search(query("水"), 10))).toEqual(["a", "b"]);
    expect(ids(index.search(query("电", "气"), 1))).toEqual(["c"]);
  });

  it("forgets what is removed and takes the newest of what is replaced", () => {
    const index = make();
    index.add("a", { text: ["水"] });
    index.add("a", { text: ["电"] });
    expect(index.search(query("水"), 10)).toEqual([]);
    expect(ids(index.search(query("电"), 10))).toEqual(["a"]);
    expect(index.remove("a")).toBe(true);
    expect(index.remove("a")).toBe(false);
    expect(index.size()).toBe(0);
    expect(index.documentFrequency("电")).toBe(0);
  });

  it("finds nothing in nothing", () => {
    expect(make().search(query("水"), 10)).toEqual([]);
    expect(make().search(new Map(), 10)).toEqual([]);
  });

  it("takes no more than four fields", () => {
    const field = { weight: 1, lengthNorm: 0 };
    expect(() => createTextIndex({ fields: { a: field, b: field, c: field, d: field, e: field } })).toThrow(/four|4/);
  });

  it("answers after any coming and going like an index built afresh", () => {
    const word = fc.constantFrom("水", "电", "气", "暖", "路");
    const step = fc.record({
      id: fc.integer({ min: 0, max: 300 }),
      words: fc.option(fc.array(word, { minLength: 1, maxLength: 6 })),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 500, maxLength: 1500 }), (steps) => {
        const lived = make();
        const last = new Map<string, string[]>();
        for (const { id, words } of steps) {
          last.delete(`d${id}`);
          if (words) {
            lived.add(`d${id}`, { text: words });
            last.set(`d${id}`, words);
          } else lived.remove(`d${id}`);
        }
        const fresh = make();
        for (const [id, words] of last) fresh.add(id, { text: words });
        const scores = (hits: { score: number }[]) => hits.map((hit) => hit.score);
        const [a, b] = [lived.search(query("水", "路"), 10), fresh.search(query("水", "路"), 10)];
        expect(lived.size()).toBe(last.size);
        expect(lived.documentFrequency("水")).toBe(fresh.documentFrequency("水"));
        expect(a.length).toBe(b.length);
        for (const [i, score] of scores(a).entries())
          expect(Math.abs(score - (scores(b)[i] as number))).toBeLessThan(0.15);
      }),
      { numRuns: 10 },
    );
  });
});
