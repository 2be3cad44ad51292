import { beforeAll, describe, expect, it } from "vitest";
import { type AddressFinder, createAddressFinder } from "../../../../knowledge/places/parsing/address-in.ts";
import { loadDivisionNames } from "../../../../knowledge/places/parsing/division-names.ts";
import { decodeModel, encodeModel } from "../../../../knowledge/places/parsing/model-file.ts";
import { type AddressParser, createAddressParser } from "../../../../knowledge/places/parsing/parser.ts";
import { trainPlaces } from "../../../../knowledge/places/parsing/training/train-places.ts";
import { inventedAddresses, labelled } from "./synthetic.ts";

const names = loadDivisionNames();
const lines = inventedAddresses();
const small = { lines, names, epochs: 3, networks: { seeds: [1], epochs: 2, inputs: 8, cells: 8 } };
let file: Uint8Array;
let parser: AddressParser;
let finder: AddressFinder;

beforeAll(() => {
  file = encodeModel(trainPlaces(small));
  parser = createAddressParser({ model: decodeModel(file), names });
  finder = createAddressFinder({ parser, names });
});

const parts = (text: string) => parser.parse(text).map((span) => `${span.text}/${span.label}`);

describe("a parser that learned from a few invented addresses", () => {
  it("finds the parts of an address it has not seen", () => {
    expect(parts("海淀区听雨巷云杉花园58号楼907室")).toEqual([
      "海淀区/district",
      "听雨巷/road",
      "云杉花园/poi",
      "58号楼/houseno",
      "907室/roomno",
    ]);
  });

  it("leaves out nothing of a text, however odd", () => {
    for (const text of [
      "",
      "？",
      "😀海淀区",
      "a".repeat(300),
      `${"海淀区听雨巷".repeat(300)}。`,
      "\ud83d",
      "１２３号",
    ]) {
      const spans = parser.parse(text);
      expect(spans.map((span) => span.text).join("")).toBe(text);
      for (const { start, end, text: part } of spans) expect(text.slice(start, end)).toBe(part);
    }
  });

  it("learns the same weights from the same addresses", () => {
    expect(Buffer.from(encodeModel(trainPlaces(small))).equals(file)).toBe(true);
  });

  it("cannot be taught by addresses whose parts leave gaps", () => {
    const gap = { text: "海淀区某处", spans: [{ label: "district", start: 0, end: 3 }] };
    expect(() => trainPlaces({ lines: [gap, gap, gap, gap], names })).toThrow(/tile/);
    expect(() => trainPlaces({ lines: [labelled(["海淀区", "district"])], names })).toThrow(/learn/);
  });
});

describe("an address in a sentence", () => {
  const found = (text: string) => finder.addressIn(text).map((one) => one.text);

  it("is cut out without the words around it", () => {
    expect(found("您好，我住在海淀区听雨巷云杉花园58号楼，电梯坏了")).toEqual(["海淀区听雨巷云杉花园58号楼"]);
  });

  it("keeps its place in the sentence", () => {
    const text = "请问丰台区望云路12号的路灯怎么不亮";
    for (const { start, end, text: part, spans } of finder.addressIn(text)) {
      expect(text.slice(start, end)).toBe(part);
      for (const span of spans) expect(text.slice(span.start, span.end)).toBe(span.text);
    }
  });

  it("is not found where none is", () => {
    expect(found("我们小区的物业公司太不负责任了")).toEqual([]);
    expect(found("3号下午停水了")).toEqual([]);
  });

  it("gives only its own parts, where a bare address gives all", () => {
    expect(
      finder
        .spansOf("海淀区听雨巷58号")
        .map((span) => span.text)
        .join(""),
    ).toBe("海淀区听雨巷58号");
    expect(finder.spansOf("谢谢你，再见。")).toEqual([]);
  });
});

describe("a model file", () => {
  it("of another format is refused", () => {
    expect(() => decodeModel(new Uint8Array([1, 2, 3]))).toThrow();
  });
});
