import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkCreditCode } from "../../bots/credit-code.ts";

/** Published codes of well-known bodies. */
const REAL = [
  "91110000802100433B",
  "9111000010169286X1",
  "91440300708461136T",
  "91310000132260250X",
  "91330100799655058B",
];

describe("统一社会信用代码（GB 32100-2015）", () => {
  it.each(REAL)("真实的代码通过：%s", (code) => {
    expect(checkCreditCode(code)).toEqual({ kind: "valid", code });
  });

  it("全角、空格、小写都认得", () => {
    expect(checkCreditCode(" ９１１１ 0000 8021 0043 3b ")).toEqual({ kind: "valid", code: "91110000802100433B" });
  });

  it("少一位、多一位，说出位数", () => {
    expect(checkCreditCode("91110000802100433")).toEqual({ kind: "wrong", why: "length", length: 17 });
    expect(checkCreditCode("91110000802100433BB")).toEqual({ kind: "wrong", why: "length", length: 19 });
  });

  it("不用的字母", () => {
    expect(checkCreditCode("9111000080210043IB")).toEqual({ kind: "wrong", why: "character", length: 18 });
  });

  it("任何一位写错都查得出来", () => {
    const characters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 17 }), fc.constantFrom(...characters), (at, other) => {
        const code = "91110000802100433B";
        fc.pre(code[at] !== other);
        const wrong = code.slice(0, at) + other + code.slice(at + 1);
        expect(checkCreditCode(wrong).kind).toBe("wrong");
      }),
    );
  });
});
