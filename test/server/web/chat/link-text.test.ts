import { describe, expect, it } from "vitest";
import { linkText, safeHref } from "../../../../server/web/chat/link-text.ts";

describe("addresses in a text", () => {
  it.each([
    ["详见 https://www.gov.cn/a.htm。谢谢", "https://www.gov.cn/a.htm"],
    ["（https://www.gov.cn/a?b=1&c=2）", "https://www.gov.cn/a?b=1&c=2"],
    ["see https://www.gov.cn/a, please", "https://www.gov.cn/a"],
    ["https://www.gov.cn/a\n下一行", "https://www.gov.cn/a"],
  ])("are found in %j and end where the writer ended them", (text, address) => {
    const parts = linkText(text);
    expect(parts.filter((part) => part.kind === "link").map((part) => part.text)).toEqual([address]);
    expect(parts.map((part) => part.text).join("")).toBe(text);
  });

  it.each(["", "没有地址", "javascript:alert(1)", "<a href='x'>y</a>", "http://"])("are not found in %j", (text) => {
    expect(linkText(text).every((part) => part.kind === "words")).toBe(true);
    expect(
      linkText(text)
        .map((part) => part.text)
        .join(""),
    ).toBe(text);
  });
});

it.each([
  ["https://www.gov.cn/", "https://www.gov.cn/"],
  ["tel:110", "tel:110"],
  ["/t/20260101000001", "/t/20260101000001"],
  ["//evil.example/", undefined],
  ["javascript:alert(1)", undefined],
  [" javascript:alert(1)", undefined],
  ["data:text/html,x", undefined],
  ["vbscript:x", undefined],
  ["不是地址", undefined],
])("a button to %j opens %j", (address, expected) => {
  expect(safeHref(address)).toBe(expected);
});
