import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { startWecomHost } from "../fakes/wecom-host.ts";
import { AES_KEY, createWecomPlatform, TOKEN } from "../fakes/wecom-platform.ts";
import { cli } from "./cli-process.ts";
import type { ServerProcess } from "./server-process.ts";
import { withPlatform } from "./with-city.ts";

const ACCOUNT = "wkHotline";
const city = withPlatform(async () => {
  const host = await startWecomHost();
  host.kf.pageSize = 4;
  return host;
});
let server: ServerProcess | undefined;

const account = () => ({
  SECRET_KEY: "a secret key that only this test knows",
  WECOM_CORP_ID: city.host.corpId,
  WECOM_AGENT_ID: String(city.host.agentId),
  WECOM_SECRET: city.host.secret,
  WECOM_TOKEN: TOKEN,
  WECOM_ENCODING_AES_KEY: AES_KEY,
  WECOM_API_BASE: city.host.url,
});
const heard = (citizen: string) => city.host.seen.filter(({ to }) => to === `${ACCOUNT}:${citizen}`);

describe("企业微信的整台服务器，微信客服", () => {
  it.each([5, 60, 250])("平台叫过 %i 毫秒后被杀掉：再开时自己接着读，每人得到一次回答，不丢不重", async (delayMs) => {
    server = await city.start(account());
    const citizens = Array.from({ length: 14 }, (_, index) => `wm${delayMs}x${index}`);
    for (const external_userid of citizens) {
      const words = { msgid: `m${external_userid}`, external_userid, origin: 3, msgtype: "text" };
      city.host.kf.put(ACCOUNT, { ...words, text: { content: "你好" } });
    }
    const called = await createWecomPlatform({ webhook: `${server.url}/webhooks/wecom`, host: city.host }).call(
      ACCOUNT,
    );
    expect(called.status).toBe(200);
    await sleep(delayMs);
    await server.kill();
    server = await city.start(account());
    // Who was killed while reading holds the account for some seconds more.
    const unanswered = () => citizens.filter((citizen) => heard(citizen).length === 0);
    await expect.poll(unanswered, { timeout: 60_000, interval: 100 }).toEqual([]);
    await sleep(500);
    expect(citizens.map((citizen) => heard(citizen).length)).toEqual(citizens.map(() => 1));
    expect(await server.stop()).toBe(0);
  });

  it("`cli wecom menu` 把菜单放到应用上；没设置、平台不让，都说清楚", async () => {
    const menu = (env: Record<string, string>) => cli(["wecom", "menu", "--data-dir", city.dataDir], [], env);
    const { status, lines } = await menu({ ...account(), PUBLIC_URL: "https://12345.example.gov.cn" });
    expect([status, city.host.menus]).toEqual([0, [JSON.parse(lines[0] ?? "")]]);
    expect(lines[0]).toMatch(/"key":"progress\/mine".*https:\/\/12345.example.gov.cn\//);
    city.host.fail("/cgi-bin/menu/create", 48_002);
    const refused = await menu(account());
    expect([refused.status, refused.errors.join()]).toEqual([1, expect.stringMatching(/48002.*not allowed/)]);
    const without = await menu({ SECRET_KEY: account().SECRET_KEY });
    expect([without.status, without.errors.join()]).toEqual([1, expect.stringMatching(/WECOM_CORP_ID/)]);
  });
});
