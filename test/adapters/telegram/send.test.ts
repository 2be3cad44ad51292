import { Bot } from "grammy";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTelegramAdapter, createTelegramClient } from "../../../adapters/telegram/index.ts";
import type { OutboundMessage } from "../../../bots/model/index.ts";
import { startTelegramHost, type TelegramHost } from "../../fakes/telegram-host.ts";
import { failure } from "../failure.ts";
import { createMemoryBook } from "../memory-book.ts";

const to = { channel: "telegram", conversationId: "77", userId: "77" } as const;
const words = { whileAway: "您不在的时候：", inGroup: (url: string) => `请私聊：${url}` };

let host: TelegramHost;
let adapter: ReturnType<typeof createTelegramAdapter>;
let client: ReturnType<typeof createTelegramClient>;
beforeEach(async () => {
  host = await startTelegramHost();
  client = createTelegramClient({ token: host.token, apiBase: host.url });
  adapter = createTelegramAdapter({
    client,
    words,
    book: createMemoryBook(),
    publicUrl: "https://12345.example.gov.cn",
  });
});
afterEach(() => host.close());

const say = (text: string, idempotencyKey: string, ref: { conversationId: string; userId: string } = to) =>
  adapter.send({ ...to, ...ref }, { kind: "text", text }, { idempotencyKey });
const shown = () => host.seen.map(({ text }) => text);

describe("平台说不行", () => {
  it("太快了：按它说的时间再发", async () => {
    host.fail("sendMessage", { code: 429, description: "Too Many Requests: retry after 7", retryAfter: 7 });
    expect(await failure(say("一", "1"))).toMatchObject({ retryable: true, retryAfterMs: 7_000 });
    expect(host.calls.get("sendMessage")).toBe(1);
    await say("一", "1");
    expect(shown()).toEqual(["一"]);
  });

  it.each([
    ["hang-up", undefined],
    ["not-json", undefined],
    [{ code: 502, description: "Bad Gateway" }, undefined],
    [{ code: 401, description: "Unauthorized" }, 60_000],
  ] as const)("%j：以后再发，错误里没有令牌", async (fault, retryAfterMs) => {
    host.fail("sendMessage", fault);
    const error = await failure(say("一", "1"));
    expect(error).toMatchObject({ retryable: true, retryAfterMs });
    expect(`${error.message} ${String(error.cause)} ${error.stack}`).not.toContain("AAEstandIn");
  });

  it.each([
    [{ code: 403, description: "Forbidden: bot was blocked by the user" }, /blocked the bot/],
    [{ code: 403, description: "Forbidden: user is deactivated" }, /does not exist any more/],
    [{ code: 400, description: "Bad Request: chat not found" }, /not known to the bot/],
    [{ code: 400, description: "Bad Request: 张小明 is new" }, /refuses with code 400;/],
  ])("%j：不再发，说明为什么，话留到下次", async (fault, why) => {
    host.fail("sendMessage", fault);
    const error = await failure(say("一", "1"));
    expect(error.retryable).toBe(false);
    expect(error.message).toMatch(why);
    await say("二", "2");
    await say("三", "3");
    expect(shown()).toEqual(["您不在的时候：\n一", "二", "三"]);
  });

  it("一直不行：留下的按次序，一条不少，也不重", async () => {
    host.blockedBy.add("77");
    for (const [text, key] of [
      ["一", "1"],
      ["二", "2"],
      ["三", "3"],
    ] as const)
      await failure(say(text, key));
    host.blockedBy.clear();
    await say("四", "4");
    await say("一", "1");
    expect(shown()).toEqual(["您不在的时候：\n一", "二", "三", "四"]);
  });
});

