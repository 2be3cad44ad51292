import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { createDeskRouter } from "../../../server/http/desk/router.ts";
import { createOpenApiRouter } from "../../../server/http/openapi.ts";
import { createSessionRouter } from "../../../server/http/session.ts";
import { createRequireStaff } from "../../../server/staff/guard.ts";
import { createPasswords } from "../../../server/staff/password.ts";
import { createStaff, type Staff } from "../../../server/staff/staff.ts";
import { openDatabase } from "../../../server/store/sqlite/database.ts";
import { openTestDesk, type TestDesk } from "../desk/fixture.ts";
import { serve } from "../desk/serve.ts";

const migrationsDir = join(import.meta.dirname, "../../../server/store/sqlite/migrations");

export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

/** The staff's part of the server on a free port, with an administrator, three clerks and an editor; new for every test. */
export function staffCity() {
  let city: TestDesk;
  let staff: Staff;
  let server: Awaited<ReturnType<typeof serve>>;
  beforeEach(async () => {
    city = openTestDesk();
    const { clock, desk } = city;
    staff = createStaff({
      database: openDatabase({ file: ":memory:", migrationsDir }),
      clock,
      passwords: createPasswords({ cost: 16 }),
    });
    const requireStaff = createRequireStaff(staff);
    const isUnit = (id: string) => desk.units.get(id) !== undefined;
    server = await serve({
      "/api": createSessionRouter({ staff, requireStaff, secureCookie: true, isUnit }),
      "/api/desk": createDeskRouter({ desk, clock, requireStaff }),
      "/api/": createOpenApiRouter(),
    });
    await staff.ensureAdmin({ password: "admin password" });
    await staff.addAccount({ username: "li", name: "李工", role: "unit", unitId: "110105026" }, "password of li");
    await staff.addAccount(
      { username: "zhao", name: "赵工", role: "unit", unitId: "110105-zhujian" },
      "password of zhao",
    );
    await staff.addAccount({ username: "sun", name: "孙工", role: "unit", unitId: "110105030" }, "password of sun");
    await staff.addAccount({ username: "wang", name: "王编辑", role: "editor" }, "password of wang");
  });
  afterEach(() => server.close());

  async function call(path: string, token?: string, init: RequestInit & { json?: unknown } = {}): Promise<Answer> {
    const headers = new Headers(init.headers);
    if (token) headers.set("authorization", `Bearer ${token}`);
    if (init.json !== undefined) headers.set("content-type", "application/json");
    const body = init.json === undefined ? undefined : JSON.stringify(init.json);
    const response = await fetch(`${server.url}/api${path}`, { ...init, headers, body });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>),
    };
  }

  const post = (path: string, token: string | undefined, json: unknown = {}) =>
    call(path, token, { method: "POST", json });

  async function signIn(
    username: string,
    password = username === "admin" ? "admin password" : `password of ${username}`,
  ): Promise<string> {
    const { body } = await post("/session", undefined, { username, password });
    return String(body.token);
  }

  return { desk: () => city.desk, clock: () => city.clock, call, post, signIn };
}
