import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { messageOf, openTelegramTown, SECRET, type TelegramTown } from "./telegram-town.ts";

const CITIZEN = 55_667_788;
const WORDS = "家住望京西园四区的张小明电话13912345678";

let town: TelegramTown;
beforeAll(async () => {
  town = await openTelegramTown();
});
afterAll(() => town.close());

const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(town.webhook, {
    method: "POST",
    headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": SECRET, ...headers },
    body,
  });
const said = () => JSON.stringify(messageOf(CITIZEN, { text: WORDS }));

describe("不是平台送来的，坏的", () => {
  it.each<[string, number, () => Promise<Response>]>([
    ["密钥不对", 401, () => post(said(), { "x-telegram-bot-api-secret-token": `${SECRET.slice(0, -1)}x` })],
    ["密钥短了", 401, () => post(said(), { "x-telegram-bot-api-secret-token": SECRET.slice(0, -1) })],
    ["没有密钥", 401, () => fetch(town.webhook, { method: "POST", body: said() })],
    ["没有密钥的五兆", 401, () => fetch(town.webhook, { method: "POST", body: "x".repeat(5 * 1024 * 1024) })],
    ["五兆的", 413, () => post(said() + " ".repeat(5 * 1024 * 1024))],
    ["没写完的 JSON", 400, () => post(said().slice(0, -3))],
    ["空的", 400, () => post("")],
    ["不是更新", 400, () => post("[1,2]")],
    ["没有编号", 400, () => post(JSON.stringify({ message: { text: WORDS } }))],
    ["编号是文字", 400, () => post(JSON.stringify({ update_id: "1", message: { text: WORDS } }))],
    ["奇怪的编码", 415, () => post(said(), { "content-encoding": "zstd-x" })],
    ["没见过的更新", 200, () => post(JSON.stringify({ update_id: 1, hologram: { text: WORDS } }))],
    ["形状不对的消息", 200, () => post(JSON.stringify({ update_id: 2, message: { text: { a: WORDS } } }))],
    ["频道里的", 200, () => post(JSON.stringify({ update_id: 3, channel_post: { text: WORDS } }))],
    ["只有编号", 200, () => post(JSON.stringify({ update_id: 4 }))],
  ])("%s：%i，什么也没收下", async (_name, status, send) => {
    const before = town.taken();
    expect((await send()).status).toBe(status);
    expect(town.taken()).toBe(before);
  });

  it("别的方法不行", async () => {
    const headers = { "x-telegram-bot-api-secret-token": SECRET };
    expect((await fetch(town.webhook, { headers })).status).toBe(405);
  });

  it("乱敲门的，一分钟里太多就不理了；平台的消息不受影响", async () => {
    const statuses = new Set<number>();
    for (let count = 0; count < 130; count += 1) {
      statuses.add((await fetch(town.webhook, { method: "POST", body: "{}" })).status);
    }
    expect(statuses).toEqual(new Set([401, 429]));
    const before = town.taken();
    expect((await post(said())).status).toBe(200);
    expect(town.taken()).toBe(before + 1);
  });

  it("存不下就说 503，再送来时一句不丢", async () => {
    const { raw } = town.server().house.database;
    const update = JSON.stringify(messageOf(CITIZEN + 1, { text: "你好" }));
    raw.exec("CREATE TRIGGER full BEFORE INSERT ON inbound BEGIN SELECT RAISE(ABORT, 'full'); END");
    expect((await post(update)).status).toBe(503);
    raw.exec("DROP TRIGGER full");
    expect((await post(update)).status).toBe(200);
    await town.hears(CITIZEN + 1, /您好/);
    expect(town.turnsOf(CITIZEN + 1)).toBe(1);
  });

  it("日志说哪里不对、怎么办，没有市民的话、电话、编号和密钥", async () => {
    await town.server().house.idle();
    expect(town.logged()).toMatch(/warn telegram.silent messageId=2 what=unreadable/);
    expect(town.logged()).toMatch(/telegram.refused fault=bad-secret mend=.*TELEGRAM_WEBHOOK_SECRET/);
    for (const secret of [String(CITIZEN), "张小明", "13912345678", "望京", SECRET, town.host.token]) {
      expect(town.logged()).not.toContain(secret);
    }
  });
});

describe("按钮上的编号太长", () => {
  const button = { text: "说不清地点", callback_data: `~${"A".repeat(32)}` };

  it("已经不在选项里的，当作市民打了按钮上的字", async () => {
    const citizen = 99_001;
    const update = messageOf(citizen, {});
    const query = { id: "q1", from: { id: citizen, is_bot: false }, data: button.callback_data };
    const chat = { id: citizen, type: "private" };
    const message = {
      message_id: 1,
      date: 0,
      chat,
      reply_markup: { inline_keyboard: [[{ ...button, text: "你好" }]] },
    };
    await town.deliver({ update_id: update.update_id, callback_query: { ...query, message } });
    await town.hears(citizen, /您好/);
  });

  it("原来的消息太旧、没有了按钮：说看不懂，不丢", async () => {
    const citizen = 99_002;
    const { update_id } = messageOf(citizen, {});
    const message = { message_id: 1, date: 0, chat: { id: citizen, type: "private" } };
    const query = { id: "q2", from: { id: citizen, is_bot: false }, data: button.callback_data, message };
    await town.deliver({ update_id, callback_query: query });
    await town.hears(citizen, /看不懂/);
    expect(town.host.pressesAnswered).toEqual(["q1", "q2"]);
  });
});
