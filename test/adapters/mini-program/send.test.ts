import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createMiniProgramClient,
  type MiniProgramClient,
  serviceConversation,
} from "../../../adapters/mini-program/index.ts";
import type { DeliveryBook } from "../../../adapters/shared/delivery-book.ts";
import type { OutboundMessage } from "../../../bots/model/index.ts";
import { type MiniProgramHost, startMiniProgramHost } from "../../fakes/mini-program-host.ts";
import { failure } from "../failure.ts";
import { createMemoryBook } from "../memory-book.ts";
import { createMemoryVault } from "../memory-vault.ts";
import { adapterWith, at, createMemoryCitizens, OPEN_ID, USER } from "./memory.ts";

const SEND = "/cgi-bin/message/custom/send";
const NOTICE = "/cgi-bin/message/subscribe/send";
const TICKET = "20260301000001";
const inApp = { channel: "mini-program", conversationId: "the chat", userId: USER } as const;
const text = (words: string): OutboundMessage => ({ kind: "text", text: words });

let host: MiniProgramHost;
let client: MiniProgramClient;
let book: DeliveryBook;
let citizens: ReturnType<typeof createMemoryCitizens>;

beforeEach(async () => {
  host = await startMiniProgramHost();
  client = createMiniProgramClient({
    ...host,
    apiBase: host.url,
    vault: createMemoryVault(),
    clock: { now: () => at },
  });
  book = createMemoryBook();
  citizens = createMemoryCitizens(5);
  host.wrote(OPEN_ID);
});
afterEach(() => host.close());

const adapter = (more: object = {}) => adapterWith({ client, book, citizens, templateId: "tmpl-1", ...more });
const send = (words: string, key: string, more: object = {}, to: object = serviceConversation(USER)) =>
  adapter(more).send(to as typeof inApp, text(words), { idempotencyKey: key, ticket: TICKET });
const shown = () => host.seen.map((each) => each.text);

describe("客服消息和平台的错误码", () => {
  it("token 过期或失效：换一次，再发一次，发一条", async () => {
    await send("一", "1");
    host.expireTokens();
    await send("二", "2");
    host.fail(SEND, 40_001);
    await send("三", "3");
    expect(shown()).toEqual(["一", "二", "三"]);
    expect(citizens.left).toBe(2);
  });

  it.each([
    ["-1 系统繁忙", -1, undefined],
    ["45011 一分钟里太多", 45_011, 60_000],
    ["45009 一天的额度用完：等到北京时间零点", 45_009, 16 * 3_600_000],
  ])("%s：以后再发，不算一条", async (_name, code, retryAfterMs) => {
    host.fail(SEND, code);
    expect(await failure(send("一", "1"))).toMatchObject({ retryable: true, retryAfterMs });
    await send("一", "1");
    expect([shown(), citizens.left]).toEqual([["一"], 4]);
  });

  it.each([45_015, 45_047])("%i：话留着，到市民再来之前不再问平台", async (code) => {
    host.fail(SEND, code);
    expect(await failure(send("已派单。", "1"))).toMatchObject({ retryable: false });
    expect(book.keptFor(USER)).toEqual([
      { key: "1#0", text: `已派单。\n进度：https://12345.example.gov.cn/t/${TICKET}` },
    ]);
    await failure(send("有答复。", "2"));
    expect(host.calls.get(SEND)).toBe(1);
    await citizens.grant(USER, { messages: 2, forMs: 60_000 });
    await send("您好。", "3");
    expect(shown()).toHaveLength(1);
    expect(shown()[0]).toMatch(/^您不在的时候：\n已派单。.*有答复。.*您好。$/s);
    expect(book.keptFor(USER)).toEqual([]);
  });

  it("后面要说的一起说，轮到它们时不再说", async () => {
    const behind = async () => [{ key: "2", message: text("二") }];
    await adapter().send(serviceConversation(USER), text("一"), { idempotencyKey: "1", behind });
    await send("二", "2");
    expect(shown()).toEqual(["一\n\n二"]);
  });

  it("长话只剩一条可说：说一条，其余留着", async () => {
    citizens.left = 1;
    const long = Array.from({ length: 150 }, (_, index) => `第 ${index} 盏路灯坏了三天没有人修。`).join("");
    await failure(send(long, "1"));
    expect(shown()).toHaveLength(1);
    const rest = book.keptFor(USER).map((each) => each.text.split("\n进度")[0]);
    expect([...shown(), ...rest].join("").replaceAll("\n", "")).toBe(long);
  });

  it("密钥不对：说明检查哪里，不说密钥", async () => {
    const vault = createMemoryVault();
    const options = { ...host, appSecret: "wrong-secret", apiBase: host.url, vault, clock: { now: () => at } };
    const error = await failure(send("一", "1", { client: createMiniProgramClient(options) }));
    expect(error.message).toMatch(/MINI_PROGRAM_APP_SECRET/);
    expect(error.message).not.toContain("wrong-secret");
  });
});

