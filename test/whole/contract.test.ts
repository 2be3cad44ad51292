import { statSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { type Citizen, createCitizen, fileComplaint } from "./citizen.ts";
import { createOfficial } from "./official.ts";
import { ADMIN_PASSWORD } from "./server-process.ts";
import { withCity } from "./with-city.ts";

const COMPLAINT = "朝阳区望京西园四区楼下餐馆油烟很大，每天晚上都呛人，希望尽快处理";

const city = withCity();

afterAll(async () => {
  expect(await city.server.stop()).toBe(0);
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${city.server.url}${path}`, { headers });

describe("a server that has just been started", () => {
  it("is alive, is ready, and gives its figures to Prometheus", async () => {
    expect(await (await get("/healthz")).json()).toEqual({ status: "ok" });
    const ready = await get("/readyz");
    expect([ready.status, await ready.json()]).toEqual([200, { status: "ready", missing: [] }]);
    const metrics = await get("/metrics");
    expect(metrics.headers.get("content-type")).toMatch(/^text\/plain/);
    expect(await metrics.text()).toMatch(/^jiesu_knowledge_entries [1-9]\d{2,}$/m);
  });

  it("shows the citizen's page, a ticket's page and the staff console, and no page to be framed or guessed at", async () => {
    for (const path of ["/", "/staff/"]) {
      const page = await get(path);
      expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
      expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'self'");
      const script = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text())?.[1] ?? "";
      expect((await get(script)).status).toBe(200);
    }
    expect((await get("/t/20260101000000")).status).toBe(404);
    expect((await get("/nothing/here")).status).toBe(404);
  });

  it("keeps its secrets to its owner", async () => {
    expect(statSync(`${city.server.dataDir}/secret.key`).mode & 0o077).toBe(0);
    expect(city.server.printed()).toContain("SECRET_KEY is not set");
    expect(city.server.printed()).not.toContain(ADMIN_PASSWORD);
  });
});

describe("the whole main job", () => {
  let citizen: Citizen;
  let number: string;

  it("answers a question with its source", async () => {
    citizen = await createCitizen(city.server.url);
    expect(await citizen.say("失业金能领几个月")).toMatch(/24个月[\s\S]*依据：《/);
  });

  it("turns a complaint into a ticket and gives the number that the desk knows", async () => {
    number = await fileComplaint(citizen, COMPLAINT);
    const { status, body } = await city.admin.call("GET", `/api/desk/tickets/${number}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      number,
      state: "dispatched",
      description: COMPLAINT,
      unit: { name: "望京街道办事处" },
    });
    expect(body.contact).toEqual({ name: "王女士", phone: "13912345678" });
  });

  it("brings the news of every step back into the citizen's own conversation, each once", async () => {
    const accept = () => city.admin.call("POST", `/api/desk/tickets/${number}/accept`);
    const statuses = (await Promise.all([accept(), accept(), accept()])).map((each) => each.status);
    expect(statuses.sort()).toEqual([200, 409, 409]);
    await citizen.hears(/有进展：望京街道办事处/);
    await city.admin.call("POST", `/api/desk/tickets/${number}/reply`, { text: "已责令餐馆清洗油烟管道。" });
    await citizen.hears(/有答复了。\n望京街道办事处：已责令餐馆清洗油烟管道。/);
    await city.admin.call("POST", `/api/desk/tickets/${number}/close`, { text: "复查合格。" });
    await citizen.hears(/已办结。\n望京街道办事处：复查合格。/);
    const texts = (await citizen.activities()).map((each) => each.text);
    expect(new Set(texts).size).toBe(texts.length);
    expect(await citizen.say("我的工单", /已办结/)).toContain(number);
  });

  it("streams the whole conversation over a WebSocket, and after a watermark only what came later", async () => {
    const headers = { authorization: `Bearer ${citizen.token}` };
    const frame = async (watermark: string) => {
      const path = `/v3/directline/conversations/${citizen.conversationId}?watermark=${watermark}`;
      const { streamUrl } = (await (await get(path, headers)).json()) as { streamUrl: string };
      const socket = new WebSocket(streamUrl);
      const data = await new Promise<string>((resolve, reject) => {
        socket.onmessage = (event) => event.data !== "" && resolve(String(event.data));
        socket.onerror = () => reject(new Error("the stream was refused"));
      });
      socket.close();
      return JSON.parse(data) as { activities: { id: string }[]; watermark: string };
    };
    const whole = await frame("0");
    const all = await citizen.activities();
    expect(whole.activities.map((each) => each.id)).toEqual(all.map((each) => each.id));
    const last = await frame(String(Number(whole.watermark) - 1));
    expect(last.activities.map((each) => each.id)).toEqual(all.slice(-1).map((each) => each.id));
  });

  it("shows the public part of it at /t/{number}: how far it is, and nothing a person wrote", async () => {
    const page = await get(`/t/${number}`);
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(html).toContain("已办结");
    expect(html).toContain("望京街道办事处");
    for (const secret of ["油烟", "王女士", "13912345678", "5678", "西园", "复查合格"])
      expect(html).not.toContain(secret);
  });
});

