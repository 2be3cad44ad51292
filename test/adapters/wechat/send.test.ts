import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DeliveryBook } from "../../../adapters/shared/delivery-book.ts";
import { createWechatClient, type WechatClient } from "../../../adapters/wechat/index.ts";
import type { OutboundMessage } from "../../../bots/model/index.ts";
import { startWechatHost, type WechatHost } from "../../fakes/wechat-host.ts";
import { failure } from "../failure.ts";
import { createMemoryBook } from "../memory-book.ts";
import { createMemoryVault } from "../memory-vault.ts";
import { adapterWith, at } from "./memory.ts";

const SEND = "/cgi-bin/message/custom/send";
const openId = "oCitizen";
const to = { channel: "wechat", conversationId: openId, userId: openId } as const;
const text = (words: string): OutboundMessage => ({ kind: "text", text: words });

let host: WechatHost;
let client: WechatClient;
let book: DeliveryBook;

beforeEach(async () => {
  host = await startWechatHost();
  client = createWechatClient({ ...host, apiBase: host.url, vault: createMemoryVault(), clock: { now: () => at } });
  book = createMemoryBook();
});
afterEach(() => host.close());

const adapter = (more: object = {}) => adapterWith({ client, book, ...more });
const send = (words: string, key: string, more: object = {}) =>
  adapter(more).send(to, text(words), { idempotencyKey: key, ticket: "20260301000001" });
const shown = () => host.seen.map((each) => each.text);

describe("客服消息和平台的错误码", () => {
  it("token 过期或失效：换一次，再发一次，发一条", async () => {
    await send("一", "1");
    host.expireTokens();
    await send("二", "2");
    expect(shown()).toEqual(["一", "二"]);
    expect([host.calls.get("/cgi-bin/stable_token"), host.calls.get(SEND)]).toEqual([2, 3]);
    host.fail(SEND, 40_001);
    await send("三", "3");
    expect(shown()).toEqual(["一", "二", "三"]);
  });

  it("换了新的还是不认：过一分钟再试，不会一直换", async () => {
    host.fail(SEND, 40_001, 40_001);
    expect(await failure(send("一", "1"))).toMatchObject({ retryable: true, retryAfterMs: 60_000 });
    expect(host.calls.get(SEND)).toBe(2);
  });

  it.each([
    ["-1 系统繁忙", -1, undefined],
    ["45011 一分钟里太多", 45_011, 60_000],
    ["45009 一天的额度用完：等到北京时间零点", 45_009, 16 * 3_600_000],
  ])("%s：以后再发", async (_name, code, retryAfterMs) => {
    host.fail(SEND, code);
    expect(await failure(send("一", "1"))).toMatchObject({ retryable: true, retryAfterMs });
    await send("一", "1");
    expect(shown()).toEqual(["一"]);
  });

  it.each(["hang-up", "not-json"] as const)("平台断线或答非所问（%s）：以后再发，错误里没有令牌和人", async (fault) => {
    host.fail(SEND, fault);
    const error = await failure(send("一", "1"));
    expect(error.retryable).toBe(true);
    expect(`${error.message} ${String(error.cause)}`).not.toMatch(/token-|oCitizen/);
  });

  it("密钥不对：说明检查哪里", async () => {
    const wrong = createWechatClient({
      ...host,
      appSecret: "wrong",
      apiBase: host.url,
      vault: createMemoryVault(),
      clock: { now: () => at },
    });
    const error = await failure(send("一", "1", { client: wrong }));
    expect(error).toMatchObject({ retryable: true, retryAfterMs: 60_000 });
    expect(error.message).toMatch(/WECHAT_APP_SECRET/);
  });

  it("账号不能发菜单消息：改发带序号的文字", async () => {
    host.fail(SEND, 40_008);
    const choices = [{ id: "intake/confirm", label: "确认提交", number: 1 }];
    await adapter().send(to, { kind: "choices", text: "对吗？", choices }, { idempotencyKey: "1" });
    expect(shown()).toEqual(["对吗？\n回复序号即可选择：\n1. 确认提交"]);
  });

  it("后面要说的一起说，轮到它们时不再说", async () => {
    const behind = async () => [
      { key: "2", message: text("二") },
      { key: "3", message: text("三") },
    ];
    await adapter().send(to, text("一"), { idempotencyKey: "1", behind });
    await adapter().send(to, text("二"), { idempotencyKey: "2" });
    await adapter().send(to, text("三"), { idempotencyKey: "3" });
    expect(shown()).toEqual(["一\n\n二\n\n三"]);
  });

  it("长话发到一半断了，再发只补没发的", async () => {
    const long = Array.from({ length: 150 }, (_, index) => `第 ${index} 盏路灯坏了三天没有人修。`).join("");
    host.fail(SEND, "pass", -1);
    await failure(send(long, "1"));
    expect(shown()).toHaveLength(1);
    await send(long, "1");
    expect(shown().join("").replaceAll("\n", "")).toBe(long);
  });
});

