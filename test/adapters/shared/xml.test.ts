import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readXml, textIn, writeXml } from "../../../adapters/shared/xml.ts";

describe("平台的 XML", () => {
  it("值都是文字：64 位编号一位不差，空白和 CDATA 里的 & 原样", () => {
    const xml = readXml(
      "<xml>\n<MsgId>18446744073709551615</MsgId><Content><![CDATA[ a &amp; <b>\n]]></Content><T>a &lt;&#x4F60;</T></xml>",
    );
    expect(xml).toEqual({ MsgId: "18446744073709551615", Content: " a &amp; <b>\n", T: "a <你" });
  });

  it("有层次的读成层次，重复的取最后一个，没有的是空", () => {
    const xml = readXml("<xml><Info><Count>1</Count></Info><A>1</A><A>2</A></xml>") ?? {};
    expect(xml.Info).toEqual({ Count: "1" });
    expect([textIn(xml, "A"), textIn(xml, "Info"), textIn(xml, "constructor"), textIn(xml, "B")]).toEqual([
      "2",
      "",
      "",
      "",
    ]);
  });

  it.each([
    ["实体炸弹", `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xml><Content>&b;</Content></xml>`],
    ["外部实体", `<!doctype x SYSTEM "file:///etc/passwd"><xml><Content>&x;</Content></xml>`],
    ["藏在后面的声明", `<xml><Content>1</Content></xml><!DOCTYPE x>`],
    ["太深", `${"<a>".repeat(2_000)}${"</a>".repeat(2_000)}`],
    ["没有结尾", "<xml><Content>1</Content>"],
    ["交错", "<xml><a><b></a></b></xml>"],
    ["两个根", "<xml><a>1</a></xml><xml><a>2</a></xml>"],
    ["不是 XML", `{"a":1}`],
    ["什么都没有", ""],
    ["根里只有文字", "<xml>1</xml>"],
  ])("%s：不读", (_name, text) => {
    expect(readXml(text)).toBeUndefined();
  });

  it("名字叫 __proto__ 的元素改不了任何东西", () => {
    readXml("<xml><__proto__><polluted>1</polluted></__proto__></xml>");
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("任何乱码都不会抛出错误", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => void readXml(`<xml>${text}</xml>`)));
  });

  it("写出来的读得回来，]]> 也一样", () => {
    const text = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 50 })
      .filter((each) => !/[\r\u0000-\u001f]/.test(each));
    fc.assert(
      fc.property(text, (words) => {
        const clean = words.toWellFormed().replace(/[\uFFFE\uFFFF]/g, "");
        expect(readXml(writeXml({ Content: clean, CreateTime: 1 }))).toEqual({ Content: clean, CreateTime: "1" });
      }),
    );
    expect(readXml(writeXml({ Content: "a]]>b]]>" }))).toEqual({ Content: "a]]>b]]>" });
  });
});
