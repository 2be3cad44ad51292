import { describe, expect, it } from "vitest";
import { createAccessToken } from "../../../adapters/shared/access-token.ts";
import { createSeal } from "../../../server/store/seal.ts";
import { createTokenVault } from "../../../server/store/sqlite/token-vault.ts";
import { openMemory } from "./open-memory.ts";

const NOON = Date.parse("2026-03-01T12:00:00+08:00");

function city() {
  const database = openMemory();
  const seal = createSeal("a key for this test only");
  let nowMs = NOON;
  const clock = { now: () => new Date(nowMs) };
  const fetched: boolean[] = [];
  let failures = 0;
  let current = "";
  async function fetchToken(force: boolean) {
    fetched.push(force);
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (failures > 0) {
      failures -= 1;
      throw new Error("not to be reached");
    }
    if (force || current === "" || nowMs > NOON) current = `token-${fetched.length}`;
    return { token: current, expiresInSeconds: 7_200 };
  }
  const vault = () => createTokenVault({ database, seal, clock, name: "wechat" });
  return {
    database,
    fetched,
    process: () => createAccessToken({ vault: vault(), fetchToken, clock }),
    pass(ms: number) {
      nowMs += ms;
    },
    fail() {
      failures = 1;
    },
  };
}

describe("平台的 access_token", () => {
  it("几个进程同时要，只去取一次，大家用同一个", async () => {
    const { process, fetched } = city();
    const [one, other] = [process(), process()];
    const tokens = await Promise.all([one.get(), other.get(), one.get(), other.get()]);
    expect(new Set(tokens)).toEqual(new Set(["token-1"]));
    expect(fetched).toHaveLength(1);
    expect(await process().get()).toBe("token-1");
    expect(fetched).toHaveLength(1);
  });

  it("到期前五分钟就换新的", async () => {
    const { process, fetched, pass } = city();
    const token = process();
    await token.get();
    pass(7_200_000 - 301_000);
    expect(await token.get()).toBe("token-1");
    pass(2_000);
    expect(await token.get()).toBe("token-2");
    expect(fetched).toEqual([false, false]);
  });

  it("平台不认了：十个请求一起报告，只换一次；别的进程已经换过就直接用", async () => {
    const { process, fetched, pass } = city();
    const [one, other] = [process(), process()];
    const refused = await one.get();
    pass(1_000);
    const renewed = await Promise.all(Array.from({ length: 10 }, () => one.renew(refused)));
    expect(new Set(renewed)).toEqual(new Set(["token-2"]));
    expect(await other.renew(refused)).toBe("token-2");
    expect(fetched).toHaveLength(2);
  });

  it("平台把刚拒绝的那个又给回来，才强制换", async () => {
    const { process, fetched } = city();
    const token = process();
    const refused = await token.get();
    expect(await token.renew(refused)).toBe("token-3");
    expect(fetched).toEqual([false, false, true]);
  });

  it("没取到：报错，下一次再取，不会卡住", async () => {
    const { process, fail } = city();
    const token = process();
    fail();
    await expect(token.get()).rejects.toThrow("not to be reached");
    expect(await token.get()).toBe("token-2");
  });

  it("取到一半死掉的进程，过了租期由别人来取", async () => {
    const { process, database, pass } = city();
    database.raw.exec(`INSERT INTO platform_tokens (name, leased_until) VALUES ('wechat', ${NOON + 15_000})`);
    pass(15_000);
    expect(await process().get()).toBe("token-1");
  });

  it("库里看不到明文", async () => {
    const { process, database } = city();
    await process().get();
    const row = database.raw.prepare<[], { token: Buffer }>("SELECT token FROM platform_tokens").get();
    expect(row?.token.toString("latin1")).not.toContain("token-1");
  });
});
