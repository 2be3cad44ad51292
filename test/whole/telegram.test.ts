import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { startTelegramHost } from "../fakes/telegram-host.ts";
import { cli } from "./cli-process.ts";
import type { ServerProcess } from "./server-process.ts";
import { withPlatform } from "./with-city.ts";

const city = withPlatform(startTelegramHost);
let server: ServerProcess | undefined;

const account = () => ({
  SECRET_KEY: "a secret key that only this test knows",
  TELEGRAM_BOT_TOKEN: city.host.token,
  TELEGRAM_API_BASE: city.host.url,
});
const heard = (chat: number) => city.host.seen.filter(({ chatId }) => chatId === String(chat)).map(({ text }) => text);

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
    server = await city.start(account());
    city.host.waiting.push(greeting(chat));
    await sleep(delayMs);
    await server.kill();
    server = await city.start(account());
    await expect.poll(() => heard(chat), { timeout: 20_000 }).not.toEqual([]);
    await expect.poll(() => city.host.waiting, { timeout: 20_000 }).toEqual([]);
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
    expect(city.host.webhook?.secret).toBe("a-secret-of-sixteen");
    expect((await cli(["telegram", "webhook", "--delete"], [], env)).status).toBe(0);
    expect(city.host.webhook).toBeUndefined();
    expect((await cli(["telegram", "webhook"], [], account())).status).toBe(1);
  });
});
