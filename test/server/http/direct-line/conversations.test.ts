import { SignJWT } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../temporary.ts";
import { createClient } from "./client.ts";
import { startServer, type TestServer } from "./start-server.ts";

const claimsOf = (token = "") => JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());

describe("Direct Line：令牌与会话", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let server: TestServer;
  let client: ReturnType<typeof createClient>;
  let now: Date;

  beforeEach(async () => {
    folder = temporaryFolder();
    now = new Date("2025-03-01T08:00:00Z");
    server = await startServer({ dir: folder.path, clock: { now: () => now } });
    client = createClient(server.url);
  });
  afterEach(async () => {
    await server.stop();
    folder.remove();
  });

  it("不用密钥就能取得半小时的令牌；cookie 是 httpOnly、SameSite=Lax、一年", async () => {
    const reply = await client.call("POST", "/tokens/generate");
    expect(reply).toMatchObject({ status: 200, body: { expires_in: 1800 } });
    expect(claimsOf(reply.body.token)).toMatchObject({
      conv: reply.body.conversationId,
      exp: now.getTime() / 1000 + 1800,
    });
    const cookie = reply.headers.getSetCookie()[0];
    expect(cookie).toMatch(/^visitor=[\w.-]+; Max-Age=31536000; Path=\/; .*HttpOnly; SameSite=Lax$/);
    expect(reply.headers.get("cache-control")).toBe("no-store");
  });

  it("对外是 https 时 cookie 带 Secure，流地址是 wss", async () => {
    const secure = await startServer({ dir: folder.path, publicUrl: "https://12345.example.gov.cn/" });
    const reply = await createClient(secure.url).call("POST", "/conversations");
    await secure.stop();
    expect(reply.headers.getSetCookie()[0]).toContain("Secure");
    expect(reply.body.streamUrl).toMatch(
      /^wss:\/\/12345\.example\.gov\.cn\/v3\/directline\/conversations\/[\w-]+\/stream\?/,
    );
  });

  it("开始会话答 201、地址和令牌；说过话以后答 200", async () => {
    const conversation = await client.start();
    const reply = await client.call("POST", "/conversations", { token: conversation.token, body: {} });
    expect(reply).toMatchObject({ status: 201, body: { conversationId: conversation.id, expires_in: 1800 } });
    expect(reply.body.streamUrl).toContain(
      `ws://127.0.0.1:${server.port}/v3/directline/conversations/${conversation.id}/stream?`,
    );
    await client.say(conversation, "您好");
    expect((await client.call("POST", "/conversations", { token: conversation.token })).status).toBe(200);
  });

  it("没有令牌也能直接开始会话", async () => {
    const reply = await client.call("POST", "/conversations", { body: { user: { id: "me" } } });
    expect(reply.status).toBe(201);
    expect(claimsOf(reply.body.token)).toMatchObject({ conv: reply.body.conversationId, user: "me" });
  });

  it("同一个浏览器第二天还是同一个人，能要回旧会话的令牌", async () => {
    const first = await client.start();
    await client.say(first, "昨天说的");
    now = new Date(now.getTime() + 24 * 3600_000);
    expect(await client.say(first, "x")).toMatchObject({ status: 403, body: { error: { code: "TokenExpired" } } });
    const again = await client.call("POST", "/tokens/generate", {
      cookie: first.cookie,
      body: { conversationId: first.id },
    });
    expect(again).toMatchObject({ status: 200, body: { conversationId: first.id } });
    expect(claimsOf(again.body.token).sub).toBe(claimsOf(first.token).sub);
    const { activities } = await client.read({ ...first, token: again.body.token ?? "" });
    expect(activities[0]?.text).toBe("昨天说的");
  });

  it("别人的会话要不到令牌：没有 cookie、别人的 cookie、改过的 cookie 都不行", async () => {
    const mine = await client.start();
    const other = await client.start();
    const forged = mine.cookie.replace(/\..*$/, `.${"A".repeat(43)}`);
    for (const cookie of [undefined, other.cookie, forged]) {
      const reply = await client.call("POST", "/tokens/generate", { cookie, body: { conversationId: mine.id } });
      expect(reply.status).toBe(403);
    }
    const unknown = await client.call("POST", "/tokens/generate", {
      cookie: mine.cookie,
      body: { conversationId: "none" },
    });
    expect(unknown.status).toBe(404);
  });

  it("自称什么都不是身份：自称别人的编号，还是自己", async () => {
    const victim = await client.start();
    const { sub } = claimsOf(victim.token);
    const reply = await client.call("POST", "/tokens/generate", { body: { user: { id: sub } } });
    expect(claimsOf(reply.body.token)).toMatchObject({ user: sub });
    expect(claimsOf(reply.body.token).sub).not.toBe(sub);
    const long = await client.call("POST", "/tokens/generate", { body: { user: { id: "长".repeat(1000) } } });
    expect(claimsOf(long.body.token).user).toHaveLength(64);
  });

  it("令牌能续，续的还是同一个人、同一个会话", async () => {
    const first = await client.start();
    now = new Date(now.getTime() + 20 * 60_000);
    const refreshed = await client.call("POST", "/tokens/refresh", { token: first.token });
    expect(refreshed).toMatchObject({ status: 200, body: { conversationId: first.id, expires_in: 1800 } });
    now = new Date(now.getTime() + 20 * 60_000);
    expect((await client.call("POST", "/tokens/refresh", { token: first.token })).status).toBe(403);
    expect((await client.say({ ...first, token: refreshed.body.token ?? "" }, "还在")).status).toBe(200);
  });

  it("重连答新的令牌和从水位开始的流地址", async () => {
    const conversation = await client.start();
    const reply = await client.call("GET", `/conversations/${conversation.id}?watermark=7`, {
      token: conversation.token,
    });
    expect(reply).toMatchObject({ status: 200, body: { conversationId: conversation.id } });
    expect(reply.body.streamUrl).toContain("watermark=7");
    const bad = await client.call("GET", `/conversations/${conversation.id}?watermark=abc`, {
      token: conversation.token,
    });
    expect(bad).toMatchObject({ status: 400, body: { error: { code: "BadArgument" } } });
  });

  it("没有令牌 401；乱写的、别家签的、alg none 的令牌 403", async () => {
    const { id, token } = await client.start();
    const path = `/conversations/${id}/activities`;
    expect((await client.call("GET", path)).status).toBe(401);
    const [, payload] = token.split(".");
    const none = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${payload}.`;
    const foreign = await new SignJWT(claimsOf(token))
      .setProtectedHeader({ alg: "HS256" })
      .sign(new TextEncoder().encode("somebody else's key, just as long"));
    for (const bad of ["x", "a.b.c", none, foreign, `${token}x`, "长".repeat(3)]) {
      const reply = await client.call("GET", path, { token: encodeURI(bad) });
      expect(reply, bad).toMatchObject({ status: 403, body: { error: { code: "InvalidToken" } } });
    }
  });

  it("令牌只开自己的会话，和同一个人的别的会话", async () => {
    const mine = await client.start();
    const mineToo = await client.start(mine.cookie);
    const other = await client.start();
    await client.say(other, "秘密");
    const path = `/conversations/${other.id}`;
    for (const reply of [
      await client.call("GET", path, { token: mine.token }),
      await client.call("GET", `${path}/activities`, { token: mine.token }),
      await client.post({ ...other, token: mine.token }, { type: "message", text: "冒充" }),
      await client.upload({ ...other, token: mine.token }, new FormData()),
    ]) {
      expect(reply).toMatchObject({ status: 403, body: { error: { code: "Forbidden" } } });
      expect(JSON.stringify(reply.body)).not.toContain("秘密");
    }
    expect((await client.say({ ...mineToo, token: mine.token }, "我的另一个会话")).status).toBe(200);
  });

  it("没有的接口答 404 的 JSON", async () => {
    expect(await client.call("GET", "/nothing")).toMatchObject({ status: 404, body: { error: { code: "NotFound" } } });
  });
});
