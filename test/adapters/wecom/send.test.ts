import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DeliveryBook } from "../../../adapters/shared/delivery-book.ts";
import type { ReplyBudget } from "../../../adapters/shared/reply-budget.ts";
import { createWecomClient, refOf, type WecomClient, welcomeHandle } from "../../../adapters/wecom/index.ts";
import type { ConversationRef, OutboundMessage } from "../../../bots/model/index.ts";
import type { SendOptions } from "../../../bots/ports.ts";
import { startWecomHost, type WecomHost } from "../../fakes/wecom-host.ts";
import { failure } from "../failure.ts";
import { createMemoryBook } from "../memory-book.ts";
import { createMemoryVault } from "../memory-vault.ts";
import { adapterWith, at, clock, freshBudget } from "./memory.ts";

const APP = "/cgi-bin/message/send";
const KF = "/cgi-bin/kf/send_msg";
const TICKET = "20260301000001";
const member = refOf({ kind: "app", userId: "zhang.san" });
const citizen = refOf({ kind: "kf", openKfId: "wk1", externalUserId: "wm1" });
const text = (words: string): OutboundMessage => ({ kind: "text", text: words });

let host: WecomHost;
let client: WecomClient;
let book: DeliveryBook;
let budget: ReplyBudget;

beforeEach(async () => {
  host = await startWecomHost();
  client = createWecomClient({ ...host, apiBase: host.url, vault: createMemoryVault(), clock });
  book = createMemoryBook();
  budget = freshBudget();
});
afterEach(() => host.close());

const adapter = (more: object = {}) => adapterWith({ client, book, budget, ...more });
const send = (to: ConversationRef, message: OutboundMessage | string, key: string, more: Partial<SendOptions> = {}) =>
  adapter().send(to, typeof message === "string" ? text(message) : message, {
    idempotencyKey: key,
    ticket: TICKET,
    ...more,
  });
const shown = () => host.seen.map((each) => each.text);
/** The citizen writes, as the intake hears it. */
async function writes(when = at): Promise<void> {
  host.kf.put("wk1", { msgid: "m", external_userid: "wm1", origin: 3, msgtype: "text", text: { content: "你好" } });
  await budget.heard(citizen.conversationId, when);
}

