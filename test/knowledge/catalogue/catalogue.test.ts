import { describe, expect, it } from "vitest";
import { chooseCategory } from "../../../flows/intake/choose-category.ts";
import { createCatalogue } from "../../../knowledge/catalogue/catalogue.ts";
import { loadCatalogue, type Responsible } from "../../../knowledge/catalogue/load.ts";
import { createSegmenter } from "../../../knowledge/text/segment.ts";
import { createTriage } from "../../../knowledge/triage/triage.ts";
import { complaints } from "./complaints.ts";

const segmenter = createSegmenter();
const data = loadCatalogue();
const { leaves, units, districtDepartments } = data;
const count = (depth: number) => new Set(leaves.map((leaf) => leaf.code.slice(0, depth * 2))).size;

describe("the catalogue's data", () => {
  it("has at least 15 类, 95 项 and 380 目", () => {
    expect(count(1)).toBeGreaterThanOrEqual(15);
    expect(count(2)).toBeGreaterThanOrEqual(95);
    expect(count(3)).toBeGreaterThanOrEqual(380);
  });

  it("uses every code, unit id and department kind once", () => {
    expect(count(3)).toBe(leaves.length);
    expect(new Set(units.map((unit) => unit.id)).size).toBe(units.length);
    expect(new Set(districtDepartments.map((one) => one.kind)).size).toBe(districtDepartments.length);
  });

  it("names only units that exist, of the type it says", () => {
    const typeOf = new Map(units.map((unit) => [unit.id, unit.type]));
    const kinds = new Set(districtDepartments.map((one) => one.kind));
    const exists = (one: Responsible) => {
      if (one.type === "district-department") return kinds.has(one.of);
      return "id" in one ? typeOf.get(one.id) === one.type : true;
    };
    const faulty = leaves.filter(({ unit, second }) => !exists(unit) || (second && !exists(second)));
    expect(faulty.map((leaf) => leaf.code)).toEqual([]);
  });

  it("gives one name to one level", () => {
    const names = new Map<string, string>();
    for (const { code, path } of leaves) {
      for (const depth of [1, 2, 3]) {
        const key = code.slice(0, depth * 2);
        expect(names.get(key) ?? path[depth - 1]).toBe(path[depth - 1]);
        names.set(key, path[depth - 1] as string);
      }
    }
  });

  it("gives every leaf words and examples, and the matter of last resort a place", () => {
    expect(
      leaves.filter((leaf) => leaf.keywords.length < 4 || leaf.examples.length < 2).map((leaf) => leaf.code),
    ).toEqual([]);
    expect(leaves.some((leaf) => leaf.code === "999999")).toBe(true);
  });

  it("has a version that is the same each time it is read", () => {
    expect(data.version).toMatch(/^[0-9a-f]{12}$/);
    expect(loadCatalogue().version).toBe(data.version);
  });
});

describe("ranking", () => {
  const catalogue = createCatalogue({ leaves, segmenter });

  it.each([
    ["我们小区天天停水没人管", "停水"],
    ["老板三个月没发工资了", "拖欠工资"],
    ["小区门口路灯不亮", "路灯不亮"],
    ["电梯困人了", "电梯困人"],
  ])("“%s” is %s", (text, leaf) => {
    expect(catalogue.rank(text, 3)[0]?.path[2]).toBe(leaf);
  });

  it("is less sure where leaves compete or words are few", () => {
    const sure = catalogue.rank("电梯困人了快来人", 1)[0]?.confidence ?? 0;
    const torn = catalogue.rank("小区有问题", 1)[0]?.confidence ?? 0;
    expect(torn).toBeLessThan(sure * 0.6);
    expect(sure).toBeLessThanOrEqual(1);
  });

  it("finds nothing in words that no leaf knows", () => {
    expect(catalogue.rank("zzz", 3)).toEqual([]);
  });

  it("knows its leaves by code", () => {
    expect(catalogue.leaf(leaves[0]?.code ?? "")).toEqual({ code: leaves[0]?.code, path: leaves[0]?.path });
    expect(catalogue.leaf("000000")).toBeUndefined();
  });

  it("puts an example that it has not seen into the right 目 more often than not", () => {
    const held = leaves.map((leaf) => ({ code: leaf.code, text: leaf.examples[0] as string }));
    const rest = createCatalogue({
      leaves: leaves.map((leaf) => ({ ...leaf, examples: leaf.examples.slice(1) })),
      segmenter,
    });
    const right = held.filter(({ code, text }) => rest.rank(text, 1)[0]?.code === code).length;
    const near = held.filter(({ code, text }) => rest.rank(text, 3).some((guess) => guess.code === code)).length;
    expect(right / held.length).toBeGreaterThan(0.5);
    expect(near / held.length).toBeGreaterThan(0.7);
  });
});

describe("everyday complaints", () => {
  const catalogue = createCatalogue({ leaves, segmenter });
  const read = complaints.map(({ text, leaves: fitting }) => {
    const guesses = catalogue.rank(text, 3);
    const [first] = guesses;
    return { text, guesses, first, right: first !== undefined && fitting.includes(first.code) };
  });
  const share = (part: readonly unknown[], whole: readonly unknown[]) => part.length / whole.length;

  it("names only leaves that exist", () => {
    const known = new Set(leaves.map((leaf) => leaf.code));
    expect(complaints.length).toBeGreaterThanOrEqual(120);
    expect(complaints.flatMap((one) => one.leaves).filter((code) => !known.has(code))).toEqual([]);
  });

  it("come to a fitting leaf nine times in ten", () => {
    expect(
      share(
        read.filter(({ right }) => right),
        read,
      ),
    ).toBeGreaterThanOrEqual(0.9);
  });

  it("come to the same leaf whatever place stands before them", () => {
    for (const place of ["望京西园四区", "回龙观龙腾苑五区3号楼", "石景山八角北里"]) {
      const moved = read.filter(({ text, first }) => catalogue.rank(`${place}${text}`, 1)[0]?.code !== first?.code);
      expect(share(moved, read), moved.map(({ text }) => text).join("、")).toBeLessThanOrEqual(0.05);
    }
  });

  it("are rightly judged where the guess is so sure that it is taken without asking", () => {
    const taken = read.filter(({ guesses }) => chooseCategory(guesses).kind === "taken");
    expect(share(taken, read)).toBeGreaterThanOrEqual(0.7);
    expect(
      share(
        taken.filter(({ right }) => right),
        taken,
      ),
    ).toBeGreaterThanOrEqual(0.95);
  });

  it("are read as requests", async () => {
    const triage = createTriage({ catalogue });
    const intents = await Promise.all(complaints.map(async ({ text }) => (await triage.read(text, new Date())).intent));
    expect(
      share(
        intents.filter((intent) => intent === "request"),
        intents,
      ),
    ).toBeGreaterThanOrEqual(0.9);
  });
});
