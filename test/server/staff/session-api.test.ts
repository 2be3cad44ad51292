import { describe, expect, it } from "vitest";
import { staffCity } from "./staff-city.ts";

const { call, post, signIn } = staffCity();

describe("登录", () => {
  it("给出凭证和只走本站的 cookie，两样都认", async () => {
    const answer = await post("/session", undefined, { username: "li", password: "password of li" });
    expect(answer.body).toEqual({
      token: expect.any(String),
      user: { username: "li", name: "李工", role: "unit", unitId: "110105026" },
    });
    const cookie = answer.headers.get("set-cookie") ?? "";
    for (const part of ["session=", "HttpOnly", "SameSite=Strict", "Path=/", "Secure"]) expect(cookie).toContain(part);
    expect((await call("/session", String(answer.body.token))).body).toEqual({ user: answer.body.user });
    expect((await call("/session", undefined, { headers: { cookie: `a=b; ${cookie.split(";")[0]}` } })).status).toBe(
      200,
    );
  });

  it("没有登录、密码不对、内容不对，各有说法", async () => {
    expect(await call("/session")).toMatchObject({
      status: 401,
      body: { error: { code: "not-signed-in", message: "请先登录。" } },
    });
    expect(await post("/session", undefined, { username: "li", password: "x" })).toMatchObject({
      status: 401,
      body: { error: { code: "wrong-credentials" } },
    });
    expect((await post("/session", undefined, { username: "li" })).status).toBe(400);
    expect((await call("/desk/tickets")).status).toBe(401);
  });

  it("猜得太多次，说明多久以后再试", async () => {
    for (let times = 0; times < 10; times += 1) await post("/session", undefined, { username: "sun", password: "x" });
    const answer = await post("/session", undefined, { username: "sun", password: "password of sun" });
    expect(answer).toMatchObject({ status: 429, body: { error: { code: "too-often" } } });
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(60);
  });

  it("退出以后凭证不再有效，再退一次也无妨", async () => {
    const token = await signIn("li");
    expect((await call("/session", token, { method: "DELETE" })).status).toBe(204);
    expect((await call("/session", token)).status).toBe(401);
    expect((await call("/session", token, { method: "DELETE" })).status).toBe(204);
  });
});

describe("账号", () => {
  it("只有管理员能看能加", async () => {
    const admin = await signIn("admin");
    expect((await call("/staff", await signIn("li"))).status).toBe(403);
    const account = { username: "qian", name: "钱工", role: "unit", unitId: "co-water", password: "long enough" };
    const added = await post("/staff", admin, account);
    expect(added).toMatchObject({ status: 201, body: { user: { username: "qian", unitId: "co-water" } } });
    expect(JSON.stringify(added.body)).not.toContain("long enough");
    expect((await post("/staff", admin, account)).status).toBe(409);
    expect((await call("/staff", admin)).body.accounts).toHaveLength(6);
  });

  it.each([
    ["密码太短", { password: "short" }],
    ["单位账号没有单位", { unitId: undefined }],
    ["没有这个单位", { unitId: "nowhere" }],
    ["没有这个角色", { role: "king" }],
    ["用户名有空格", { username: "a b" }],
  ])("%s", async (_what, over) => {
    const account = {
      username: "qian",
      name: "钱工",
      role: "unit",
      unitId: "co-water",
      password: "long enough",
      ...over,
    };
    const answer = await post("/staff", await signIn("admin"), account);
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringMatching(/\p{Script=Han}/u) } },
    });
  });
});
