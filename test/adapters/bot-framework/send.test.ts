import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keepAddress } from "../../../adapters/bot-framework/index.ts";
import type { DeliveryBook } from "../../../adapters/shared/delivery-book.ts";
import type { DeliveryError } from "../../../bots/errors.ts";
import type { OutboundMessage } from "../../../bots/model/index.ts";
import { APP_PASSWORD, type BotFrameworkHost, startBotFrameworkHost } from "../../fakes/bot-framework-host.ts";
import { failure } from "../failure.ts";
import { createMemoryBook } from "../memory-book.ts";
import { adapterWith, addressIn, clientOf } from "./memory.ts";

const to = { channel: "bot-framework", conversationId: "msteams|a:chat", userId: "msteams|29:u" } as const;

let host: BotFrameworkHost;
let book: DeliveryBook;
let client: ReturnType<typeof clientOf>;
beforeEach(async () => {
  host = await startBotFrameworkHost();
  book = createMemoryBook();
  client = clientOf(host);
  await keepAddress(book, to.conversationId, addressIn("a:chat", host.serviceUrl), new Date());
});
afterEach(() => host.close());

const send = (message: OutboundMessage, idempotencyKey: string) =>
  adapterWith(client, book).send(to, message, { idempotencyKey });
const say = (text: string, key: string) => send({ kind: "text", text }, key);
const shown = () => host.seen.map(({ text }) => text);
const told = (error: DeliveryError) => `${error.message} ${String(error.cause)} ${error.stack}`;

describe("送出去的活动", () => {
  it("寄到令牌说过的地址，不冒充回答谁，签上自己的令牌，令牌只取一次", async () => {
    await say("一", "1");
    await say("二", "2");
    expect(shown()).toEqual(["一", "二"]);
    expect(host.seen[0]).toMatchObject({
      conversationId: "a:chat",
      activity: { textFormat: "plain", recipient: { id: "29:user" }, from: { id: "28:bot" } },
    });
    expect(host.seen[0]).not.toHaveProperty("replyToId");
    expect(host.calls.filter((call) => call === "token")).toHaveLength(1);
  });

  it("卡片上的按钮带着选项的编号；紧急电话一按就拨", async () => {
    await send(
      { kind: "choices", text: "请选", choices: [{ id: "intake/confirm", label: "确认提交", number: 1 }] },
      "1",
    );
    await send({ kind: "link", text: "有危险请马上", title: "拨打 119", url: "tel:119" }, "2");
    await send({ kind: "link", text: "看", title: "坏链接", url: "javascript:alert(1)" }, "3");
    const value = { choice: "intake/confirm", label: "确认提交" };
    expect(host.seen[0]?.buttons).toEqual([
      {
        title: "确认提交",
        data: { ...value, msteams: { type: "messageBack", displayText: "确认提交", text: "确认提交", value } },
      },
    ]);
    expect(host.seen.slice(1).map(({ buttons }) => buttons)).toEqual([[{ title: "拨打 119", url: "tel:119" }], []]);
  });

  it("平台搬了聊天：用最新的地址，钟往回走也一样", async () => {
    await keepAddress(book, to.conversationId, addressIn("a:moved", host.serviceUrl), new Date(0));
    await keepAddress(book, to.conversationId, addressIn("a:moved", host.serviceUrl), new Date());
    await say("一", "1");
    expect(host.seen[0]?.conversationId).toBe("a:moved");
  });

  it("不知道寄到哪里：任务带着原因结束，话留着", async () => {
    const lost = { ...to, conversationId: "msteams|a:never" };
    const error = await failure(
      adapterWith(client, book).send(lost, { kind: "text", text: "一" }, { idempotencyKey: "1" }),
    );
    expect([error.retryable, book.keptFor(to.userId)]).toEqual([false, [{ key: "1#0", text: "一" }]]);
  });
});

