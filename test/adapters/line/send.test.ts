import { validateSignature } from "@line/bot-sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLineClient } from "../../../adapters/line/index.ts";
import type { DeliveryBook } from "../../../adapters/shared/delivery-book.ts";
import type { Choice, OutboundMessage } from "../../../bots/model/index.ts";
import { type LineHost, startLineHost } from "../../fakes/line-host.ts";
import { sign } from "../../fakes/line-platform.ts";
import { failure } from "../failure.ts";
import { createMemoryBook } from "../memory-book.ts";
import { lineAdapterWith, SECRET } from "./memory.ts";
import { samples, USER } from "./samples.ts";

const to = { channel: "line", conversationId: USER, userId: USER } as const;
const text = (words: string): OutboundMessage => ({ kind: "text", text: words });
const choices: Choice[] = [
  { id: "intake/confirm", label: "确认提交", number: 1 },
  { id: "intake/edit", label: "修改", number: 2 },
];

let host: LineHost;
let book: DeliveryBook;
beforeEach(async () => {
  host = await startLineHost();
  book = createMemoryBook();
});
afterEach(() => host.close());

const adapter = (channelAccessToken = host.accessToken) =>
  lineAdapterWith({ client: createLineClient({ channelAccessToken, apiBase: host.url }), book });
const send = (message: OutboundMessage, key: string, more: object = {}) =>
  adapter().send(to, message, { idempotencyKey: key, ...more });
const shown = () => host.seen.map((each) => `${each.way} ${each.text}`);

describe("签名", () => {
  const body = Buffer.from('{"hello":"world"}');
  const known = "t7Hn4ZDHqs6e+wdvI5TyQIvzie0DmMUmuXEBqyyE/tM=";

  it("已知的签名：SDK、测试用的平台、渠道三家都认", () => {
    expect(sign(SECRET, body.toString())).toBe(known);
    expect(validateSignature(body, SECRET, known)).toBe(true);
    expect(adapter().read(body, known)).toEqual({ kind: "refused", fault: "malformed" });
  });

  it.each([undefined, "", "x", known.toLowerCase(), `${known}=`.slice(1)])("别的都不认：%s", (signature) => {
    expect(adapter().read(body, signature)).toEqual({ kind: "refused", fault: "bad-signature" });
  });

  it("签的是原来的字节：改一个空格就不认", () => {
    const events = JSON.stringify({ events: [samples.text] });
    expect(adapter().read(Buffer.from(events), sign(SECRET, events)).kind).toBe("events");
    expect(adapter().read(Buffer.from(`${events} `), sign(SECRET, events)).kind).toBe("refused");
  });
});

