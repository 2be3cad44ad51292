import type { Activity } from "botbuilder";
import { ConfigurationBotFrameworkAuthentication } from "botbuilder";
import { type JWTPayload, SignJWT } from "jose";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cloudOf, createTokenJudge } from "../../../adapters/bot-framework/index.ts";
import {
  APP_ID,
  type BotFrameworkHost,
  startBotFrameworkHost,
  type TokenOptions,
} from "../../fakes/bot-framework-host.ts";

let host: BotFrameworkHost;
let now: Date;
beforeEach(async () => {
  host = await startBotFrameworkHost();
  now = new Date();
});
afterEach(() => host.close());

const judgeOf = (allowEmulator = false) =>
  createTokenJudge({
    appId: APP_ID,
    cloud: cloudOf("public", { apiBase: host.url }),
    allowEmulator,
    clock: { now: () => now },
  });

/** What the channel makes of a token and the origin of its activity, in one word. */
async function verdict(
  token: string | undefined,
  origin = { channelId: "msteams", serviceUrl: host.serviceUrl },
  judge = judgeOf(),
) {
  const judged = await judge.judge(token === undefined ? undefined : `Bearer ${token}`);
  if (judged.kind === "refused") return judged.fault;
  return judged.vouchesFor(origin) ? "believed" : "other-origin";
}

/** The same asked of botbuilder. */
async function judgedByBotbuilder(token: string, origin: { channelId: string; serviceUrl: string }): Promise<boolean> {
  const other = new ConfigurationBotFrameworkAuthentication(
    {
      ToBotFromChannelOpenIdMetadataUrl: `${host.url}/v1/.well-known/openidconfiguration`,
      ToBotFromChannelTokenIssuer: "https://api.botframework.com",
      ToChannelFromBotLoginUrl: host.url,
      ToChannelFromBotOAuthScope: "https://api.botframework.com",
      OAuthUrl: host.url,
      ToBotFromEmulatorOpenIdMetadataUrl: `${host.url}/v1/.well-known/openidconfiguration`,
      CallerId: "",
    },
    {
      createCredentials: async () => ({ signRequest: async (request) => request }),
      isValidAppId: async (id) => id === APP_ID,
      isAuthenticationDisabled: async () => false,
    },
  );
  // It prints the keys when it does not believe.
  const quiet = vi.spyOn(console, "error").mockImplementation(() => undefined);
  try {
    await other.authenticateRequest({ type: "message", ...origin } as Activity, `Bearer ${token}`);
    return true;
  } catch {
    return false;
  } finally {
    quiet.mockRestore();
  }
}

const teams = () => ({ channelId: "msteams", serviceUrl: host.serviceUrl });

