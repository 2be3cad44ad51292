import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { failToStart, removeDir, startServer, temporaryDir } from "./server-process.ts";

let dataDir: string;
beforeAll(async () => {
  dataDir = await temporaryDir();
});
afterAll(() => removeDir(dataDir));

describe("社区群的整台服务器", () => {
  it("木偶没登录也照常开门，状态看得见，停得下来；库不往外打印", async () => {
    const server = await startServer(dataDir, { WECHATY_PUPPET: "wechaty-puppet-mock", WECHATY_LOG: "silly" });
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toMatch(/jiesu_wechaty_state\{state="starting"\} 1/);
    expect(server.printed()).not.toMatch(/PuppetMock|VERB|SILL/);
    expect(await server.stop()).toBe(0);
  });

  it("木偶没装，不开门，一句话说清缺什么、怎么办", async () => {
    const { status, printed } = await failToStart({ WECHATY_PUPPET: "wechaty-puppet-nowhere", DATA_DIR: dataDir });
    expect(status).toBe(1);
    expect(printed).toMatch(/^WECHATY_PUPPET: the package "wechaty-puppet-nowhere" is not installed; run npm install/m);
    expect(printed).not.toMatch(/ {4}at /);
  });
});
