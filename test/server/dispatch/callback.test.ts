import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TicketUpdate } from "../../../bots/model/index.ts";
import { createDispatchCallbackRouter } from "../../../server/dispatch/callback.ts";
import { movableClock, quiet } from "../desk/fixture.ts";
import { serve } from "../desk/serve.ts";

const SECRET = "shared secret";
let recorded: TicketUpdate[];
let unknownTimes: number;
let server: Awaited<ReturnType<typeof serve>>;

beforeEach(async () => {
  recorded = [];
  unknownTimes = 0;
  const router = createDispatchCallbackRouter({
    secret: SECRET,
    clock: movableClock(),
    log: quiet,
    waitsMs: [1, 1],
    recordUpdate: async (update) => {
      if (update.number === "nobody" || unknownTimes-- > 0) return "unknown";
      if (recorded.some((one) => one.id === update.id)) return "duplicate";
      recorded.push(update);
      return "recorded";
    },
  });
  server = await serve({ "/api/dispatch/callback": router });
});
afterEach(() => server.close());

const update = {
  id: "u1",
  number: "20260301000001",
  status: "replied",
  at: "2026-03-01T20:00:00+08:00",
  unit: "望京街道办事处",
  text: "已修好",
};
const sign = (body: string, secret = SECRET) => createHmac("sha256", secret).update(body).digest("hex");

async function send(body: string, signature: string | undefined = sign(body)) {
  const headers = {
    "content-type": "application/json",
    ...(signature === undefined ? {} : { "x-signature": signature }),
  };
  const response = await fetch(`${server.url}/api/dispatch/callback`, { method: "POST", body, headers });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe("派单系统的推送", () => {
  it("签名正确就记下；带 sha256= 前缀、大写也认", async () => {
    const body = JSON.stringify(update);
    expect(await send(body)).toEqual({ status: 200, body: { result: "recorded" } });
    expect(recorded).toEqual([update]);
    expect((await send(body, `sha256=${sign(body).toUpperCase()}`)).body).toEqual({ result: "duplicate" });
  });

  it("重放只记一次", async () => {
    const body = JSON.stringify(update);
    const results = await Promise.all(Array.from({ length: 10 }, () => send(body)));
    expect(results.filter((one) => one.body.result === "recorded")).toHaveLength(1);
    expect(recorded).toHaveLength(1);
  });

  it("签的是原文，排版不同也照样核对", async () => {
    expect((await send(JSON.stringify(update, undefined, 4))).status).toBe(200);
  });

  it.each([
    ["没有签名", ""],
    ["别的密钥", sign(JSON.stringify(update), "guess")],
    ["截短", sign(JSON.stringify(update)).slice(0, 32)],
    ["不是十六进制", "z".repeat(64)],
  ])("%s 不收", async (_what, signature) => {
    expect((await send(JSON.stringify(update), signature)).status).toBe(401);
    expect(recorded).toEqual([]);
  });

  it("改过一个字的内容不收", async () => {
    expect((await send(JSON.stringify({ ...update, text: "没修好" }), sign(JSON.stringify(update)))).status).toBe(401);
  });

  it.each([
    ["不是 JSON", "{"],
    ["空的", ""],
    ["缺编号", JSON.stringify({ ...update, number: undefined })],
    ["没有时区", JSON.stringify({ ...update, at: "2026-03-01T20:00:00" })],
    ["不认识的状态", JSON.stringify({ ...update, status: "done" })],
    ["发生在将来", JSON.stringify({ ...update, at: "2027-01-01T00:00:00Z" })],
  ])("%s 是 400", async (_what, body) => {
    expect(await send(body)).toMatchObject({ status: 400, body: { error: { message: expect.any(String) } } });
  });

  it("写明推送时间的，旧的不收", async () => {
    expect((await send(JSON.stringify({ ...update, sentAt: "2026-03-01T12:05:00Z" }))).status).toBe(200);
    expect((await send(JSON.stringify({ ...update, id: "u2", sentAt: "2026-03-01T11:00:00Z" }))).status).toBe(401);
  });

  it("编号刚在登记时稍等再记；真没有的是 404", async () => {
    unknownTimes = 1;
    expect((await send(JSON.stringify(update))).body).toEqual({ result: "recorded" });
    expect((await send(JSON.stringify({ ...update, number: "nobody" }))).status).toBe(404);
  });
});