describe("令牌：我们和 botbuilder 的判断一致", () => {
  it.each<[string, string, JWTPayload, TokenOptions, object]>([
    ["平台签的", "believed", {}, {}, {}],
    ["只给 Teams 签的钥匙，Teams 的活动", "believed", {}, { key: "teams-only" }, {}],
    ["只给 Teams 签的钥匙，别的渠道的活动", "other-origin", {}, { key: "teams-only" }, { channelId: "webchat" }],
    ["别的机器人的", "bad-token", { aud: "00000000-0000-4000-8000-000000000000" }, {}, {}],
    ["别人签发的", "bad-token", { iss: "https://sts.example.com/" }, {}, {}],
    ["冒用钥匙编号的", "bad-token", {}, { key: "stranger" }, {}],
    ["没听说过的钥匙", "bad-token", {}, { key: "unknown-id" }, {}],
    ["过期了的", "expired", {}, { expiresInSeconds: -400 }, {}],
    ["刚过期，在五分钟之内", "believed", {}, { expiresInSeconds: -200 }, {}],
    ["还没生效的", "bad-token", { nbf: Math.floor(Date.now() / 1000) + 4_000 }, {}, {}],
    ["没有服务地址的", "other-origin", { serviceurl: undefined }, {}, {}],
    ["服务地址是别处的", "other-origin", { serviceurl: "https://evil.example/" }, {}, {}],
    ["活动说的地址不是令牌说的", "other-origin", {}, {}, { serviceUrl: "http://169.254.169.254/" }],
  ])("%s：%s", async (_name, expected, claims, options, origin) => {
    const token = await host.token(claims, options);
    const whole = { ...teams(), ...origin };
    expect(await verdict(token, whole)).toBe(expected);
    expect(await judgedByBotbuilder(token, whole)).toBe(expected === "believed");
  });

  it("没有过期时间的、不签名的、拿公钥当密码签的、不成样子的：都不认", async () => {
    const [header = "", payload = ""] = (await host.token()).split(".");
    const none = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${payload}.`;
    const password = new TextEncoder().encode("a public key that everybody knows, long enough");
    const symmetric = await new SignJWT({}).setProtectedHeader({ alg: "HS256", kid: "platform" }).sign(password);
    const endless = await host.token({ exp: undefined });
    for (const token of [endless, none, symmetric, `${header}.${payload}`, "x", "", "a.b.c", "🙂.🙂.🙂"]) {
      expect(await verdict(token), token).toBe("bad-token");
    }
    expect(await verdict(undefined)).toBe("no-token");
    expect((await judgeOf().judge("Basic dTpw")).kind).toBe("refused");
  });
});

describe("平台的钥匙", () => {
  it("一天问一次；乱编钥匙编号的，问不出更多来", async () => {
    const judge = judgeOf();
    for (let count = 0; count < 5; count += 1) await verdict(await host.token(), teams(), judge);
    for (let count = 0; count < 5; count += 1)
      await verdict(await host.token({}, { key: "unknown-id" }), teams(), judge);
    expect(host.calls).toEqual(["metadata", "keys"]);
    now = new Date(now.getTime() + 6 * 60_000);
    await verdict(await host.token({}, { key: "unknown-id" }), teams(), judge);
    expect(host.calls).toHaveLength(4);
  });

  it("平台问不到：有昨天的用昨天的，一把也没有就说不知道", async () => {
    const judge = judgeOf();
    await verdict(await host.token(), teams(), judge);
    now = new Date(now.getTime() + 25 * 3_600_000);
    host.fail("metadata", { status: 500 });
    expect(await verdict(await host.token({}, { expiresInSeconds: 90_000 * 2 }), teams(), judge)).toBe("believed");
    host.fail("metadata", { status: 500 }, "hang-up", "redirect");
    host.fail("keys", { status: 404 });
    for (let count = 0; count < 4; count += 1) {
      await expect(verdict(await host.token())).rejects.toMatchObject({ name: "DeliveryError", retryable: true });
    }
  });
});

describe("模拟器", () => {
  const issuer = "https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0";
  const local = { channelId: "emulator", serviceUrl: "http://localhost:53126" };
  const token = (claims: JWTPayload = {}) =>
    host.token({ iss: issuer, ver: "2.0", azp: APP_ID, serviceurl: undefined, ...claims }, { key: "emulator" });

  it("打开了才认，只认这台机器上的", async () => {
    expect(await verdict(await token(), local, judgeOf(true))).toBe("believed");
    expect(await verdict(await token(), local)).toBe("bad-token");
    const elsewhere = { ...local, serviceUrl: "http://10.0.0.8:53126" };
    expect(await verdict(await token(), elsewhere, judgeOf(true))).toBe("other-origin");
    expect(await verdict(await token(), { ...local, channelId: "msteams" }, judgeOf(true))).toBe("other-origin");
  });

  it("别的应用的、别的租户的不认", async () => {
    expect(await verdict(await token({ azp: "another-app" }), local, judgeOf(true))).toBe("bad-token");
    expect(await verdict(await token({ ver: "1.0", appid: "another-app" }), local, judgeOf(true))).toBe("bad-token");
    expect(await verdict(await token({ iss: issuer.replace("d6d4", "0000") }), local, judgeOf(true))).toBe("bad-token");
  });
});
