import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fit as reduce } from "../../bots/fit.ts";
import type { ChannelCapabilities, Choice, OutboundMessage } from "../../bots/model/index.ts";

const full: ChannelCapabilities = {
  maxTextLength: 4000,
  maxChoices: 10,
  canAskLocation: true,
  canShowCards: true,
  push: "anytime",
};
const plain: ChannelCapabilities = { ...full, maxChoices: 0, canAskLocation: false, canShowCards: false };

const choices: Choice[] = [
  { id: "intake/confirm", label: "确认提交", number: 4 },
  { id: "intake/change", label: "修改", number: 5 },
];
const card: OutboundMessage = {
  kind: "card",
  title: "请核对",
  rows: [
    { label: "地点", value: "朝阳区" },
    { label: "事项", value: "路灯不亮" },
  ],
  text: "对吗？",
  choices,
};

const allText = (messages: OutboundMessage[]) =>
  messages.map((message) => ("text" in message ? message.text : "")).join("\n");

describe("fit：把一条消息变成渠道能显示的样子", () => {
  it("渠道都能显示的消息原样通过", () => {
    expect(reduce(card, full)).toEqual([card]);
    expect(reduce({ kind: "ask-location", text: "在哪里？", choices }, full)).toEqual([
      { kind: "ask-location", text: "在哪里？", choices },
    ]);
  });

  it("工作人员的话分成几条，每条都标明是谁说的", () => {
    const long: OutboundMessage = {
      kind: "text",
      text: `工作人员 3 号：${"您好。".repeat(30)}`,
      speaker: "工作人员 3 号",
    };
    const pieces = reduce(long, { ...plain, maxTextLength: 40 });
    expect(pieces.length).toBeGreaterThan(1);
    expect(new Set(pieces.map((piece) => piece.kind === "text" && piece.speaker))).toEqual(new Set(["工作人员 3 号"]));
    expect(reduce(long, full)).toEqual([long]);
  });

  it("没有按钮的渠道用轮次里的序号列出每个选项", () => {
    expect(reduce({ kind: "choices", text: "请选择", choices }, plain)).toEqual([
      { kind: "text", text: "请选择\n回复序号即可选择：\n4. 确认提交\n5. 修改" },
    ]);
  });

  it("轮次以外的消息没有序号，就列出可以回复的话，不编一个", () => {
    const news = [{ id: "progress/show/1", label: "查看进度" }];
    expect(reduce({ kind: "choices", text: "登记成功", choices: news }, plain)).toEqual([
      { kind: "text", text: "登记成功\n可以回复“查看进度”。" },
    ]);
  });

  it("按钮放不下时全部列成文字，不只列多出来的", () => {
    const [message, ...more] = reduce({ kind: "choices", text: "请选择", choices }, { ...full, maxChoices: 1 });
    expect(more).toEqual([]);
    expect(message).toEqual({ kind: "text", text: "请选择\n回复序号即可选择：\n4. 确认提交\n5. 修改" });
  });

  it("不能显示卡片时，标题、每一行和选项都成为文字", () => {
    expect(allText(reduce(card, plain))).toBe(
      "请核对\n地点：朝阳区\n事项：路灯不亮\n对吗？\n回复序号即可选择：\n4. 确认提交\n5. 修改",
    );
  });

  it("能显示卡片但按钮不够时，卡片保留，选项写进卡片的文字", () => {
    const [message] = reduce(card, { ...full, maxChoices: 1 });
    expect(message).toMatchObject({ kind: "card", choices: [] });
    expect(allText([message as OutboundMessage])).toContain("5. 修改");
  });

  it("不能索取位置时仍然问，选项还在", () => {
    expect(reduce({ kind: "ask-location", text: "在哪里？", choices }, { ...full, canAskLocation: false })).toEqual([
      { kind: "choices", text: "在哪里？", choices },
    ]);
    expect(reduce({ kind: "ask-location", text: "在哪里？", choices: [] }, plain)).toEqual([
      { kind: "text", text: "在哪里？" },
    ]);
  });

  it("长文在句末断开，选项跟着最后一段", () => {
    const text = "第一句话说完了。第二句话也说完了。第三句";
    expect(reduce({ kind: "choices", text, choices }, { ...full, maxTextLength: 18 })).toEqual([
      { kind: "text", text: "第一句话说完了。第二句话也说完了。" },
      { kind: "choices", text: "第三句", choices },
    ]);
  });

  it("网址不在点号处断开", () => {
    const url = "https://www.example.gov.cn/a.html";
    const pieces = reduce({ kind: "text", text: `请看这里 ${url} 谢谢` }, { ...full, maxTextLength: 36 });
    expect(allText(pieces)).toContain(url);
  });

  it("链接说明太长时先发说明，链接完整地留在最后", () => {
    const link: OutboundMessage = { kind: "link", text: "说明。".repeat(10), title: "工单", url: "https://e.cn/t/1" };
    const pieces = reduce(link, { ...full, maxTextLength: 30 });
    expect(pieces.at(-1)).toEqual({ ...link, text: "" });
    expect(pieces).toHaveLength(2);
  });

  it("一家人的表情不会被拆开", () => {
    const family = "👨‍👩‍👧‍👦";
    const pieces = reduce({ kind: "text", text: family.repeat(4) }, { ...full, maxTextLength: 25 });
    expect(pieces).toHaveLength(2);
    for (const piece of pieces) expect(piece).toEqual({ kind: "text", text: family.repeat(2) });
  });

  it("任何文字、任何长度：每段不超长，一个字不丢，代理对不断开", () => {
    const anyText = fc.string({
      unit: fc.constantFrom("路", "灯", "。", "，", "\n", " ", "a", ".", "😀", "e\u0301", "👨‍👩‍👧"),
      maxLength: 300,
    });
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 60 }), (text, maxTextLength) => {
        const pieces = reduce({ kind: "text", text }, { ...full, maxTextLength });
        const joined = pieces.map((piece) => (piece.kind === "text" ? piece.text : "?")).join("");
        expect(joined.replace(/\s/gu, "")).toBe(text.replace(/\s/gu, ""));
        for (const piece of pieces) {
          if (piece.kind !== "text") throw new Error(`unexpected ${piece.kind}`);
          expect(piece.text.length).toBeLessThanOrEqual(maxTextLength);
          expect(piece.text.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("任何选项数和按钮数：每个选项都在，要么是按钮，要么是带序号的一行", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 0, max: 15 }),
        fc.boolean(),
        (count, maxChoices, asCard) => {
          const many = Array.from({ length: count }, (_, index) => ({
            id: `a/b/${index}`,
            label: `选项${index}`,
            number: index + 7,
          }));
          const message: OutboundMessage = asCard
            ? { ...card, choices: many }
            : { kind: "choices", text: "选", choices: many };
          const shown = reduce(message, { ...full, maxChoices, maxTextLength: 120 });
          const buttons = shown.flatMap((part) => ("choices" in part ? part.choices.map((choice) => choice.id) : []));
          const lines = allText(shown).split("\n");
          for (const choice of many) {
            expect(buttons.includes(choice.id) || lines.includes(`${choice.number}. ${choice.label}`)).toBe(true);
          }
        },
      ),
    );
  });
});
