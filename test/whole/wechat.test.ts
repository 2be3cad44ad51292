import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { startWechatHost } from "../fakes/wechat-host.ts";
import { AES_KEY, createPlatform, TOKEN } from "../fakes/wechat-platform.ts";
import { cli } from "./cli-process.ts";
import { failToStart, freePort, type ServerProcess } from "./server-process.ts";
import { withPlatform } from "./with-city.ts";

const GREETING = /请说您的问题或诉求/;

const city = withPlatform(startWechatHost);
let servers: ServerProcess[] = [];

const account = () => ({
  SECRET_KEY: "a secret key that only this test knows",
  WECHAT_APP_ID: city.host.appId,
  WECHAT_APP_SECRET: city.host.appSecret,
  WECHAT_TOKEN: TOKEN,
  WECHAT_ENCODING_AES_KEY: AES_KEY,
  WECHAT_API_BASE: city.host.url,
});
async function open(port?: number): Promise<ServerProcess> {
  const server = await city.start({ ...account(), ...(port ? { PORT: String(port) } : {}) });
  servers.push(server);
  return server;
}
async function close(): Promise<void> {
  for (const server of servers.splice(0)) await server.stop();
}
const platformOf = ({ url }: ServerProcess) =>
  createPlatform({ webhook: `${url}/webhooks/wechat`, appId: city.host.appId, mode: "safe" });
const pushedTo = (openId: string) => city.host.seen.filter((each) => each.openId === openId);
const greet = (openId: string, MsgId: string) => ({ FromUserName: openId, MsgType: "text", Content: "你好", MsgId });

describe("公众号的整台服务器", () => {
  it.each([2, 15, 60])("收到消息 %i 毫秒后被杀掉：平台再送，市民得到回答，只有一个回合", async (delayMs) => {
    const port = await freePort();
    const openId = `oKilled${delayMs}`;
    const message = greet(openId, `770000000000000${delayMs}`);
    const first = await open(port);
    const asking = platformOf(first)
      .post(message)
      .then((response) => platformOf(first).words(response))
      .catch(() => undefined);
    await sleep(delayMs);
    await first.kill();
    servers = [];
    const heard = [await asking];
    const second = await open(port);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      heard.push(await platformOf(second).words(await platformOf(second).post(message)));
    }
    await expect
      .poll(() => [...heard, ...pushedTo(openId).map(({ text }) => text)].join("\n"), { timeout: 10_000 })
      .toMatch(GREETING);
    // The second turn of a citizen greets as well: a second turn of one message would be seen in what is said next.
    const metrics = await (await fetch(`${second.url}/metrics`)).text();
    const committed = Number(/jiesu_turns_total\{[^}]*wechat[^}]*committed[^}]*\} (\d+)/.exec(metrics)?.[1] ?? 0);
    expect(committed).toBeLessThanOrEqual(1);
    await close();
  });

  it("两个进程一个数据目录：同一条消息送到两边只有一个回合，两边用一个 token", async () => {
    const [one, other] = [await open(), await open()];
    city.host.expireTokens();
    const before = city.host.calls.get("/cgi-bin/stable_token") ?? 0;
    const message = greet("oBoth", "7700000000000001000");
    const both = [platformOf(one), platformOf(other)];
    const answers = await Promise.all(both.map((platform) => platform.post(message).then(platform.words)));
    const said = () => [...answers.flatMap((each) => each ?? []), ...pushedTo("oBoth").map(({ text }) => text)];
    await expect.poll(() => said().length, { timeout: 10_000 }).toBe(1);
    expect(said()[0]).toMatch(GREETING);
    city.host.media.set("gone-later", { type: "image/png", bytes: Buffer.from("x") });
    const picture = (id: string) => ({
      FromUserName: `oPicture${id}`,
      MsgType: "image",
      MediaId: "gone-later",
      MsgId: id,
    });
    await Promise.all(both.map((platform, index) => platform.post(picture(`77000000000000020${index}0`))));
    expect((city.host.calls.get("/cgi-bin/stable_token") ?? 0) - before).toBeLessThanOrEqual(1);
    await close();
  });

  it("`cli wechat menu` 把菜单放上去，和服务器用同一个 token", async () => {
    const before = city.host.calls.get("/cgi-bin/stable_token") ?? 0;
    const { status, lines } = await cli(["wechat", "menu", "--data-dir", city.dataDir], [], {
      ...account(),
      PUBLIC_URL: "https://12345.example.gov.cn",
    });
    expect(status).toBe(0);
    expect(city.host.menus).toEqual([JSON.parse(lines[0] ?? "")]);
    expect(lines[0]).toContain('"key":"progress/mine"');
    expect(lines[0]).toContain("https://12345.example.gov.cn/");
    expect((city.host.calls.get("/cgi-bin/stable_token") ?? 0) - before).toBeLessThanOrEqual(1);
    city.host.fail("/cgi-bin/menu/create", 48_001);
    const refused = await cli(["wechat", "menu", "--data-dir", city.dataDir], [], account());
    expect([refused.status, refused.errors.join()]).toEqual([1, expect.stringMatching(/48001.*certified/)]);
    const without = await cli(["wechat", "menu", "--data-dir", city.dataDir], [], { SECRET_KEY: account().SECRET_KEY });
    expect([without.status, without.errors.join()]).toEqual([1, expect.stringMatching(/WECHAT_APP_ID/)]);
  });

  it("设了一半不启动，一次说清缺什么", async () => {
    const { status, printed } = await failToStart({ DATA_DIR: city.dataDir, WECHAT_TOKEN: TOKEN });
    expect(status).toBe(1);
    expect(printed).toMatch(/WECHAT_APP_ID: needed/);
    expect(printed).toMatch(/WECHAT_APP_SECRET: needed/);
  });
});