describe("the staff's session", () => {
  it("is given for the right password only, as a token and as a cookie that scripts cannot read", async () => {
    const signIn = (body: object) =>
      fetch(`${city.server.url}/api/session`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    const right = await signIn({ username: "admin", password: ADMIN_PASSWORD });
    expect(right.status).toBe(200);
    expect(((await right.json()) as { token: string }).token).toMatch(/^[\w-]{20,}$/);
    const cookie = right.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^session=.*HttpOnly.*SameSite=Strict/i);
    expect((await get("/api/desk/tickets", { cookie: cookie.split(";")[0] ?? "" })).status).toBe(200);
    expect((await signIn({ username: "admin", password: "wrong-password" })).status).toBe(401);
    expect((await signIn({ username: "' OR 1=1 --", password: "x" })).status).toBe(401);
    expect((await signIn({ username: { $ne: "" }, password: ["x"] })).status).toBe(400);
    expect((await signIn([])).status).toBe(400);
  });

  it("is wanted by everything else under /api", async () => {
    const document = (await (await get("/api/openapi.json")).json()) as ApiDocument;
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        if (operation.security?.length === 0) continue;
        const url = city.server.url + path.replace(/\{\w+\}/g, "20260101000001");
        const answer = await fetch(url, {
          method: method.toUpperCase(),
          headers: { authorization: `Bearer ${"x".repeat(40)}` },
        });
        expect([method, path, answer.status]).toEqual([method, path, 401]);
      }
    }
  });

  it("shows a unit its own tickets and nobody else's, and lets it make no accounts", async () => {
    const { body } = await city.admin.call("GET", `/api/desk/units?query=${encodeURIComponent("安贞街道")}`);
    const account = {
      username: "anzhen",
      name: "安贞",
      role: "unit",
      unitId: body.units[0]?.id,
      password: "anzhen-123456",
    };
    expect((await city.admin.call("POST", "/api/staff", account)).status).toBe(201);
    expect((await city.admin.call("POST", "/api/staff", account)).status).toBe(409);
    const unit = await createOfficial(city.server.url, "anzhen", account.password);
    const all = await city.admin.call("GET", "/api/desk/tickets?state=all");
    expect(all.body.total).toBeGreaterThan(0);
    expect((await unit.call("GET", "/api/desk/tickets?state=all")).body.total).toBe(0);
    const path = `/api/desk/tickets/${all.body.tickets[0]?.number}`;
    expect((await unit.call("GET", path)).status).toBe(404);
    expect((await unit.call("POST", `${path}/reply`, { text: "x" })).status).toBe(404);
    expect((await unit.call("POST", "/api/staff", { ...account, username: "b" })).status).toBe(403);
  });

  it("ends when the member of staff leaves", async () => {
    const official = await createOfficial(city.server.url, "admin", ADMIN_PASSWORD);
    expect((await official.call("DELETE", "/api/session")).status).toBe(204);
    expect((await official.call("GET", "/api/session")).status).toBe(401);
  });
});

