import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPasswords } from "../../../server/staff/password.ts";
import { createStaff, type Staff } from "../../../server/staff/staff.ts";
import { createSignInThrottle } from "../../../server/staff/throttle.ts";
import { openDatabase, type SqliteDatabase } from "../../../server/store/sqlite/database.ts";
import { type MovableClock, movableClock } from "../desk/fixture.ts";

const migrationsDir = join(import.meta.dirname, "../../../server/store/sqlite/migrations");
const HOUR_MS = 3_600_000;
let dir: string;
let database: SqliteDatabase;
let clock: MovableClock;
let staff: Staff;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "staff-"));
  database = openDatabase({ file: join(dir, "main.sqlite"), migrationsDir });
  clock = movableClock();
  staff = createStaff({
    database,
    clock,
    throttle: createSignInThrottle({ forName: 3, fromAddress: 5 }),
    passwords: createPasswords({ cost: 16 }),
  });
});
afterEach(async () => {
  await database.close();
  rmSync(dir, { recursive: true });
});

const signIn = (password: string, username = "admin", address = "1.2.3.4") => staff.signIn(username, password, address);

async function token(): Promise<string> {
  const outcome = await signIn("right password");
  if (outcome.kind !== "signed-in") throw new Error(outcome.kind);
  return outcome.token;
}

describe("第一次启动", () => {
  it("没有给密码就造一个，只说一次", async () => {
    const made = await staff.ensureAdmin({});
    expect(made).toEqual({ created: true, password: expect.stringMatching(/^[\w-]{16}$/) });
    expect(await staff.ensureAdmin({})).toEqual({ created: false });
    expect((await signIn(made.password ?? "")).kind).toBe("signed-in");
  });

  it("给了密码就用它，而且不再说出来；以后再给也不改", async () => {
    expect(await staff.ensureAdmin({ password: "right password" })).toEqual({ created: true, password: undefined });
    expect(await staff.ensureAdmin({ password: "another one" })).toEqual({ created: false });
    expect((await signIn("another one")).kind).toBe("wrong");
    expect((await signIn("right password")).kind).toBe("signed-in");
  });

  it("文件里没有密码，也没有会话凭证", async () => {
    await staff.ensureAdmin({ password: "right password" });
    const secret = await token();
    await database.close();
    const bytes = Buffer.concat(readdirSync(dir).map((name) => readFileSync(join(dir, name))));
    expect(bytes.includes("right password")).toBe(false);
    expect(bytes.includes(secret)).toBe(false);
    database = openDatabase({ file: join(dir, "main.sqlite"), migrationsDir });
  });
});

describe("会话", () => {
  beforeEach(async () => {
    await staff.ensureAdmin({ password: "right password" });
  });

  it("十二小时不用就失效，用着就一直有效", async () => {
    const secret = await token();
    for (let times = 0; times < 4; times += 1) {
      clock.forward(11 * HOUR_MS);
      expect(await staff.userOf(secret)).toMatchObject({ username: "admin", role: "admin" });
    }
    clock.forward(12 * HOUR_MS);
    expect(await staff.userOf(secret)).toBeUndefined();
  });

  it("退出以后失效，别的会话不受影响", async () => {
    const [first, second] = [await token(), await token()];
    await staff.signOut(first);
    expect(await staff.userOf(first)).toBeUndefined();
    expect(await staff.userOf(second)).toBeDefined();
    expect(await staff.userOf("made up")).toBeUndefined();
  });

  it("没有这个人和密码不对，说法一样", async () => {
    expect(await signIn("x", "nobody")).toEqual(await signIn("x"));
  });

  it("同一个名字猜错几次就得等，对了也得等；别的名字不受影响", async () => {
    for (let times = 0; times < 3; times += 1) await signIn("wrong");
    const outcome = await signIn("right password");
    expect(outcome.kind).toBe("too-often");
    if (outcome.kind === "too-often") expect(outcome.retryAfterMs).toBeGreaterThan(60_000);
    expect((await signIn("x", "somebody", "5.6.7.8")).kind).toBe("wrong");
  });

  it("同一个地址换着名字猜也得等", async () => {
    for (const name of ["a", "b", "c", "d", "e"]) await signIn("x", name);
    expect((await signIn("x", "f")).kind).toBe("too-often");
  });

  it("登录成功以后，以前的失败不再算", async () => {
    for (let times = 0; times < 4; times += 1) {
      await signIn("wrong");
      expect((await signIn("right password", "ADMIN".toLowerCase())).kind).toBe("signed-in");
    }
  });
});

describe("账号", () => {
  it("加得上，名字不能重", async () => {
    const user = { username: "li", name: "李工", role: "unit", unitId: "110105026" } as const;
    expect(await staff.addAccount(user, "long enough")).toBe("added");
    expect(await staff.addAccount(user, "another try")).toBe("taken");
    expect(staff.accounts()).toEqual([user]);
    expect((await staff.signIn("li", "long enough", "x")).kind).toBe("signed-in");
  });
});

describe("密码", () => {
  it("按约定的强度存放，同一个密码每次不同，降低过强度的旧密码仍然能用", async () => {
    const strong = createPasswords();
    const [first, second] = await Promise.all([strong.hash("密码"), strong.hash("密码")]);
    expect(first).toMatch(/^scrypt\$32768\$8\$3\$/);
    expect(first).not.toBe(second);
    expect(await strong.fits("密码", await createPasswords({ cost: 16 }).hash("密码"))).toBe(true);
    expect(await strong.fits("密码", "nonsense")).toBe(false);
  });
});
