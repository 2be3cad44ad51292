import { describe, expect, it } from "vitest";
import { loadAddressFinder } from "../../../../knowledge/places/parsing/address-in.ts";
import { evaluatePlaces, placesParse } from "../../../../server/commands/places-parse.ts";
import { sentences } from "./sentences.ts";
import { inventedAddresses } from "./synthetic.ts";

const finder = loadAddressFinder();

async function* linesOf(...values: readonly unknown[]): AsyncGenerator<string> {
  for (const value of values) yield JSON.stringify(value);
}

describe("the parser that ships", () => {
  it("divides a bare address into its parts, line by line", async () => {
    const out = [];
    const input = linesOf({ id: "一", text: "浙江省杭州市西湖区文三路478号3幢2单元501室" }, { id: 2, text: "" });
    for await (const line of placesParse({ input, finder })) out.push(line);
    expect(out.map(({ id }) => id)).toEqual(["一", 2]);
    expect(out[0]?.spans.map(({ text, label }) => `${text}/${label}`)).toEqual([
      "浙江省/prov",
      "杭州市/city",
      "西湖区/district",
      "文三路/road",
      "478号/roadno",
      "3幢/houseno",
      "2单元/cellno",
      "501室/roomno",
    ]);
    expect(out[1]?.spans).toEqual([]);
  });

  it("is measured by exact parts", async () => {
    const scores = [];
    for await (const score of evaluatePlaces({ input: linesOf(...inventedAddresses()), finder })) scores.push(score);
    expect(scores).toHaveLength(1);
    expect(scores[0]?.texts).toBe(inventedAddresses().length);
    expect(scores[0]?.f1).toBeGreaterThan(0.9);
  });

  it("refuses a line whose span lies outside the text", async () => {
    const input = linesOf({ text: "海淀", spans: [{ label: "district", start: 0, end: 3 }] });
    await expect(evaluatePlaces({ input, finder }).next()).rejects.toThrow(/line 1.*outside/);
  });
});

describe("addresses in complaints", () => {
  const found = sentences.map(([sentence, ...addresses]) => ({
    addresses,
    found: finder.addressIn(sentence).map(({ text }) => text),
  }));

  it("are found whole in most of them", () => {
    const named = found.filter(({ addresses }) => addresses.length > 0);
    const whole = named.filter((one) => one.found.join() === one.addresses.join());
    expect(whole.length / named.length).toBeGreaterThanOrEqual(0.7);
  });

  it("are hardly ever found where none is", () => {
    const silent = found.filter(({ addresses }) => addresses.length === 0);
    expect(silent.filter((one) => one.found.length > 0).length).toBeLessThanOrEqual(1);
  });
});