describe("应用消息和平台的错误码", () => {
  it("token 过期：换一次，再发一次，发一条", async () => {
    await send(member, "一", "1");
    host.expireTokens();
    await send(member, "二", "2");
    host.fail(APP, 40_014);
    host.expireTokens();
    await send(member, "三", "3");
    expect(shown()).toEqual(["一", "二", "三"]);
    expect(host.calls.get("/cgi-bin/gettoken")).toBe(3);
  });

  it("换了新的还是不认：过一分钟再试，不会一直换", async () => {
    host.fail(APP, 40_014, 42_001);
    expect(await failure(send(member, "一", "1"))).toMatchObject({ retryable: true, retryAfterMs: 60_000 });
    expect(host.calls.get(APP)).toBe(2);
  });

  it.each([
    ["-1 系统繁忙", -1, undefined, /busy/],
    ["45009 调用太多", 45_009, 60_000, /too many/],
    ["45033 同时太多", 45_033, 60_000, /too many/],
    ["60020 服务器地址不可信", 60_020, 60_000, /企业可信IP/],
  ])("%s：以后再发", async (_name, code, retryAfterMs, why) => {
    host.fail(APP, code);
    const error = await failure(send(member, "一", "1"));
    expect(error).toMatchObject({ retryable: true, retryAfterMs });
    expect(error.message).toMatch(why);
    await send(member, "一", "1");
    expect(shown()).toEqual(["一"]);
  });

  it.each(["hang-up", "not-json"] as const)("平台断线或答非所问（%s）：以后再发，错误里没有令牌和人", async (fault) => {
    host.fail(APP, fault);
    const error = await failure(send(member, "一", "1"));
    expect(error.retryable).toBe(true);
    expect(`${error.message} ${String(error.cause)}`).not.toMatch(/token-|zhang/);
  });

  it.each([
    ["81013 不在企业或不可见", 81_013, /可见范围/],
    ["60111 成员不在了", 60_111, /not in the organisation/],
    ["48002 没有权限", 48_002, /not allowed/],
    ["没见过的错误码", 99_999, /99999/],
  ])("%s：任务带着原因结束，话和工单页的网址留着", async (_name, code, why) => {
    host.fail(APP, code);
    const error = await failure(send(member, "已派单。", "1"));
    expect(error.retryable).toBe(false);
    expect(error.message).toMatch(why);
    expect(book.keptFor(member.userId)).toEqual([
      { key: "1#0", text: `已派单。\n进度：https://12345.example.gov.cn/t/${TICKET}` },
    ]);
    await send(member, "您好。", "2");
    expect(shown()).toEqual([`您不在的时候：\n已派单。\n进度：https://12345.example.gov.cn/t/${TICKET}\n\n您好。`]);
    expect(book.keptFor(member.userId)).toEqual([]);
  });

  it("平台收下了却说没人收到（invaliduser）：不算送到", async () => {
    host.strangers.add("zhang.san");
    expect((await failure(send(member, "一", "1"))).message).toMatch(/可见范围/);
  });

  it("密钥不对：说明检查哪里，不说密钥", async () => {
    const options = { ...host, apiBase: host.url, secret: "wrong-secret", vault: createMemoryVault(), clock };
    const wrong = adapterWith({ client: createWecomClient(options), book });
    const error = await failure(wrong.send(member, text("一"), { idempotencyKey: "1" }));
    expect(error).toMatchObject({ retryable: true, retryAfterMs: 60_000 });
    expect(error.message).toMatch(/WECOM_SECRET/);
    expect(error.message).not.toContain("wrong-secret");
  });

  it("后面要说的一起说，轮到它们时不再说", async () => {
    const behind = async () => [
      { key: "2", message: text("二") },
      { key: "3", message: text("三") },
    ];
    await send(member, "一", "1", { behind });
    await send(member, "二", "2");
    await send(member, "三", "3");
    expect(shown()).toEqual(["一\n\n二\n\n三"]);
  });

  it("不是这个渠道的会话：不试第二次", async () => {
    const stranger = { ...member, conversationId: "somebody" };
    expect((await failure(send(stranger, "一", "1"))).retryable).toBe(false);
  });
});

