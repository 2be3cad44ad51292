import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSeal } from "../../../server/store/seal.ts";

const seal = createSeal("a key of sufficient length");

describe("the seal", () => {
  it("opens what it closed, whatever it was", () => {
    const property = fc.property(fc.string({ unit: "grapheme" }), (plain) => seal.open(seal.close(plain)) === plain);
    fc.assert(property);
  });

  it("closes the same text differently each time, and never shows it", () => {
    const closed = Array.from({ length: 600 }, () => seal.close("13800001111"));
    expect(new Set(closed.map((one) => one.toString("hex"))).size).toBe(600);
    expect(closed.some((one) => one.includes("1380"))).toBe(false);
    expect(closed.every((one) => seal.open(one) === "13800001111")).toBe(true);
  });

  it("refuses a value in which any byte was changed", () => {
    const closed = seal.close("东门积水");
    for (let at = 0; at < closed.length; at += 1) {
      const changed = Buffer.from(closed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => seal.open(changed)).toThrow();
    }
  });

  it("refuses a value that was cut short at any place", () => {
    for (const plain of ["", "东门积水"]) {
      const closed = seal.close(plain);
      for (let length = 0; length < closed.length; length += 1) {
        expect(() => seal.open(closed.subarray(0, length))).toThrow();
      }
    }
  });

  it("refuses a value of another key", () => {
    expect(() => createSeal("another key of good length").open(seal.close("x"))).toThrow();
  });

  it("refuses a key that is too short to be one", () => {
    expect(() => createSeal("short")).toThrow(/16 characters/);
  });

  it("digests equal values equally, and only under the same key", () => {
    expect(seal.digest("13800001111")).toMatch(/^[0-9a-f]{32}$/);
    expect(seal.digest("13800001111")).toBe(createSeal("a key of sufficient length").digest("13800001111"));
    expect(seal.digest("13800001111")).not.toBe(seal.digest("13800001112"));
    expect(seal.digest("13800001111")).not.toBe(createSeal("another key of good length").digest("13800001111"));
  });
});
