import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTelegramHost, type TelegramHost } from "../fakes/telegram-host.ts";
import { cli } from "./cli-process.ts";
import { removeDir, type ServerProcess, startServer, temporaryDir } from "./server-process.ts";

let dataDir: string;
let host: TelegramHost;
let server: ServerProcess | undefined;

beforeAll(async () => {
  dataDir = await temporaryDir();
  host = await startTelegramHost();
});
afterAll(async () => {
  await server?.stop();
  await host.close();
  await removeDir(dataDir);
});

const account = () => ({
  SECRET_KEY: "a secret key that only this test knows",
  TELEGRAM_BOT_TOKEN: host.token,
  TELEGRAM_API_BASE: host.url,
});
const heard = (chat: number) => host.seen.filter(({ chatId }) => chatId === String(chat)).map(({ text }) => text);

let updateId = 500;
const greeting = (chat: number) => ({
  update_id: ++updateId,
  message: {
    message_id: 1,
    date: 1,
    chat: { id: chat, type: "private" },
    from: { id: chat, is_bot: false },
    text: "你好",
  },
});

describe("Telegram 的整台服务器，长轮询", () => {
  it.each([12, 30, 80])("更新取走 %i 毫秒后被杀掉：再开时市民得到回答，不丢", async (delayMs) => {
    const chat = 8_000 + delayMs;
    server = await startServer(dataDir, account());
    host.waiting.push(greeting(chat));
    await sleep(delayMs);
    await server.kill();
    server = await startServer(dataDir, account());
    await expect.poll(() => heard(chat), { timeout: 20_000 }).not.toEqual([]);
    await expect.poll(() => host.waiting, { timeout: 20_000 }).toEqual([]);
    await sleep(500);
    // Killed between the platform's answer and its note, the words are said once more; never the turn.
    expect(new Set(heard(chat)).size).toBe(1);
    expect(heard(chat).length).toBeLessThanOrEqual(2);
    expect(await server.stop()).toBe(0);
  });

  it("`cli telegram webhook` 登记地址；没有公开地址就说缺什么", async () => {
    const env = {
      ...account(),
      PUBLIC_URL: "https://12345.example.gov.cn",
      TELEGRAM_WEBHOOK_SECRET: "a-secret-of-sixteen",
    };
    const set = await cli(["telegram", "webhook"], [], env);
    expect([set.status, set.lines]).toEqual([0, ['{"webhook":"https://12345.example.gov.cn/webhooks/telegram"}']]);
    expect(host.webhook?.secret).toBe("a-secret-of-sixteen");
    expect((await cli(["telegram", "webhook", "--delete"], [], env)).status).toBe(0);
    expect(host.webhook).toBeUndefined();
    expect((await cli(["telegram", "webhook"], [], account())).status).toBe(1);
  });
});
