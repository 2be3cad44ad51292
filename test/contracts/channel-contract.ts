import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Choice, ConversationRef, InboundContent, OutboundMessage } from "../../bots/model/index.ts";
import type { ChannelAdapter } from "../../bots/ports.ts";

/** One message as the citizen's screen has it. */
interface Shown {
  text: string;
  /** Labels of what can be pressed. */
  buttons: string[];
}

export interface ChannelHarness {
  adapter: ChannelAdapter;
  to: ConversationRef;
  /** Everything the citizen sees of the bot, oldest first. */
  shown(): Promise<Shown[]>;
  /** What the platform delivers, and what the channel must make of it; `read` is called twice, as for a redelivery. */
  samples: { name: string; read(): { id: string; content: InboundContent }; expected: InboundContent }[];
  close?(): Promise<void>;
}

const choices: Choice[] = [
  { id: "intake/confirm", label: "确认提交", number: 1 },
  { id: "intake/change/place", label: "修改地点", number: 2 },
];

const url = "https://12345.example.gov.cn/t/2024-000123";

const everyKind: { message: OutboundMessage; words: string[] }[] = [
  {
    message: { kind: "text", text: "您好，第一行\n第二行 <b>不是</b> *标记*" },
    words: ["您好，第一行", "第二行 <b>不是</b> *标记*"],
  },
  { message: { kind: "choices", text: "请选择一项", choices }, words: ["请选择一项"] },
  { message: { kind: "ask-location", text: "事情发生在哪里？", choices }, words: ["事情发生在哪里？"] },
  { message: { kind: "ask-location", text: "请发送位置", choices: [] }, words: ["请发送位置"] },
  { message: { kind: "link", text: "可以随时查看", title: "工单进度", url }, words: ["可以随时查看", "工单进度", url] },
  { message: { kind: "link", text: "", title: "工单进度", url }, words: ["工单进度", url] },
  {
    message: { kind: "card", title: "请核对", rows: [{ label: "地点", value: "朝阳区" }], text: "内容对吗？", choices },
    words: ["请核对", "地点", "朝阳区", "内容对吗？"],
  },
];

/** What every channel must do, run over each of them: `channelContract("web", makeHarness)`. */
export function channelContract(name: string, makeHarness: () => Promise<ChannelHarness>): void {
  describe(`渠道约定：${name}`, () => {
    let harness: ChannelHarness;
    const send = (message: OutboundMessage, idempotencyKey: string) =>
      harness.adapter.send(harness.to, message, { idempotencyKey });

    beforeEach(async () => {
      harness = await makeHarness();
    });
    afterEach(async () => harness.close?.());

    for (const { message, words } of everyKind) {
      it(`显示 ${message.kind}「${words[0]}」，不丢一个字、一个选项`, async () => {
        await send(message, "job-1");
        const shown = await harness.shown();
        for (const word of words) expect(textOf(shown)).toContain(word);
        expectEveryChoice(shown, "choices" in message ? message.choices : []);
      });
    }

    it("同一个幂等键发两次，只显示一次", async () => {
      const card = everyKind.at(-1)?.message as OutboundMessage;
      await send(card, "job-1");
      const once = await harness.shown();
      await send(card, "job-1");
      expect(await harness.shown()).toEqual(once);
    });

    it("相同的话、不同的键，是两条消息，按发送的顺序", async () => {
      await send({ kind: "text", text: "好的" }, "job-1");
      await send({ kind: "text", text: "好的" }, "job-2");
      await send({ kind: "text", text: "再见" }, "job-3");
      const lines = (await harness.shown()).map(({ text }) => text);
      expect(lines.map((line) => /好的|再见/.exec(line)?.[0])).toEqual(["好的", "好的", "再见"]);
    });

    it("超长的话分成几条，每条不超长，连起来一个字不少", async () => {
      const { maxTextLength } = harness.adapter.capabilities;
      const sentence = "路灯坏了三天没有人修，晚上走路很不安全😀。";
      const text = sentence.repeat(Math.ceil((maxTextLength * 2.5) / sentence.length));
      await send({ kind: "text", text }, "job-1");
      const shown = await harness.shown();
      expect(shown.length).toBeGreaterThan(2);
      expect(shown.reduce((count, part) => count + part.text.split(sentence).length - 1, 0)).toBe(
        text.length / sentence.length,
      );
      for (const part of shown) expect(part.text.isWellFormed()).toBe(true);
    });

    it("选项再多也一个不少", async () => {
      const many = Array.from({ length: harness.adapter.capabilities.maxChoices + 7 }, (_, index) => ({
        id: `intake/category/${index}`,
        label: `类别第${index}号`,
        number: index + 1,
      }));
      await send({ kind: "choices", text: "请选择类别", choices: many }, "job-1");
      expectEveryChoice(await harness.shown(), many);
    });

    it("读懂平台送来的每一种样本；再送一次，编号不变", () => {
      for (const { name: sample, read, expected } of harness.samples) {
        const first = read();
        expect(first.content, sample).toEqual(expected);
        expect(read().id, sample).toBe(first.id);
      }
    });
  });
}

const textOf = (shown: Shown[]) => shown.map(({ text }) => text).join("\n");

function expectEveryChoice(shown: Shown[], choices: Choice[]): void {
  const buttons = shown.flatMap((part) => part.buttons);
  for (const { label, number } of choices) {
    expect(buttons.includes(label) || textOf(shown).includes(`${number}. ${label}`), label).toBe(true);
  }
}
