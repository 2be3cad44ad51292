import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { telegramWebhook } from "../../../server/commands/telegram.ts";
import { readConfig } from "../../../server/config.ts";
import { startTelegramHost, type TelegramHost } from "../../fakes/telegram-host.ts";

let host: TelegramHost;
beforeAll(async () => {
  host = await startTelegramHost();
});
afterAll(() => host.close());

async function run(env: Record<string, string>, ends = false): Promise<object[]> {
  const lines: object[] = [];
  for await (const line of telegramWebhook({ config: readConfig(env), ends })) lines.push(line);
  return lines;
}

const account = () => ({
  TELEGRAM_BOT_TOKEN: host.token,
  TELEGRAM_API_BASE: host.url,
  TELEGRAM_WEBHOOK_SECRET: "secret-of-the-webhook-123",
  PUBLIC_URL: "https://12345.example.gov.cn/",
});

describe("cli telegram webhook", () => {
  it("登记地址和密钥，也能撤掉", async () => {
    const url = "https://12345.example.gov.cn/webhooks/telegram";
    expect(await run(account())).toEqual([{ webhook: url }]);
    expect(host.webhook).toEqual({ url, secret: account().TELEGRAM_WEBHOOK_SECRET });
    expect(await run(account(), true)).toEqual([{ webhook: null }]);
    expect(host.webhook).toBeUndefined();
  });

  it("缺什么说什么，平台不收也说为什么", async () => {
    await expect(run({})).rejects.toThrow(/TELEGRAM_BOT_TOKEN/);
    await expect(run({ ...account(), PUBLIC_URL: "" })).rejects.toThrow(/PUBLIC_URL/);
    host.fail("setWebhook", { code: 400, description: "Bad Request: bad webhook: An HTTPS URL must be provided" });
    await expect(run(account())).rejects.toThrow(/HTTPS/);
  });
});
