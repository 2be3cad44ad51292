import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergedText, piecesOf } from "../../../adapters/shared/text-pieces.ts";
import { customMessage, wechatCapabilities } from "../../../adapters/wechat/render.ts";
import type { OutboundMessage } from "../../../bots/model/index.ts";

const pieces = (message: OutboundMessage, publicUrl?: string) =>
  piecesOf({ key: "job", message }, { publicUrl, capabilities: wechatCapabilities });
const choices = [
  { id: "intake/confirm", label: "确认提交", number: 1 },
  { id: "intake/edit", label: "修改", number: 2 },
];
const asked: OutboundMessage = { kind: "choices", text: "都对吗？", choices };

describe("机器人的话变成公众号的话", () => {
  it("被动回复里选项是带序号的行，客服消息里是菜单消息", () => {
    expect(pieces(asked)).toEqual([
      { key: "job#0", text: "都对吗？\n回复序号即可选择：\n1. 确认提交\n2. 修改", menu: { head: "都对吗？", choices } },
    ]);
    expect(customMessage(pieces(asked), true).message).toEqual({
      msgtype: "msgmenu",
      msgmenu: {
        head_content: "都对吗？",
        list: [
          { id: "intake/confirm", content: "1. 确认提交" },
          { id: "intake/edit", content: "2. 修改" },
        ],
      },
    });
  });

  it("没有序号的选项，被动回复里告诉怎么说", () => {
    const look: OutboundMessage = {
      kind: "choices",
      text: "登记成功。",
      choices: [{ id: "progress/show/1", label: "查看进度" }],
    };
    expect(pieces(look)[0]?.text).toBe("登记成功。\n可以回复“查看进度”。");
    expect(customMessage(pieces(look), true).message).toMatchObject({
      msgmenu: { list: [{ id: "progress/show/1", content: "查看进度" }] },
    });
  });

  it("几条话合成一条，第一组选项结束一条客服消息", () => {
    const all = [
      ...pieces({ kind: "text", text: "您好。" }),
      ...pieces(asked),
      ...pieces({ kind: "text", text: "另外" }),
    ];
    expect(mergedText(all).text).toBe("您好。\n\n都对吗？\n回复序号即可选择：\n1. 确认提交\n2. 修改\n\n另外");
    const first = customMessage(all, true);
    expect(first.message).toMatchObject({ msgmenu: { head_content: "您好。\n\n都对吗？" } });
    expect(first.taken).toHaveLength(2);
    expect(customMessage(all, false).taken).toHaveLength(3);
  });

  it("相对网址补全；不知道对外地址时只留文字；电话不写成网址", () => {
    const link: OutboundMessage = { kind: "link", text: "可以随时看", title: "进度", url: "/t/1" };
    expect(pieces(link, "https://a.cn")[0]?.text).toBe("可以随时看\n进度\nhttps://a.cn/t/1");
    expect(pieces(link)[0]?.text).toBe("可以随时看\n进度");
    expect(pieces({ kind: "link", text: "", title: "拨打 119", url: "tel:119" })[0]?.text).toBe("拨打 119");
  });

  it("任何话都不超过 2048 字节，一个字、一个选项都不丢", () => {
    const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 1_500 }).filter((each) => each.trim() !== "");
    const many = fc.integer({ min: 0, max: 30 });
    fc.assert(
      fc.property(text, many, (words, count) => {
        const offered = Array.from({ length: count }, (_, index) => ({
          id: `intake/category/${index}`,
          label: `类别第${index}号`,
          number: index + 1,
        }));
        let rest = [...pieces({ kind: "choices", text: words, choices: offered }), ...pieces(asked)];
        const shown: string[] = [];
        while (rest.length > 0) {
          const { message, taken } = customMessage(rest, true);
          expect(taken.length).toBeGreaterThan(0);
          rest = rest.slice(taken.length);
          const said =
            message.msgtype === "text"
              ? message.text.content
              : [message.msgmenu.head_content, ...message.msgmenu.list.map(({ content }) => content)].join("\n");
          expect(Buffer.byteLength(said)).toBeLessThanOrEqual(2_048);
          shown.push(said);
        }
        const letters = (all: string) => all.replace(/\s/gu, "");
        expect(letters(shown.join(""))).toContain(letters(words).slice(0, 20));
        for (const { label, number } of offered) expect(shown.join("\n")).toContain(`${number}. ${label}`);
      }),
      { numRuns: 60 },
    );
  });
});
