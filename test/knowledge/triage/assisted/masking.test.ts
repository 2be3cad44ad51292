import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskPersonal } from "../../../../knowledge/triage/assisted/masking.ts";
import { slotsIn } from "../../../../knowledge/triage/slots/slots.ts";

const mask = (message: string) => maskPersonal(message, slotsIn(message, { at: new Date(0), intent: "request" }));

describe("masking", () => {
  it.each([
    ["我叫张小明，电话 138 1234 5678，路灯坏了", /张小明|138|5678/],
    ["打010-88234455没人接", /88234455/],
    ["身份证11010519491231002X，医保卡用不了", /1101051949|002X/],
    ["卡号6222 0212 3456 7890 123被多扣了钱", /6222|7890/],
    ["一三八一二三四五六七八，给我回电话", /一三八一二三四五六七八/],
    ["京A·12345一直占着车位", /12345/],
    ["新能源车京AD12345堵在门口", /12345/],
    ["邮箱 li.si@example.com 收不到回执", /example/],
    ["微信号：abc_12345，加我说", /abc_12345/],
    ["楼上王阿姨家漏水到我家", /王阿姨/],
    ["电话１３８１２３４５６７８", /１３８/],
    ["3号楼2单元501室漏水", /501/],
    ["订单号202611260012345不退款", /202611260012345/],
  ])("“%s” leaves without what says who somebody is", (message, secret) => {
    const { text, restore } = mask(message);
    expect(text).not.toMatch(secret);
    expect(text).toMatch(/〔\p{Script=Han}+\d+〕/u);
    expect(restore(text)).toBe(message);
  });

  it("leaves alone what is no personal data", () => {
    const message = "昨晚11点到今天6:30，3号楼停水，物业收了1200元，投诉12345三次没用";
    expect(mask(message).text).toBe(message);
  });

  it("names the same number the same way wherever it stands", () => {
    const { text } = mask("13812345678打不通，还是13812345678，另一个是13912345678");
    expect(text).toBe("〔号码1〕打不通，还是〔号码1〕，另一个是〔电话2〕");
  });

  it("is not misled by a placeholder that the citizen typed", () => {
    const message = "〔电话1〕是什么意思？我的电话13812345678";
    const { text, restore } = mask(message);
    expect(text).toBe("〔电话1〕是什么意思？我的电话〔电话2〕");
    expect(restore(text)).toBe(message);
  });

  it("always finds the way back", () => {
    const pieces = fc.constantFrom(
      "13812345678",
      "〔电话1〕",
      "〔号码",
      "2〕",
      "李先生",
      "京A12345",
      "楼",
      "\n",
      "８",
      "-",
      "😀",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const message = parts.join("");
        const { text, restore } = mask(message);
        return restore(text) === message && !/\d{7}/.test(text);
      }),
    );
  });
});
