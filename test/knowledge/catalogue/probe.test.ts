import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { chooseCategory } from "../../../flows/intake/choose-category.ts";
import { createCatalogue } from "../../../knowledge/catalogue/catalogue.ts";
import { loadCatalogue } from "../../../knowledge/catalogue/load.ts";
import { type LabelledLeaves, measureLeaves } from "../../../knowledge/catalogue/measure.ts";
import { createSegmenter } from "../../../knowledge/text/segment.ts";
import { readProbe } from "./probe.ts";

const { leaves } = loadCatalogue();
const [tune, heldOut, late] = [readProbe("tune"), readProbe("held-out"), readProbe("late")];
const all = [...tune, ...heldOut, ...late];

describe("the probe", () => {
  it("has at least 900 different sentences over every 类 and 350 leaves", () => {
    expect(new Set(all.map(({ text }) => text)).size).toBe(all.length);
    expect(all.length).toBeGreaterThanOrEqual(900);
    const wanted = new Set(all.flatMap((one) => one.leaves));
    expect(wanted.size).toBeGreaterThanOrEqual(350);
    expect(new Set([...wanted].map((code) => code.slice(0, 2)))).toEqual(
      new Set(leaves.map(({ code }) => code.slice(0, 2))),
    );
  });

  it("names only leaves that exist", () => {
    const known = new Set(leaves.map(({ code }) => code));
    expect(all.flatMap((one) => one.leaves).filter((code) => !known.has(code))).toEqual([]);
  });

  it("is divided by a hash of the words and nothing else", () => {
    const isEven = ({ text }: { text: string }) => (createHash("sha256").update(text).digest()[0] ?? 0) % 2 === 0;
    expect(tune.every(isEven)).toBe(true);
    expect(heldOut.some(isEven)).toBe(false);
  });

  it("has no sentence of its own among the catalogue's examples", () => {
    const examples = new Set(leaves.flatMap((leaf) => leaf.examples));
    expect(all.filter(({ text }) => examples.has(text))).toEqual([]);
  });
});

describe("what was never learned from", () => {
  const catalogue = createCatalogue({ leaves, segmenter: createSegmenter() });
  const measured = (messages: readonly LabelledLeaves[]) =>
    measureLeaves(
      messages.map((message) => {
        const guesses = catalogue.rank(message.text, 3);
        const choice = chooseCategory(guesses);
        const chosen = choice.kind === "taken" ? [choice.guess] : choice.kind === "offered" ? choice.guesses : [];
        return { ...message, guesses, choice: { kind: choice.kind, codes: chosen.map(({ code }) => code) } };
      }),
    );
  const figures = measured(heldOut);

  it("is found: the right leaf first in more than 85 of 100, among three in more than 95", () => {
    expect(figures.top1).toBeGreaterThan(0.85);
    expect(figures.top3).toBeGreaterThan(0.95);
    expect(figures.class1).toBeGreaterThan(0.9);
  });

  it("is taken without asking in most cases, and then rightly in 95 of 100", () => {
    expect(figures.coverage).toBeGreaterThan(0.7);
    expect(figures.precisionTaken).toBeGreaterThanOrEqual(0.95);
  });

  it("has the right leaf among those offered in nine cases of ten", () => {
    expect(figures.precisionAsked).toBeGreaterThanOrEqual(0.9);
  });

  it("is judged with confidences that mean what they say", () => {
    expect(figures.ece).toBeLessThan(0.05);
  });

  it("is found less often when it was written later, and still taken rightly nine times in ten", () => {
    const { top3, coverage, precisionTaken } = measured(late);
    expect(top3).toBeGreaterThan(0.85);
    expect(coverage).toBeGreaterThan(0.5);
    expect(precisionTaken).toBeGreaterThan(0.9);
  });
});
