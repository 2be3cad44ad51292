import { expect, it } from "vitest";
import { withoutPersons } from "../../../server/handoff/mask.ts";

it.each([
  ["电话 138 0000 0000 找我", "电话 *** 找我"],
  ["我叫张小明，住3号楼2单元501室", "我叫***，住***号楼***单元***室"],
  ["身份证11010519491231002X", "身份证***"],
  ["王女士说漏水", "*女士说漏水"],
  ["１３８００００００００", "***"],
  ["垃圾 3 天没人清", "垃圾 3 天没人清"],
])("%s → %s", (text, masked) => {
  expect(withoutPersons(text)).toBe(masked);
});

it("已经知道的姓名也遮住", () => {
  expect(withoutPersons("欧阳修反映积水", ["欧阳修", undefined])).toBe("***反映积水");
});