interface ApiDocument {
  openapi: string;
  paths: Record<string, Record<string, { security?: object[]; responses: Record<string, unknown> }>>;
}

describe("GET /api/openapi.json", () => {
  it("is OpenAPI 3.1 and lists every path that answers under /api", async () => {
    const document = (await (await get("/api/openapi.json")).json()) as ApiDocument;
    expect(document.openapi).toMatch(/^3\.1\./);
    const listed = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(listed.sort()).toEqual([
      "delete /api/session",
      "get /api/desk/media/{number}/{id}",
      "get /api/desk/tickets",
      "get /api/desk/tickets/{number}",
      "get /api/desk/units",
      "get /api/handoffs",
      "get /api/handoffs/{id}",
      "get /api/handoffs/{id}/acts",
      "get /api/handoffs/{id}/media/{mediaId}",
      "get /api/knowledge/audit",
      "get /api/knowledge/calendar",
      "get /api/knowledge/entries",
      "get /api/knowledge/entries/{id}",
      "get /api/knowledge/entries/{id}/answered",
      "get /api/knowledge/entries/{id}/audit",
      "get /api/knowledge/entries/{id}/diff",
      "get /api/knowledge/entries/{id}/versions",
      "get /api/knowledge/entries/{id}/versions/{version}",
      "get /api/knowledge/entries/{id}/versions/{version}/check",
      "get /api/knowledge/export",
      "get /api/knowledge/facets",
      "get /api/knowledge/gaps",
      "get /api/knowledge/imports",
      "get /api/knowledge/imports/{id}",
      "get /api/knowledge/imports/{id}/rows",
      "get /api/knowledge/rates",
      "get /api/knowledge/synonyms",
      "get /api/openapi.json",
      "get /api/session",
      "get /api/staff",
      "get /api/undelivered",
      "patch /api/knowledge/imports/{id}",
      "post /api/desk/tickets/{number}/accept",
      "post /api/desk/tickets/{number}/close",
      "post /api/desk/tickets/{number}/reply",
      "post /api/dispatch/callback",
      "post /api/handoffs/{id}/evidence",
      "post /api/handoffs/{id}/form",
      "post /api/handoffs/{id}/return",
      "post /api/handoffs/{id}/say",
      "post /api/handoffs/{id}/take",
      "post /api/knowledge/entries",
      "post /api/knowledge/entries/{id}/corrections",
      "post /api/knowledge/entries/{id}/corrections/preview",
      "post /api/knowledge/entries/{id}/versions/{version}/approve",
      "post /api/knowledge/entries/{id}/versions/{version}/check",
      "post /api/knowledge/entries/{id}/versions/{version}/check/cancel",
      "post /api/knowledge/entries/{id}/versions/{version}/check/start",
      "post /api/knowledge/entries/{id}/versions/{version}/publish",
      "post /api/knowledge/entries/{id}/versions/{version}/reject",
      "post /api/knowledge/entries/{id}/versions/{version}/submit",
      "post /api/knowledge/entries/{id}/versions/{version}/unschedule",
      "post /api/knowledge/entries/{id}/withdraw",
      "post /api/knowledge/gaps/{gap}/draft",
      "post /api/knowledge/imports",
      "post /api/knowledge/imports/{id}/cancel",
      "post /api/knowledge/imports/{id}/start",
      "post /api/knowledge/synonyms/preview",
      "post /api/knowledge/synonyms/publish",
      "post /api/knowledge/try",
      "post /api/messages",
      "post /api/session",
      "post /api/staff",
      "put /api/knowledge/entries/{id}",
      "put /api/knowledge/synonyms",
    ]);
  });
});