describe("问更新", () => {
  const never = new AbortController().signal;

  it("更新送去了 webhook：说怎么办，过半分钟再问", async () => {
    host.webhook = { url: "https://x.example", secret: "s" };
    const error = await failure(client.updates({ offset: 1, waitSeconds: 1 }, never));
    expect(error).toMatchObject({ retryable: true, retryAfterMs: 30_000 });
    expect(error.message).toMatch(/telegram webhook --delete.*409/);
  });

  it("不等了就马上停", async () => {
    const stop = new AbortController();
    const asking = client.updates({ offset: 1, waitSeconds: 30 }, stop.signal);
    stop.abort(new Error("stopping"));
    await expect(asking).rejects.toThrow("stopping");
  });
});

describe("按钮", () => {
  const choice = (id: string, label: string, number: number) => ({ id, label, number });

  it("选项是消息下面的按钮，短的两个一行；要位置、要电话的按钮在键盘上", async () => {
    const choices = [choice("intake/confirm", "确认提交", 1), choice("intake/edit", "修改", 2)];
    const messages: OutboundMessage[] = [
      { kind: "choices", text: "对吗？", choices },
      { kind: "ask-location", text: "在哪里？", choices },
      { kind: "choices", text: "您的电话？", choices, asks: "contact" },
    ];
    for (const [index, message] of messages.entries())
      await adapter.send(to, message, { idempotencyKey: String(index) });
    expect(host.seen.map(({ inline, keyboard }) => [inline, keyboard])).toEqual([
      [
        [
          { text: "确认提交", callback_data: "intake/confirm" },
          { text: "修改", callback_data: "intake/edit" },
        ],
        [],
      ],
      [[], [{ text: "发送我的位置", request_location: true }, { text: "确认提交" }, { text: "修改" }]],
      [[], [{ text: "发送我的电话号码", request_contact: true }, { text: "确认提交" }, { text: "修改" }]],
    ]);
  });

  it("编号太长的按钮平台也收", async () => {
    const choices = [choice(`question/show/${"x".repeat(200)}`, "条目", 1)];
    await adapter.send(to, { kind: "choices", text: "哪个？", choices }, { idempotencyKey: "1" });
    expect(host.seen[0]?.inline[0]?.callback_data).toMatch(/^~[\w-]{32}$/);
  });

  it("自己的地址写全", async () => {
    await adapter.send(to, { kind: "link", text: "进度", title: "工单", url: "/t/1" }, { idempotencyKey: "1" });
    expect(shown()).toEqual(["进度\n工单\nhttps://12345.example.gov.cn/t/1"]);
  });
});

describe("替身像真的一样：别人写的客户端（grammY）也用得了", () => {
  it("收更新、发消息、答按钮、登记 webhook、取文件", async () => {
    const bot = new Bot(host.token, { client: { apiRoot: host.url } });
    host.files.set("files/f1", Buffer.from("x"));
    await bot.init();
    expect(bot.botInfo.username).toBe(host.username);
    const from = { id: 77, is_bot: false, first_name: "x" };
    const message = { message_id: 1, date: 1, chat: { id: 77, type: "private", first_name: "x" }, from, text: "你好" };
    host.waiting.push({ update_id: 8, ...{ message } });
    const heard = new Promise<void>((resolve) => {
      bot.on("message:text", async (context) => {
        await context.reply(`听到${context.message.text}`, {
          reply_markup: { inline_keyboard: [[{ text: "好", callback_data: "a/b" }]] },
        });
        resolve();
      });
    });
    const polling = bot.start();
    await heard;
    await bot.stop();
    await polling;
    expect(host.waiting).toEqual([]);
    expect(host.seen[0]).toMatchObject({
      chatId: "77",
      text: "听到你好",
      inline: [{ text: "好", callback_data: "a/b" }],
    });
    expect((await bot.api.getFile("f1")).file_path).toBe("files/f1");
    await bot.api.answerCallbackQuery("q1");
    await bot.api.setWebhook("https://x.example/hook", { secret_token: "s" });
    expect([host.pressesAnswered, host.webhook]).toEqual([["q1"], { url: "https://x.example/hook", secret: "s" }]);
    await expect(bot.api.sendMessage(404, "x")).rejects.toThrow(/chat not found/);
  });
});
