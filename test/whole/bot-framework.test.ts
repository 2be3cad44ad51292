import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { type Activity, teamsActivity } from "../fakes/bot-framework-activities.ts";
import { APP_ID, APP_PASSWORD, startBotFrameworkHost } from "../fakes/bot-framework-host.ts";
import type { ServerProcess } from "./server-process.ts";
import { withPlatform } from "./with-city.ts";

const city = withPlatform(startBotFrameworkHost);
let server: ServerProcess | undefined;

const account = () => ({
  SECRET_KEY: "a secret key that only this test knows",
  BOT_FRAMEWORK_APP_ID: APP_ID,
  BOT_FRAMEWORK_APP_PASSWORD: APP_PASSWORD,
  BOT_FRAMEWORK_API_BASE: city.host.url,
});
const heard = (user: string) =>
  city.host.seen.filter(({ conversationId }) => conversationId === `a:chat-of-${user}`).map(({ text }) => text);

/** The status, or "cut off" when the server died over it. */
async function post(activity: Activity): Promise<number | "cut off"> {
  try {
    const headers = { "content-type": "application/json", authorization: `Bearer ${await city.host.token()}` };
    const init = { method: "POST", headers, body: JSON.stringify(activity) };
    return (await fetch(`${server?.url}/api/messages`, init)).status;
  } catch {
    return "cut off";
  }
}

describe("Bot Framework 的整台服务器", () => {
  it.each([5, 20, 60])("活动送到 %i 毫秒后被杀掉，平台再送：市民得到一个回答", async (delayMs) => {
    const user = `killed-after-${delayMs}`;
    server = await city.start(account());
    const activity = teamsActivity(user, city.host.serviceUrl, { text: "你好" });
    const posting = post(activity);
    await sleep(delayMs);
    await server.kill();
    await posting;
    server = await city.start(account());
    expect(await post(activity)).toBe(200);
    expect(await post(activity)).toBe(200);
    await expect.poll(() => heard(user), { timeout: 20_000 }).not.toEqual([]);
    await sleep(500);
    // Killed between the platform's answer and its note, the words are said once more; never the turn.
    expect(new Set(heard(user)).size).toBe(1);
    expect(heard(user).length).toBeLessThanOrEqual(2);
    expect(await server.stop()).toBe(0);
  });

  it("答了 200 就杀掉，平台不再送：回答还是到", async () => {
    server = await city.start(account());
    city.host.fail("activity", ...Array.from({ length: 3 }, () => ({ status: 503 })));
    expect(await post(teamsActivity("answered", city.host.serviceUrl, { text: "你好" }))).toBe(200);
    await server.kill();
    server = await city.start(account());
    await expect.poll(() => heard("answered"), { timeout: 30_000 }).not.toEqual([]);
    expect(await server.stop()).toBe(0);
  });
});
