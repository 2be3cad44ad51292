import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { createStaffMediaRouter } from "../../../server/http/desk/media.ts";
import { createDeskRouter } from "../../../server/http/desk/router.ts";
import { createOpenApiRouter } from "../../../server/http/openapi.ts";
import { createSessionRouter } from "../../../server/http/session.ts";
import { createMediaStore, type MediaStore } from "../../../server/media/index.ts";
import { createRequireStaff } from "../../../server/staff/guard.ts";
import { createPasswords } from "../../../server/staff/password.ts";
import { createStaff, type Staff } from "../../../server/staff/staff.ts";
import { createSeal } from "../../../server/store/seal.ts";
import { openDatabase } from "../../../server/store/sqlite/database.ts";
import { openTestDesk, type TestDesk } from "../desk/fixture.ts";
import { serve } from "../desk/serve.ts";
import { temporaryFolder } from "../temporary.ts";

const migrationsDir = join(import.meta.dirname, "../../../server/store/sqlite/migrations");

export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

/** The staff's part of the server on a free port, with an administrator, three clerks and an editor; new for every test. */
export function staffCity() {
  let city: TestDesk;
  let media: MediaStore;
  let folder: ReturnType<typeof temporaryFolder>;
  let staff: Staff;
  let server: Awaited<ReturnType<typeof serve>>;
  beforeEach(async () => {
    city = openTestDesk();
    const { clock, desk } = city;
    const database = openDatabase({ file: ":memory:", migrationsDir });
    folder = temporaryFolder();
    const seal = createSeal("a secret key for tests");
    media = createMediaStore({ dir: folder.path, database, seal, clock, newId: randomUUID });
    staff = createStaff({
      database,
      clock,
      passwords: createPasswords({ cost: 16 }),
    });
    const requireStaff = createRequireStaff(staff);
    const isUnit = (id: string) => desk.units.get(id) !== undefined;
    server = await serve({
      "/api": createSessionRouter({ staff, requireStaff, secureCookie: true, isUnit }),
      "/api/desk/media": createStaffMediaRouter({ media, requireStaff, desk }),
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
  afterEach(async () => {
    await server.close();
    folder.remove();
  });

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

  /** The bytes of an answer that is no JSON, under the name that it gives them. */
  async function download(path: string, token: string): Promise<{ status: number; name: string; bytes: Buffer }> {
    const response = await fetch(`${server.url}/api${path}`, { headers: { authorization: `Bearer ${token}` } });
    const [, name = ""] = /filename\*=UTF-8''(\S+)/.exec(response.headers.get("content-disposition") ?? "") ?? [];
    return {
      status: response.status,
      name: decodeURIComponent(name),
      bytes: Buffer.from(await response.arrayBuffer()),
    };
  }

  return {
    media: () => media,
    download,
    desk: () => city.desk,
    clock: () => city.clock,
    call,
    post,
    signIn,
  };
}