describe("平台说不行", () => {
  it.each([
    ["429 太快", { status: 429, retryAfter: "7" }, 7_000],
    ["429 没说多久", { status: 429 }, 30_000],
    ["412 正忙", { status: 412 }, undefined],
    ["503 说了多久", { status: 503, retryAfter: "9" }, 9_000],
    ["500", { status: 500 }, undefined],
    ["断线", "hang-up", undefined],
    ["要我们去别处", "redirect", undefined],
  ] as const)("%s：不自己重试，以后再发，错误里没有令牌、人和话", async (_name, fault, retryAfterMs) => {
    host.fail("activity", fault);
    const error = await failure(say("一句秘密的话", "1"));
    expect(error).toMatchObject({ retryable: true, retryAfterMs });
    expect(host.calls.filter((call) => call === "activity")).toHaveLength(1);
    expect(told(error)).not.toMatch(/秘密|access-token|29:user|a:chat|127\.0\.0\.1/);
    await say("一句秘密的话", "1");
    expect(shown()).toEqual(["一句秘密的话"]);
  });

  it("应答丢了：没有防重复的办法，再发一次，宁可说两遍", async () => {
    host.fail("activity", "answer-lost");
    await failure(say("一", "1"));
    await say("一", "1");
    await say("一", "1");
    expect(shown()).toEqual(["一", "一"]);
  });

  it("令牌被收回：换一张再发；换了也不行就说该查什么", async () => {
    await say("一", "1");
    host.withdrawToken();
    await say("二", "2");
    host.fail("activity", { status: 401 }, { status: 401 });
    const error = await failure(say("三", "3"));
    expect([error.retryable, error.retryAfterMs, /BOT_FRAMEWORK_APP_ID/.test(error.message)]).toEqual([
      true,
      60_000,
      true,
    ]);
    expect(shown()).toEqual(["一", "二"]);
  });

  it.each([
    ["密码不对", "wrong password"],
    ["登录处断线", APP_PASSWORD],
  ])("%s：以后再发，错误里没有密码", async (name, password) => {
    if (name === "登录处断线") host.fail("token", "hang-up");
    client = clientOf(host, password);
    const error = await failure(say("一", "1"));
    expect(error.retryable).toBe(true);
    expect(told(error)).not.toContain(password);
  });

  it.each([
    [{ status: 403, code: "BotNotInConversationRoster" }, /removed the bot/],
    [{ status: 403, code: "MessageWritesBlocked" }, /blocked the bot/],
    [{ status: 403, code: "BotDisabledByAdmin" }, /administrators/],
    [{ status: 403 }, /may not write/],
    [{ status: 404, code: "ConversationNotFound" }, /not there any more/],
    [{ status: 400, code: "BadSyntax" }, /does not take/],
    [{ status: 413, code: "MessageSizeTooBig" }, /too large/],
    [{ status: 418, code: "x y 电话" }, /status 418/],
  ])("%j：任务带着原因结束，话留到下次来时先说，只说一次", async (fault, why) => {
    host.fail("activity", fault);
    const error = await failure(say("一", "1"));
    expect(error.message).toMatch(why);
    expect([error.retryable, /next visit/.test(error.message), /电话/.test(error.message)]).toEqual([
      false,
      true,
      false,
    ]);
    await say("二", "2");
    await say("三", "3");
    expect(shown()).toEqual(["您不在的时候：\n一", "二", "三"]);
  });
});

describe("市民的文件", () => {
  const address = () => addressIn("a:chat", host.serviceUrl);
  const fetched = (url: string, isOpen = false, where = address()) => client.download({ url, isOpen }, where, 1_000);

  it("从令牌说过的地方取，带上令牌", async () => {
    host.files.set("original", Buffer.from("png"));
    const url = `${host.serviceUrl}v3/attachments/0-a/views/original`;
    expect(await fetched(url)).toEqual({ kind: "file", bytes: Buffer.from("png") });
    host.files.set("original", Buffer.alloc(1_001));
    expect(await fetched(url)).toEqual({ kind: "refused", why: "the file is too large" });
    host.files.delete("original");
    expect((await fetched(url)).kind).toBe("refused");
    host.fail("attachment", "redirect");
    expect((await failure(fetched(url))).retryable).toBe(true);
  });

  it.each([
    "http://169.254.169.254/latest/meta-data",
    "http://127.0.0.1:1/v3/attachments/a",
    "http://localhost/",
    "file:///etc/passwd",
    "https://smba.trafficmanager.net.evil.example/",
    "data:text/plain,x",
    "",
    "not an address",
  ])("别处的一概不取，也不带令牌去：%s", async (url) => {
    host.calls.length = 0;
    for (const isOpen of [false, true]) expect((await fetched(url, isOpen)).kind).toBe("refused");
    expect(host.calls).toEqual([]);
  });

  it("Teams 的文件库只在 Teams 里认，名字像的不认", async () => {
    for (const url of [
      "http://a.sharepoint.com/x",
      "https://a.sharepoint.com.evil.example/",
      "https://evilsharepoint.com/",
      "https://u:p@a.sharepoint.com/",
      "https://a.sharepoint.com:8443/",
    ]) {
      expect((await fetched(url, true)).kind, url).toBe("refused");
    }
    const elsewhere = addressIn("c", host.serviceUrl, "webchat");
    expect((await fetched("https://a.sharepoint.com/x", true, elsewhere)).kind).toBe("refused");
  });
});
