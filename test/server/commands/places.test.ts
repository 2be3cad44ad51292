import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSegmenter } from "../../../knowledge/text/segment.ts";
import { evaluateResolve } from "../../../server/commands/evaluate-resolve.ts";
import { placesImport } from "../../../server/commands/places-import.ts";
import { openCity } from "../../../server/understanding.ts";

const segmenter = createSegmenter();
let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "places-"));
});

afterEach(() => rm(dataDir, { recursive: true, force: true }));

async function* lines(...values: (object | string)[]): AsyncGenerator<string> {
  for (const value of values) yield typeof value === "string" ? value : JSON.stringify(value);
}

async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

const bringIn = (...values: (object | string)[]) => collect(placesImport({ input: lines(...values), dataDir }));
const resolve = (text: string) => openCity({ segmenter, dataDir }).gazetteer.resolve(text);

const garden = { name: "祥云雅苑", alias: ["祥云小区"], kind: "estate", subdistrict: "110105026" };

describe("places import", () => {
  it("makes a city's own landmarks known to what is started afterwards, under all their names", async () => {
    expect(await resolve("祥云雅苑三号楼漏水")).toBeUndefined();
    expect(await bringIn(garden)).toEqual([{ imported: 1, landmarks: 1 }]);
    expect(await resolve("祥云雅苑三号楼漏水")).toMatchObject({ subdistrict: { name: "望京街道" } });
    expect(await resolve("祥云小区漏水")).toMatchObject({ subdistrict: { name: "望京街道" } });
  });

  it("adds to what was imported before, and replaces what has the same name in the same subdistrict", async () => {
    await bringIn(garden);
    const community = "110105026038";
    expect(await bringIn({ ...garden, community }, { ...garden, name: "宏图雅苑", alias: [] })).toEqual([
      { imported: 2, landmarks: 2 },
    ]);
    expect(await resolve("祥云雅苑漏水")).toMatchObject({ community: { code: community } });
  });

  it("takes the city's word against a shipped landmark of the same name", async () => {
    await bringIn({ name: "望京SOHO", kind: "business", subdistrict: "110105043" });
    expect(await resolve("望京SOHO楼下")).toMatchObject({ subdistrict: { name: "东湖街道" } });
  });

  it("finds the district of a landmark that only has a point", async () => {
    await bringIn({ name: "祥云雅苑", kind: "estate", latitude: 40.218, longitude: 116.227 });
    const place = await resolve("祥云雅苑漏水");
    expect(place).toMatchObject({ district: { name: "昌平区" } });
  });

  it.each<[string, object | string, RegExp]>([
    ["is not JSON", "{", /^line 2: not valid JSON$/],
    ["has a code of the wrong length", { ...garden, subdistrict: "110105" }, /^line 2: subdistrict: 9 digits/],
    ["has a misspelt field", { ...garden, subdistict: "110105026" }, /^line 2: .*subdistict/],
    ["names a division that the city does not have", { ...garden, subdistrict: "110105999" }, /^line 2: .*110105999/],
    ["has a community of another subdistrict", { ...garden, community: "110105001024" }, /^line 2: .*does not lie in/],
    ["says nothing of where it is", { name: "某处", kind: "estate" }, /^line 2: .*needs a subdistrict/],
    ["has half a point", { name: "某处", kind: "estate", latitude: 40 }, /^line 2: .*go together/],
    ["lies outside the city", { name: "某处", kind: "estate", latitude: 31, longitude: 121 }, /^line 2: .*no district/],
  ])("imports nothing at all when a line %s", async (_, faulty, message) => {
    await bringIn(garden);
    await expect(bringIn({ ...garden, name: "宏图雅苑" }, faulty)).rejects.toThrow(message);
    expect((await readFile(join(dataDir, "landmarks.jsonl"), "utf8")).split("\n").filter(Boolean)).toHaveLength(1);
  });

  it("refuses a file without a landmark", async () => {
    await expect(bringIn()).rejects.toThrow("there is no landmark to import");
  });

  it("names file and line when the data directory's file was spoilt by hand", async () => {
    await writeFile(join(dataDir, "landmarks.jsonl"), `${JSON.stringify(garden)}\n{"name":"某处"}\n`);
    expect(() => openCity({ segmenter, dataDir })).toThrow(/landmarks\.jsonl line 2: /);
  });
});

describe("evaluate resolve", () => {
  const gazetteer = {
    resolve: async (text: string) =>
      text.includes("望京") ? { text, district: { code: "110105", name: "朝阳区" }, confidence: 0.9 } : undefined,
    candidates: async () => [],
  };
  const run = (...values: object[]) => collect(evaluateResolve({ input: lines(...values), gazetteer }));

  it("prints shares and counts over the labelled lines", async () => {
    const rows = [
      { text: "望京停水", code: "110105026" },
      { text: "望京的天气" },
      { text: "海淀停水", code: "110108" },
    ];
    expect(await run(...rows)).toEqual([
      { texts: 3, district: 0.5, subdistrict: 0, community: 0, wrong: 0, falsePlace: 1, ambiguous: 0 },
    ]);
  });

  it("names the line of a code that is none, and of one that is ambiguous as well", async () => {
    await expect(run({ text: "好" }, { text: "好", code: "12" })).rejects.toThrow(/^line 2: code: /);
    await expect(run({ text: "好", code: "110105", ambiguous: true })).rejects.toThrow(/^line 1: .*not ambiguous/);
  });
});