describe("微信客服：五条、48 小时", () => {
  it("没写过话的人发不出：不去问平台，话留着", async () => {
    const error = await failure(send(citizen, "已派单。", "1"));
    expect(error.message).toMatch(/five messages.*48 hours.*next visit/);
    expect(host.calls.get(KF)).toBeUndefined();
    expect(book.keptFor(citizen.userId)).toHaveLength(1);
  });

  it("五条用完，后面的留着；市民再写，先说留着的，只说一次", async () => {
    await writes();
    for (const key of ["1", "2", "3", "4", "5"]) await send(citizen, `第${key}条`, key);
    await failure(send(citizen, "第6条", "6"));
    await failure(send(citizen, "第7条", "7"));
    expect(host.calls.get(KF)).toBe(5);
    await writes();
    await send(citizen, "您好。", "8");
    await send(citizen, "再见。", "9");
    expect(shown().slice(5)).toEqual([
      `您不在的时候：\n第6条\n进度：https://12345.example.gov.cn/t/${TICKET}\n\n第7条\n进度：https://12345.example.gov.cn/t/${TICKET}\n\n您好。`,
      "再见。",
    ]);
  });

  it("48 小时一过就不发了", async () => {
    await writes(new Date(at.getTime() - 48 * 3_600_000));
    await failure(send(citizen, "一", "1"));
    await writes(new Date(at.getTime() - 48 * 3_600_000 + 1));
    await send(citizen, "二", "2");
    expect(shown().join()).toMatch(/二/);
  });

  it.each([
    ["95001 条数用完", 95_001],
    ["95002 过了时限", 95_002],
  ])("平台说%s：听平台的，不再试，直到市民再写", async (_name, code) => {
    await writes();
    host.fail(KF, code);
    await failure(send(citizen, "一", "1"));
    await failure(send(citizen, "二", "2"));
    expect(host.calls.get(KF)).toBe(1);
    await writes();
    await send(citizen, "三", "3");
    expect(shown()[0]).toMatch(/一[\s\S]*二[\s\S]*三/);
  });

  it("95018 有人在企业微信里接待：话留着，原因给工作人员；之后还能发", async () => {
    await writes();
    host.kf.attend("wk1", "wm1", true);
    expect((await failure(send(citizen, "一", "1"))).message).toMatch(/with a person in 企业微信/);
    host.kf.attend("wk1", "wm1", false);
    await send(citizen, "二", "2");
    expect(shown()[0]).toMatch(/您不在的时候：\n一[\s\S]*二/);
  });

  it("平台收下了、回答丢了：再发同一个 msgid，只显示一次", async () => {
    await writes();
    host.fail(KF, "lost-answer");
    expect((await failure(send(citizen, "一", "job/1:带什么都行"))).retryable).toBe(true);
    await send(citizen, "一", "job/1:带什么都行");
    expect(shown()).toEqual(["一"]);
    expect(host.seen[0]?.msgid).toMatch(/^[0-9A-Za-z_-]{32}$/);
  });

  it("一个回合里说的合成一条，到菜单为止", async () => {
    await writes();
    const choices = [{ id: "intake/confirm", label: "确认提交", number: 1 }];
    const behind = async () => [
      { key: "2", message: { kind: "choices", text: "对吗？", choices } satisfies OutboundMessage },
      { key: "3", message: text("三") },
    ];
    await send(citizen, "一", "1", { behind });
    expect(host.seen).toEqual([
      expect.objectContaining({ text: "一\n\n对吗？", menu: [{ id: "intake/confirm", content: "1. 确认提交" }] }),
    ]);
    expect(budget.left(citizen.conversationId)).toBe(4);
  });

  it("菜单装不下的（话超过 1024 字节、选项超过 128 字节）：一条带序号的文字，不多用一条", async () => {
    await writes();
    const ask = (words: string, label: string) => ({
      kind: "choices" as const,
      text: words,
      choices: [{ id: "intake/confirm", label, number: 1 }],
    });
    await send(citizen, ask("核对".repeat(180), "确认提交"), "1");
    await send(citizen, ask("对吗？", "长".repeat(50)), "2");
    expect(host.seen.map(({ menu }) => menu)).toEqual([[], []]);
    expect(shown()[0]).toMatch(/1\. 确认提交$/);
  });
});

describe("微信客服：欢迎语", () => {
  const replyHandle = () => welcomeHandle(host.kf.welcomeCode("wk1", "wm1"));

  it("用欢迎码说，不占五条；留着的话先说", async () => {
    await failure(send(citizen, "已派单。", "1"));
    await send(citizen, "您好。", "2", { replyHandle: replyHandle() });
    expect(host.seen).toEqual([
      expect.objectContaining({
        isWelcome: true,
        text: expect.stringMatching(/^您不在的时候：\n已派单。[\s\S]*您好。$/),
      }),
    ]);
    expect(book.keptFor(citizen.userId)).toEqual([]);
  });

  it("一个欢迎码只用一次：同一个回合的第二条不再用它，也不留", async () => {
    const handle = replyHandle();
    await send(citizen, "您好。", "1", { replyHandle: handle });
    expect((await failure(send(citizen, "再说一句。", "2", { replyHandle: handle }))).message).toMatch(/greeting/);
    expect([shown(), book.keptFor(citizen.userId)]).toEqual([["您好。"], []]);
  });

  it("平台一时忙：再试还用它", async () => {
    const handle = replyHandle();
    host.fail("/cgi-bin/kf/send_msg_on_event", -1);
    expect((await failure(send(citizen, "您好。", "1", { replyHandle: handle }))).retryable).toBe(true);
    await send(citizen, "您好。", "1", { replyHandle: handle });
    expect(shown()).toEqual(["您好。"]);
  });
});

describe("下载市民发来的文件", () => {
  it("有的给，没有的、太大的不给", async () => {
    host.media.set("m-1", { type: "image/jpeg", bytes: Buffer.from("picture") });
    expect(await client.download("m-1", 100)).toEqual({ kind: "file", bytes: Buffer.from("picture") });
    expect(await client.download("m-3", 100)).toMatchObject({ kind: "refused", code: 40_007 });
    await expect(client.download("m-1", 3)).rejects.toMatchObject({ retryable: false });
  });
});
