import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeIn, newCode, withoutCodes } from "../../../flows/accounts/code.ts";
import { accountWish } from "../../../flows/accounts/phrases.ts";

describe("关联码", () => {
  it("八个不会看错的字符，至少两个数字、两个字母，每次不同", () => {
    const codes = Array.from({ length: 500 }, () => newCode(randomUUID));
    for (const code of codes) {
      expect(code).toMatch(/^[2-9A-HJ-NP-Z]{8}$/);
      expect(code.replace(/[A-Z]/g, "").length).toBeGreaterThanOrEqual(2);
      expect(code.replace(/[2-9]/g, "").length).toBeGreaterThanOrEqual(2);
    }
    expect(new Set(codes).size).toBe(500);
    expect(new Set(codes.join("")).size).toBe(32);
  });

  it("自己做的码自己读得出，大小写、空格、连字符、全角都一样", () => {
    fc.assert(
      fc.property(fc.constantFrom("", "关联 ", "绑定：", "关联码是"), (lead) => {
        const code = newCode(randomUUID);
        const spaced = `${code.slice(0, 4)}-${code.slice(4)}`;
        for (const typed of [code, code.toLowerCase(), spaced, spaced.replace("-", " "), ` ${code}。`]) {
          expect(codeIn(`${lead}${typed}`)).toBe(code);
        }
      }),
    );
    expect(codeIn("Ｋ７ＱＭ３ＸＰＤ")).toBe("K7QM3XPD");
  });

  it.each([
    "20260101",
    "13800000000",
    "BUILDING",
    "京A12345",
    "3号楼2单元",
    "202601010000",
    "关联交易怎么查",
    "绑定手机号",
    "关联",
    "我要投诉K7QM3XPD公司",
  ])("“%s”不是码", (text) => expect(codeIn(text)).toBeUndefined());

  it("不随机的编号做不出码，不会没完没了地试", () => {
    expect(() => newCode(() => "00000000-0000-4000-8000-000000000000")).toThrow(/not random/);
  });

  it("给旁人看的话里没有码", () => {
    for (const text of ["关联码：K7QM3XPD\n只能用一次", "https://a.cn/#link=K7QM3XPD", "k7qm3xpd", "关联 K7QM3XPD"]) {
      expect(withoutCodes(text)).not.toMatch(/K7QM3XPD/i);
    }
    expect(withoutCodes("受理编号 20260101000001，望京西园四区")).toBe("受理编号 20260101000001，望京西园四区");
  });

  it("说的是什么事", () => {
    expect(accountWish("解除关联。")).toBe("unlink");
    expect(accountWish("我在微信上也用过")).toBe("link");
    expect(accountWish("K7QM3XPD")).toBe("code");
    expect(accountWish("我在微信上被骗了")).toBeUndefined();
  });
});