describe("一次性订阅消息", () => {
  const said: string[] = [];
  const chat = (isWatched: boolean) => ({
    inApp: {
      async send(_to: object, message: OutboundMessage) {
        said.push(message.kind === "text" ? message.text : "");
      },
      isWatched: () => isWatched,
    },
  });
  beforeEach(() => {
    said.length = 0;
    host.templates.push({
      id: "tmpl-1",
      content: "编号：{{character_string1.DATA}}\n进度：{{phrase2.DATA}}\n时间：{{time3.DATA}}\n说明：{{thing4.DATA}}",
    });
    citizens.allowed = 1;
    host.accept(OPEN_ID, "tmpl-1");
  });

  it("不在对话里：话写进对话，另发一条通知，指到工单页；一次同意发一条", async () => {
    await send("已派单。", "1", chat(false), inApp);
    await send("有答复。", "2", chat(false), inApp);
    expect(said).toEqual(["已派单。", "有答复。"]);
    expect(host.notices).toEqual([
      {
        touser: OPEN_ID,
        template_id: "tmpl-1",
        page: `pages/ticket/ticket?number=${TICKET}`,
        lang: "zh_CN",
        data: {
          character_string1: { value: TICKET },
          phrase2: { value: "有新进展" },
          time3: { value: "2026年03月01日 08:00" },
          thing4: { value: "您的诉求有新进展，请点开查看" },
        },
      },
    ]);
  });

  it("正看着对话，或没有同意过：只写进对话", async () => {
    await send("已派单。", "1", chat(true), inApp);
    expect(citizens.allowed).toBe(1);
    citizens.allowed = 0;
    await send("有答复。", "2", chat(false), inApp);
    expect([said.length, host.notices.length, host.calls.get(NOTICE)]).toEqual([2, 0, undefined]);
  });

  it("同一件事再发一次，只通知一次", async () => {
    citizens.allowed = 2;
    host.accept(OPEN_ID, "tmpl-1");
    await send("已派单。", "1", chat(false), inApp);
    await send("已派单。", "1", chat(false), inApp);
    expect([host.notices.length, citizens.allowed]).toEqual([1, 1]);
  });

  it("43101 市民不要了：同意清零，以后不再问；话在对话里", async () => {
    citizens.allowed = 3;
    host.fail(NOTICE, 43_101);
    const error = await failure(send("已派单。", "1", chat(false), inApp));
    expect(error).toMatchObject({ retryable: false });
    expect([said, citizens.allowed]).toEqual([["已派单。"], 0]);
    await send("有答复。", "2", chat(false), inApp);
    expect(host.calls.get(NOTICE)).toBe(1);
  });

  it("47003 模板的项对不上：任务带着原因结束，同意还在", async () => {
    host.fail(NOTICE, 47_003);
    expect((await failure(send("已派单。", "1", chat(false), inApp))).message).toMatch(/template.*47003/);
    expect(citizens.allowed).toBe(1);
    host.templates[0] = { id: "tmpl-1", content: "{{amount1.DATA}}" };
    expect((await failure(send("有答复。", "2", chat(false), inApp))).message).toMatch(/no news fits.*47003/);
    host.templates.length = 0;
    expect((await failure(send("已办结。", "3", chat(false), inApp))).message).toMatch(/MINI_PROGRAM_TEMPLATE_ID/);
  });

  it("平台一时忙：马上再试；一直忙：不挡着后面的话，同意还在", async () => {
    host.fail(NOTICE, -1);
    await send("已派单。", "1", chat(false), inApp);
    expect(host.notices).toHaveLength(1);
    citizens.allowed = 1;
    host.fail(NOTICE, 45_009);
    expect(await failure(send("有答复。", "2", chat(false), inApp))).toMatchObject({ retryable: false });
    host.recover(NOTICE);
    host.fail(NOTICE, "hang-up", "hang-up", "hang-up");
    const error = await failure(send("已办结。", "3", chat(false), inApp));
    expect([error.retryable, citizens.allowed, said.length]).toEqual([false, 1, 3]);
    expect(error.message).not.toMatch(/oCitizen|token-/);
  });

  it("客服会话推不出去的进展，也发一条通知", async () => {
    host.shut(OPEN_ID);
    expect((await failure(send("已派单。", "1"))).message).toMatch(/48 hours.*a notice tells/);
    expect([host.notices.length, book.keptFor(USER).length]).toEqual([1, 1]);
  });
});

describe("小程序登录", () => {
  const CODE = "/sns/jscode2session";
  it("成功没有 errcode；密钥和会话密钥不出这里", async () => {
    expect(await client.codeToSession(host.login(OPEN_ID))).toEqual({ kind: "signed-in", openId: OPEN_ID });
  });

  it.each([
    [40_029, "bad-code"],
    [40_163, "bad-code"],
    [45_011, "too-often"],
    [40_226, "blocked"],
    [-1, "busy"],
    [40_125, "wrong-account"],
  ])("%i → %s", async (code, fault) => {
    host.fail(CODE, code);
    expect(await client.codeToSession(host.login(OPEN_ID))).toEqual({ kind: "refused", fault, code });
  });

  it("断线、答非所问：可以再试的错，里面没有密钥和 code", async () => {
    host.fail(CODE, "hang-up", "not-json");
    for (const _ of [1, 2]) {
      const error = await client.codeToSession("code-secret").catch((cause: unknown) => cause);
      expect(error).toMatchObject({ retryable: true });
      expect(`${String(error)} ${String((error as Error).cause)}`).not.toMatch(/code-secret|secret-of/);
    }
  });
});