describe("48 小时以外", () => {
  it.each([
    ["45015 过了时限", 45_015],
    ["45047 条数用完", 45_047],
    ["43004 不再关注", 43_004],
    ["48001 没有权限", 48_001],
    ["没见过的错误码", 99_999],
  ])("%s：任务带着原因结束，话留到下次来时", async (_name, code) => {
    host.fail(SEND, code);
    const error = await failure(send("工单 20260301000001 已派单。", "1"));
    expect(error.retryable).toBe(false);
    expect(error.message).toMatch(/next visit/);
    expect(book.keptFor(openId)).toEqual([
      { key: "1#0", text: "工单 20260301000001 已派单。\n进度：https://12345.example.gov.cn/t/20260301000001" },
    ]);
  });

  it("下次来时，先说留下的，再说现在的，只说一次", async () => {
    host.fail(SEND, 45_015);
    await failure(send("已派单。", "1"));
    const said: string[] = [];
    const windows = {
      async reply(_userId: string, compose: () => Promise<string | undefined>) {
        said.push((await compose()) ?? "");
        return true;
      },
    };
    await send("您好。", "2", { windows });
    await send("再见。", "3", { windows });
    expect(said).toEqual([
      "您不在的时候：\n已派单。\n进度：https://12345.example.gov.cn/t/20260301000001\n\n您好。",
      "再见。",
    ]);
    expect(shown()).toEqual([]);
  });

  it("留下的话也可以随客服消息走", async () => {
    host.fail(SEND, 45_015);
    await failure(send("已派单。", "1"));
    await send("您好。", "2");
    expect(shown()[0]).toMatch(/^您不在的时候：\n已派单。.*您好。$/s);
    expect(book.keptFor(openId)).toEqual([]);
  });

  it.each([
    ["模板消息", "template", "/cgi-bin/message/template/send", "url"],
    ["订阅通知", "subscription", "/cgi-bin/message/subscribe/bizsend", "page"],
  ] as const)("设了模板：发%s，带工单页的网址", async (_name, kind, path, link) => {
    host.templates.push({ kind, id: "tmpl-1", content: "编号：{{character_string1.DATA}}\n{{thing2.DATA}}" });
    host.shut(openId);
    await send("已派单。", "1", { templateId: "tmpl-1" });
    expect(host.notices).toEqual([
      expect.objectContaining({
        path,
        touser: openId,
        template_id: "tmpl-1",
        [link]: "https://12345.example.gov.cn/t/20260301000001",
        data: {
          character_string1: { value: "character_string1 20260301000001" },
          thing2: { value: "thing2 20260301000001" },
        },
      }),
    ]);
    expect(book.keptFor(openId)).toHaveLength(1);
  });

  it("模板有填不了的项、模板不在、发不出：任务带着两个原因结束", async () => {
    host.shut(openId);
    host.templates.push({ kind: "template", id: "tmpl-1", content: "{{amount1.DATA}}" });
    expect((await failure(send("一", "1", { templateId: "tmpl-1" }))).message).toMatch(/48 hours.*no news fits/);
    expect((await failure(send("二", "2", { templateId: "tmpl-2" }))).message).toMatch(/WECHAT_TEMPLATE_ID/);
    host.templates.push({ kind: "template", id: "tmpl-3", content: "{{thing1.DATA}}" });
    host.fail("/cgi-bin/message/template/send", 43_004);
    expect((await failure(send("三", "3", { templateId: "tmpl-3" }))).message).toMatch(/follow/);
    expect(book.keptFor(openId).map(({ key }) => key)).toEqual(["1#0", "2#0", "3#0"]);
  });
});

describe("预先知道推不出去", () => {
  const shut = "not tried: the citizen wrote last more than 48 hours ago";
  const sendShut = (key: string, more: object = {}) =>
    adapter(more).send(to, text("已派单。"), { idempotencyKey: key, ticket: "20260301000001", shut });

  it("不去试，话留到下次来时，任务带着原因结束", async () => {
    expect((await failure(sendShut("1"))).message).toMatch(/not tried.*next visit/);
    expect(host.calls.get(SEND)).toBeUndefined();
    expect(book.keptFor(openId)).toHaveLength(1);
  });

  it("设了模板就发模板", async () => {
    host.templates.push({ kind: "template", id: "tmpl-1", content: "{{thing1.DATA}}" });
    await sendShut("1", { templateId: "tmpl-1" });
    expect([host.notices.length, host.calls.get(SEND)]).toEqual([1, undefined]);
  });

  it("正好有一个开着的应答，就随它走", async () => {
    const said: string[] = [];
    const windows = {
      async reply(_userId: string, compose: () => Promise<string | undefined>) {
        said.push((await compose()) ?? "");
        return true;
      },
    };
    await sendShut("1", { windows });
    expect([said, host.calls.get(SEND), book.keptFor(openId)]).toEqual([["已派单。"], undefined, []]);
  });

  it("每推一条记一条，随应答走的不算，发不出的不算", async () => {
    let pushes = 0;
    const pushed = async () => {
      pushes += 1;
    };
    await adapter().send(to, text("一"), { idempotencyKey: "1", pushed });
    const windows = {
      reply: async (_user: string, compose: () => Promise<unknown>) => (await compose()) !== undefined,
    };
    await adapter({ windows }).send(to, text("二"), { idempotencyKey: "2", pushed });
    host.fail(SEND, 45_015);
    await failure(adapter().send(to, text("三"), { idempotencyKey: "3", pushed }));
    expect(pushes).toBe(1);
  });
});

describe("下载市民发来的文件", () => {
  it("图片直接给，视频先给网址，太大的、没有的不给", async () => {
    host.media.set("m-1", { type: "image/jpeg", bytes: Buffer.from("picture") });
    host.media.set("m-2", { type: "video/mp4", bytes: Buffer.from("film") });
    expect(await client.download("m-1", 100)).toEqual({ kind: "file", bytes: Buffer.from("picture") });
    expect(await client.download("m-2", 100)).toEqual({ kind: "file", bytes: Buffer.from("film") });
    expect(await client.download("m-3", 100)).toMatchObject({ kind: "refused", code: 40_007 });
    await expect(client.download("m-1", 3)).rejects.toMatchObject({ retryable: false });
  });
});
