import { describe, expect, it } from "vitest";
import { createWebAdapter, renderActivity } from "../../../adapters/web/index.ts";
import { DeliveryError } from "../../../bots/errors.ts";
import type { OutboundMessage } from "../../../bots/model/index.ts";
import { createMemoryLog } from "../memory-log.ts";

const at = new Date("2025-03-01T08:00:00Z");
const render = (message: OutboundMessage) =>
  renderActivity(message, { from: { id: "bot", name: "助手", role: "bot" }, at });
const choices = [{ id: "intake/start", label: "我要反映问题", number: 1 }];

describe("机器人的话变成 Direct Line 活动", () => {
  it("来自 bot，纯文本，带时间", () => {
    expect(render({ kind: "text", text: "*您好*" })).toEqual({
      type: "message",
      timestamp: "2025-03-01T08:00:00.000Z",
      from: { id: "bot", name: "助手", role: "bot" },
      text: "*您好*",
      textFormat: "plain",
      inputHint: "acceptingInput",
    });
  });

  it("工作人员的话注明是谁，文字里也有", () => {
    const said: OutboundMessage = { kind: "text", text: "工作人员 3 号：您好", speaker: "工作人员 3 号" };
    expect(render(said)).toMatchObject({ text: "工作人员 3 号：您好", channelData: { speaker: "工作人员 3 号" } });
  });

  it("选项是 postBack 按钮，值是选项编号", () => {
    expect(render({ kind: "choices", text: "请选择", choices })).toMatchObject({
      inputHint: "expectingInput",
      suggestedActions: { actions: [{ type: "postBack", title: "我要反映问题", value: "intake/start" }] },
      channelData: { choices },
    });
  });

  it("要位置时带 askLocation，选项还在", () => {
    expect(render({ kind: "ask-location", text: "在哪里？", choices }).channelData).toEqual({
      choices,
      askLocation: true,
    });
    expect(render({ kind: "ask-location", text: "在哪里？", choices: [] }).suggestedActions).toBeUndefined();
  });

  it("链接是 openUrl 按钮，文字里也有网址", () => {
    const link = render({ kind: "link", text: "可查看", title: "工单", url: "https://e.cn/t/1" });
    expect(link.text).toBe("可查看\n工单\nhttps://e.cn/t/1");
    expect(link.attachments?.[0]?.content?.buttons).toEqual([
      { type: "openUrl", title: "工单", value: "https://e.cn/t/1" },
    ]);
  });

  it("会执行脚本的链接不做成按钮", () => {
    expect(render({ kind: "link", text: "", title: "x", url: "javascript:alert(1)" }).attachments).toBeUndefined();
  });

  it("卡片的每一行都在 FactSet 里，文字自成一体", () => {
    const card = render({
      kind: "card",
      title: "请核对",
      rows: [{ label: "地点", value: "东单" }],
      text: "对吗？",
      choices,
    });
    expect(card.text).toBe("请核对\n地点：东单\n对吗？");
    expect(JSON.stringify(card.attachments)).toContain('"facts":[{"title":"地点","value":"东单"}]');
    expect(card.channelData?.card).toEqual({
      title: "请核对",
      rows: [{ label: "地点", value: "东单" }],
      text: "对吗？",
    });
    expect(card.suggestedActions?.actions).toHaveLength(1);
  });
});

describe("web 渠道发送", () => {
  it("回复指向所答的活动", async () => {
    const log = createMemoryLog();
    const conversationId = await log.create("v");
    const adapter = createWebAdapter({ log, clock: { now: () => at } });
    const to = { channel: "web", conversationId, userId: "v" } as const;
    await adapter.send(to, { kind: "text", text: "好" }, { idempotencyKey: "1", replyHandle: "c|0000001" });
    expect((await log.since(conversationId, "0", 10)).activities[0]?.replyToId).toBe("c|0000001");
  });

  it("会话已不存在时，再试也没有用", async () => {
    const adapter = createWebAdapter({ log: createMemoryLog(), clock: { now: () => at } });
    const to = { channel: "web", conversationId: "none", userId: "v" } as const;
    const sending = adapter.send(to, { kind: "text", text: "好" }, { idempotencyKey: "1" });
    await expect(sending).rejects.toThrow(DeliveryError);
    await expect(sending).rejects.toMatchObject({ retryable: false });
  });
});
