import { describe, expect, it } from "vitest";
import type { Place } from "../../../bots/model/index.ts";
import { measureResolving } from "../../../knowledge/places/measure-resolving.ts";

const place = (confidence: number, ...codes: string[]): Place => {
  const [district, subdistrict, community] = codes.map((code) => ({ code, name: code }));
  return { text: "", district, subdistrict, community, confidence };
};

describe("measuring how places are resolved", () => {
  it("counts each level among the texts that name one of it", () => {
    const score = measureResolving([
      { truth: { code: "110105026" }, found: place(0.9, "110105", "110105026"), readings: 1 },
      { truth: { code: "110105026" }, found: place(0.9, "110105"), readings: 1 },
      { truth: { code: "110108" }, found: undefined, readings: 0 },
    ]);
    expect(score).toMatchObject({
      texts: 3,
      district: 0.6667,
      subdistrict: 0.5,
      community: 0,
      wrong: 0,
      falsePlace: 0,
    });
  });

  it("calls a division wrong only where it was given as certain, and none that lies in or around the true one", () => {
    const truth = { code: "110105026" };
    const wrong = (found: Place) => measureResolving([{ truth, found, readings: 1 }]).wrong;
    expect(wrong(place(0.6, "110108"))).toBe(1);
    expect(wrong(place(0.5, "110108"))).toBe(0);
    expect(wrong(place(0.9, "110105"))).toBe(0);
    expect(wrong(place(0.9, "110105", "110105026", "110105026030"))).toBe(0);
  });

  it("wants several readings and no certainty of an ambiguous text", () => {
    const truth = { ambiguous: true };
    const score = measureResolving([
      { truth, found: place(0.5), readings: 2 },
      { truth, found: place(0.5), readings: 1 },
      { truth, found: place(0.9, "110105"), readings: 2 },
    ]);
    expect(score).toMatchObject({ ambiguous: 0.3333, wrong: 1, falsePlace: 0 });
  });

  it("counts what was found where nothing is named, however unsure", () => {
    expect(measureResolving([{ truth: {}, found: place(0.1, "110105"), readings: 1 }]).falsePlace).toBe(1);
  });
});
