import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTextIndex, type Hit, type TextIndex } from "../../../knowledge/text/index.ts";
import { searchExhaustively } from "./exhaustive.ts";

const fields = { title: { weight: 2, lengthNorm: 0.5 }, text: { weight: 1, lengthNorm: 0.75 } };
type Index = TextIndex<"title" | "text">;
type Words = { title: string[]; text: string[] };

const VOCABULARY = 200;

/** Made-up documents and queries of common and rare words; the same for the same seed. */
function createTown(seed: number) {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const word = () => `词${Math.floor(VOCABULARY ** random())}`;
  const words = (most: number) => Array.from({ length: Math.floor(random() * most) }, word);
  const terms = (many: number) => new Map(Array.from({ length: many }, () => [word(), 0.1 + 2 * random()] as const));
  return { random, terms, document: (most: number): Words => ({ title: words(4), text: [...words(most)] }) };
}

/** Lets documents come, go and be replaced; what is there in the end. Later ones are longer, so that the averages move. */
function live(index: Index, steps: number, seed: number): Map<string, Words> {
  const town = createTown(seed);
  const left = new Map<string, Words>();
  for (let step = 0; step < steps; step++) {
    const id = `d${Math.floor(town.random() * steps)}`;
    left.delete(id);
    if (town.random() < 0.25) index.remove(id);
    else {
      const document = town.document(5 + (20 * step) / steps);
      index.add(id, document);
      left.set(id, document);
    }
    if (step % 500 === 0) index.search(town.terms(2), 1);
  }
  return left;
}

/** The scores are the same; where several documents share the last one, any of them may stand there. */
function expectBest(found: readonly Hit[], all: readonly Hit[], limit: number) {
  const best = all.slice(0, limit);
  const scoreOf = new Map(all.map(({ id, score }) => [id, score]));
  expect(new Set(found.map(({ id }) => id)).size).toBe(best.length);
  for (const [i, { id, score }] of found.entries()) {
    expect(score).toBeCloseTo(best[i]?.score as number, 4);
    expect(score).toBeCloseTo(scoreOf.get(id) ?? -1, 4);
  }
}

const seeds = fc.integer({ min: 1, max: 2 ** 31 });
const limits = fc.constantFrom(1, 3, 10, 40, 240, 5000);

describe("a text index of many documents", () => {
  it("finds exactly what scoring every document finds, after any coming and going, with any weights", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 4000 }), limits, (seed, steps, limit) => {
        const index = createTextIndex({ fields });
        const documents = live(index, steps, seed);
        const town = createTown(seed + 1);
        const queries = [1, 6, 20].map((many) => town.terms(many));
        const found = queries.map((terms) => index.search(terms, limit));
        const { averages } = index.save().averages;
        for (const [i, terms] of queries.entries()) {
          expectBest(found[i] as Hit[], searchExhaustively({ documents, fields, averages, terms }), limit);
        }
        expect(index.size()).toBe(documents.size);
      }),
      // So many that sealed runs are written together too.
      { numRuns: 10, examples: [[7, 12_000, 10]] },
    );
  });

  it("finds the same when it was kept and taken up again, and goes on from there", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 3000 }), limits, (seed, steps, limit) => {
        const index = createTextIndex({ fields });
        live(index, steps, seed);
        const terms = createTown(seed + 1).terms(5);
        const found = index.search(terms, limit);
        const again = createTextIndex({ fields, saved: structuredClone(index.save()) });
        expect(again.search(terms, limit)).toEqual(found);
        expect(again.size()).toBe(index.size());
        const documents = live(again, steps, seed + 2);
        live(index, steps, seed + 2);
        expect(again.search(terms, limit)).toEqual(index.search(terms, limit));
        expect(again.remove([...documents.keys()].at(-1) ?? "nobody")).toBe(documents.size > 0);
      }),
      { numRuns: 10 },
    );
  });

  it("counts in how many documents a term stands, whatever went", () => {
    const index = createTextIndex({ fields });
    for (let i = 0; i < 5000; i++) index.add(`d${i}`, { text: ["水", i % 2 === 0 ? "电" : "气"] });
    for (let i = 0; i < 5000; i += 5) index.remove(`d${i}`);
    expect(index.documentFrequency("水")).toBe(4000);
    expect(index.documentFrequency("电")).toBe(2000);
    for (let i = 0; i < 5000; i += 2) index.remove(`d${i}`);
    expect(index.documentFrequency("电")).toBe(0);
    expect(index.search(new Map([["电", 1]]), 10)).toEqual([]);
    expect(index.documentFrequency("气")).toBe(2000);
  });

  it("keeps the older of two equal documents before the newer one", () => {
    const index = createTextIndex({ fields });
    for (let i = 0; i < 9000; i++) index.add(`d${i}`, { text: ["水", "电"] });
    expect(index.search(new Map([["水", 1]]), 3).map(({ id }) => id)).toEqual(["d0", "d1", "d2"]);
  });

  it("finds a term of very many letters, and one with a surrogate pair", () => {
    const index = createTextIndex({ fields });
    const long = "长".repeat(300_000);
    index.add("a", { text: [long, "𠮷"] });
    index.save();
    index.add("b", { text: ["水"] });
    index.remove("b");
    expect(index.documentFrequency(long)).toBe(1);
    expect(index.documentFrequency("𠮷")).toBe(1);
    expect(index.documentFrequency("\ud842")).toBe(0);
  });
});