describe("先用回复，后用推送", () => {
  it("一轮要说的合成一次回复，轮到它们时不再说", async () => {
    const replyHandle = host.replyToken(USER);
    const behind = async () => [
      { key: "2", message: text("二") },
      { key: "3", message: text("三") },
    ];
    await send(text("一"), "1", { replyHandle, behind });
    await send(text("二"), "2", { replyHandle });
    await send(text("三"), "3", { replyHandle });
    expect(shown()).toEqual(["reply 一", "reply 二", "reply 三"]);
    expect(host.calls).toHaveLength(1);
  });

  it("一次回复最多五条，多的推送", async () => {
    const replyHandle = host.replyToken(USER);
    const behind = async () => [2, 3, 4, 5, 6].map((key) => ({ key: String(key), message: text(String(key)) }));
    await send(text("1"), "1", { replyHandle, behind });
    for (const key of ["2", "3", "4", "5", "6"]) await send(text(key), key, { replyHandle });
    expect(shown()).toEqual(["reply 1", "reply 2", "reply 3", "reply 4", "reply 5", "push 6"]);
  });

  it("回复的时间过了，或者没有可回复的：推送", async () => {
    const replyHandle = host.replyToken(USER);
    host.expireReplyTokens();
    await send(text("一"), "1", { replyHandle });
    await send(text("二"), "2", { replyHandle });
    await send(text("三"), "3");
    expect(shown()).toEqual(["push 一", "push 二", "push 三"]);
    // The second of the turn does not try the token again.
    expect(host.calls.map(({ path }) => path)).toEqual(["reply", "push", "push", "push"]);
  });

  it("推送的应答丢了：同一个重试键再推，409 就是已经收到，只显示一次", async () => {
    host.fail("push", "answer-lost");
    expect((await failure(send(text("一"), "job-1"))).retryable).toBe(true);
    await send(text("一"), "job-1");
    expect(shown()).toEqual(["push 一"]);
    const [first, second] = host.calls;
    expect([first?.status, second?.status, first?.retryKey === second?.retryKey]).toEqual([200, 409, true]);
    await send(text("一"), "job-2");
    expect(host.calls.at(-1)?.retryKey).not.toBe(first?.retryKey);
  });

  it("回复的应答丢了：不知道到没到，再推送一次，宁可说两遍", async () => {
    const replyHandle = host.replyToken(USER);
    host.fail("reply", "answer-lost");
    expect((await failure(send(text("一"), "1", { replyHandle }))).retryable).toBe(true);
    await send(text("一"), "1", { replyHandle });
    await send(text("一"), "1", { replyHandle });
    expect(shown()).toEqual(["reply 一", "push 一"]);
  });

  it("长话推到一半断了，再推只补没到的", async () => {
    const long = Array.from({ length: 2_000 }, (_, index) => `第 ${index} 盏路灯坏了三天没有人修。`).join("");
    host.fail("push", 500);
    await failure(send(text(long), "1"));
    await send(text(long), "1");
    expect(host.seen.map((each) => each.text).join("")).toBe(long);
    expect(host.seen.length).toBeGreaterThan(5);
  });
});

describe("平台的状态码", () => {
  it.each([
    ["429 太快，平台说了等多久", { status: 429, message: "slow down", retryAfter: "7" }, 7_000],
    ["429 太快", { status: 429, message: "The API rate limit has been exceeded." }, 30_000],
    ["500", { status: 500, message: "x" }, undefined],
    ["401 令牌不对", { status: 401, message: "Authentication failed" }, 60_000],
  ])("%s：以后再发", async (_name, fault, retryAfterMs) => {
    host.fail("push", fault);
    expect(await failure(send(text("一"), "1"))).toMatchObject({ retryable: true, retryAfterMs });
    await send(text("一"), "1");
    expect(shown()).toEqual(["push 一"]);
  });

  it.each(["hang-up", "not-json"] as const)("断线或答非所问（%s）：以后再发，错误里没有令牌、人和话", async (fault) => {
    host.fail("push", fault);
    const error = await failure(send(text("一句话"), "1"));
    expect(error.retryable).toBe(true);
    expect(`${error.message} ${String(error.cause)}`).not.toMatch(/access-token|U4af|一句话/);
  });

  it("回复时太快：以后再发，不改用推送", async () => {
    const replyHandle = host.replyToken(USER);
    host.fail("reply", 429);
    expect((await failure(send(text("一"), "1", { replyHandle }))).retryable).toBe(true);
    await send(text("一"), "1", { replyHandle });
    expect(shown()).toEqual(["reply 一"]);
  });

  it.each([
    ["400", 400, /does not know the citizen/],
    ["403", 403, /not allowed/],
    ["410", 410, /gone/],
    ["没见过的", 418, /418/],
    ["这个月的条数用完", { status: 429, message: "You have reached your monthly limit." }, /month/],
  ] as const)("%s：任务带着原因结束，话留到下次来时先说，只说一次", async (_name, fault, why) => {
    host.fail("push", fault);
    const error = await failure(send(text("已派单。"), "1"));
    expect(error.retryable).toBe(false);
    expect(error.message).toMatch(why);
    await send(text("您好。"), "2", { replyHandle: host.replyToken(USER) });
    await send(text("再见。"), "3", { replyHandle: host.replyToken(USER) });
    expect(shown()).toEqual(["reply 您不在的时候：\n已派单。", "reply 您好。", "reply 再见。"]);
  });
});

