import { describe, expect, it } from "vitest";
import { createPathFinder } from "../../../../knowledge/places/parsing/best-path.ts";
import { readContext } from "../../../../knowledge/places/parsing/context.ts";
import { createDivisionNames, Division } from "../../../../knowledge/places/parsing/division-names.ts";
import { createFeatureTable } from "../../../../knowledge/places/parsing/feature-table.ts";
import { createGrammar } from "../../../../knowledge/places/parsing/grammar.ts";
import { measurePlaces } from "../../../../knowledge/places/parsing/measure.ts";
import { Piece, readSigns } from "../../../../knowledge/places/parsing/signs.ts";
import { expectations } from "../../../../knowledge/places/parsing/training/expectations.ts";
import { windowsOf } from "../../../../knowledge/places/parsing/windows.ts";

const names = createDivisionNames([
  "# 浙江省",
  "杭州市\t西湖区 余杭区",
  "# 北京市",
  "\t东城区",
  "# 云南省",
  "红河哈尼族彝族自治州\t蒙自市",
]);

describe("names of divisions", () => {
  it("are known with and without their rank", () => {
    expect(names.find("浙江省")?.bits).toBe(Division.province);
    expect(names.find("杭州")?.bits).toBe(Division.cityShort);
    expect(names.find("红河")?.bits).toBe(Division.cityShort);
    expect(names.find("南京")).toBeUndefined();
  });

  it("are known to follow the city that they lie in", () => {
    expect(readContext("杭州市西湖区", names).divisionAt(3, 3)).toBe(Division.area | Division.parentBefore);
    expect(readContext("南京市西湖区", names).divisionAt(3, 3)).toBe(Division.area);
  });
});

describe("the signs of a text", () => {
  it("are folded, and numbers and words are pieces", () => {
    const { pieces, shape } = readSigns("Ａ座12-3室");
    expect(pieces).toEqual([Piece.letters, "座".charCodeAt(0), Piece.number, 45, Piece.number, "室".charCodeAt(0)]);
    expect(String.fromCharCode(...shape)).toBe("a座00-0室");
  });

  it("know what is said twice", () => {
    const { repeatsEarlier, repeatsLater } = readContext("杭州市西湖区杭州市", names);
    expect([repeatsLater[0], repeatsEarlier[0]]).toEqual([3, 0]);
    expect([repeatsLater[6], repeatsEarlier[6]]).toEqual([0, 3]);
  });
});

describe("windows", () => {
  it("leave nothing out, end after sentences and never tear a number", () => {
    const text = `${"很长的一句话，".repeat(9)}完。${"又一句".repeat(20)}${"1234567890".repeat(3)}`;
    const windows = windowsOf(text, 40);
    expect(windows.map(({ start, end }) => text.slice(start, end)).join("")).toBe(text);
    expect(Math.max(...windows.map(({ start, end }) => end - start))).toBeLessThanOrEqual(40);
    expect(windowsOf("短", 40)).toEqual([{ start: 0, end: 1 }]);
    expect(windowsOf("", 40)).toEqual([]);
  });
});

describe("a chain of two labels", () => {
  const grammar = createGrammar(["a", "b"], [2 * 3 + 0, 2 * 3 + 1, 0 * 3 + 1, 1 * 3 + 0, 0 * 3 + 0]);
  const chain = {
    step: Float32Array.from({ length: grammar.transitions }, (_, at) => at / 7 - 0.4),
    first: new Float32Array(5).fill(0.2),
    last: new Float32Array(5).fill(-0.1),
  };
  const scores = Float32Array.from({ length: 3 * 2 * 2 }, (_, at) => Math.sin(at));
  const segments = { length: 3, longest: 2, labels: 2, scores };

  it("gives every place of the text to just one segment", () => {
    const expected = expectations(grammar, chain, segments).segments;
    for (let place = 0; place < 3; place++) {
      let sum = 0;
      for (let start = 0; start <= place; start++) {
        for (let units = place - start + 1; units <= Math.min(2, 3 - start); units++) {
          for (let label = 0; label < 2; label++) sum += expected[(start * 2 + units - 1) * 2 + label] as number;
        }
      }
      expect(sum).toBeCloseTo(1, 4);
    }
  });

  it("has a best path that tiles the text and keeps to the allowed pairs", () => {
    const path = createPathFinder(grammar, chain)(segments);
    expect([path[0]?.start, path.at(-1)?.end]).toEqual([0, 3]);
    path.slice(1).forEach((segment, index) => {
      expect(segment.start).toBe(path[index]?.end);
      expect([segment.label, path[index]?.label]).not.toEqual([1, 1]);
    });
  });
});

describe("measuring", () => {
  it("counts a part only when label, start and end are right", () => {
    const truth = [
      { label: "road", start: 0, end: 3 },
      { label: "roadno", start: 3, end: 6 },
    ];
    const found = [
      { label: "road", start: 0, end: 3 },
      { label: "houseno", start: 3, end: 6 },
      { label: "roadno", start: 3, end: 5 },
    ];
    const score = measurePlaces([{ truth, found }]);
    expect(score).toMatchObject({ precision: 0.3333, recall: 0.5, f1: 0.4, texts: 1, entities: 2 });
    expect(score.perLabel.roadno).toEqual({ precision: 0, recall: 0, f1: 0, support: 1 });
  });
});

describe("a table of features", () => {
  it("knows the row of every hash and none of any other", () => {
    const hashes = Int32Array.of(-5, 3, 19, 35, 51);
    const table = createFeatureTable(hashes);
    expect(Array.from(hashes, (hash) => table.rowOf(hash))).toEqual([0, 1, 2, 3, 4]);
    expect(table.rowOf(67)).toBe(-1);
  });
});
