import { describe, expect, it } from "vitest";
import { localPhonesIn, phonesIn } from "../../bots/phones.ts";

const digitsIn = (text: string) => phonesIn(text).map(({ digits }) => digits);

describe("电话号码", () => {
  it.each([
    ["13812345678", "13812345678"],
    ["１３８　１２３４　５６７８", "13812345678"],
    ["(+86)138-1234-5678", "13812345678"],
    ["0086 13812345678", "13812345678"],
    ["（010）6555 1234", "01065551234"],
    ["0898-66554433", "089866554433"],
    ["幺三八零零一二三四五六", "13800123456"],
  ])("%s", (text, digits) => {
    expect(digitsIn(text)).toEqual([digits]);
  });

  it("gives all of them in their order, each where it stands, with its extension", () => {
    const text = "😀找我１３８１２３４５６７８，或010-65551234转801";
    const phones = phonesIn(text);
    expect(phones.map(({ start, end }) => text.slice(start, end))).toEqual([
      "１３８１２３４５６７８",
      "010-65551234转801",
    ]);
    expect(phones.map(({ extension }) => extension)).toEqual([undefined, "801"]);
  });

  it.each([
    "110101199001011234",
    "20261122000123",
    "9111 0000 8021 0043 3b",
    "6222 0212 3456 7890 123",
    "138****5678",
    "1381234567",
    "一二三四五六七",
    "",
  ])("“%s” has none", (text) => {
    expect(digitsIn(text)).toEqual([]);
  });

  it("finds eight digits without an area code only for those who ask for them", () => {
    expect(localPhonesIn("6555 1234").map(({ digits }) => digits)).toEqual(["65551234"]);
    expect(digitsIn("6555 1234")).toEqual([]);
    expect(localPhonesIn("9111 0000 8021 0043 3b")).toEqual([]);
  });
});