describe("留下的话", () => {
  it("多得一条装不下的，下次和再下次说完，一句不丢", async () => {
    const words = Array.from({ length: 4 }, (_, index) => `第${index}段${"话".repeat(2_000)}`);
    await book.keep(
      USER,
      words.map((each, index) => ({ key: String(index), text: each })),
    );
    for (const key of ["a", "b"]) await send(text("您好。"), key, { replyHandle: host.replyToken(USER) });
    expect(shown()).toEqual([
      `reply 您不在的时候：\n${words.slice(0, 2).join("\n")}`,
      "reply 您好。",
      `reply 您不在的时候：\n${words.slice(2).join("\n")}`,
      "reply 您好。",
    ]);
    expect(book.keptFor(USER)).toEqual([]);
  });
});

describe("选项、卡片、电话", () => {
  const asked: OutboundMessage = { kind: "choices", text: "都对吗？", choices };

  it("选项是快捷回复，按下去送回编号", async () => {
    await send(asked, "1");
    expect(host.seen[0]?.buttons).toEqual([
      { label: "确认提交", data: "intake/confirm", type: "postback" },
      { label: "修改", data: "intake/edit", type: "postback" },
    ]);
  });

  it("后面还有话的选项，自己写成带序号的行，按钮移到最后一条", async () => {
    const replyHandle = host.replyToken(USER);
    await send(asked, "1", { replyHandle, behind: async () => [{ key: "2", message: text("请慢慢看。") }] });
    expect(host.seen.map(({ text, buttons }) => [text, buttons.length])).toEqual([
      ["都对吗？\n回复序号即可选择：\n1. 确认提交\n2. 修改", 0],
      ["请慢慢看。", 2],
    ]);
  });

  it("问位置时多一个打开地图的按钮，十三个以内", async () => {
    const many = Array.from({ length: 12 }, (_, index) => ({
      id: `a/b/${index}`,
      label: `第${index}个`,
      number: index + 1,
    }));
    await send({ kind: "ask-location", text: "在哪里？", choices: many }, "1");
    expect(host.seen[0]?.buttons).toHaveLength(13);
    expect(host.seen[0]?.buttons[0]).toEqual({ label: "发送位置", data: undefined, type: "location" });
  });

  it.each([
    ["超过二十个字的", { id: "a/b", label: "字".repeat(21), number: 3 }],
    ["编号超过三百的", { id: `a/b/${"x".repeat(300)}`, label: "长", number: 3 }],
  ])("有一个%s，都写成带序号的行", async (_name, choice) => {
    await send({ kind: "choices", text: "选哪个？", choices: [...choices, choice] }, "1");
    expect(host.seen[0]?.buttons).toEqual([]);
    expect(host.seen[0]?.text).toContain(`2. 修改\n3. ${choice.label}`);
  });

  it("核对单是卡片，替代文字一字不少，按钮一直在；太长的变成文字", async () => {
    const card = (value: string): OutboundMessage => ({
      kind: "card",
      title: "请核对",
      rows: [
        { label: "内容", value },
        { label: "备注", value: "" },
      ],
      text: "对吗？",
      choices,
    });
    await send(card("路灯坏了"), "1");
    await send(card("路灯坏了。".repeat(100)), "2");
    expect(host.seen.map(({ type, buttons }) => [type, buttons.length])).toEqual([
      ["flex", 2],
      ["text", 2],
    ]);
    expect(host.seen[0]?.text).toBe("请核对\n内容：路灯坏了\n备注：\n对吗？");
  });

  it("紧急电话一按就拨；网页的地址补全", async () => {
    await send({ kind: "link", text: "请马上拨打", title: "拨打 119", url: "tel:119" }, "1");
    await send({ kind: "link", text: "", title: "进度", url: "/t/1" }, "2");
    expect(host.seen[0]?.buttons).toEqual([{ label: "拨打 119", data: undefined, type: "uri" }]);
    expect(host.seen[1]?.text).toBe("进度\nhttps://12345.example.gov.cn/t/1");
  });
});
