import { join } from "node:path";
import { expect, it } from "vitest";
import { addStaff } from "../../../server/commands/staff.ts";
import { createStaff } from "../../../server/staff/staff.ts";
import { openDatabase } from "../../../server/store/sqlite/database.ts";
import { inFolder, migrationsDir } from "../store/open-sqlite.ts";

const wang = { username: "wang", name: "王芳", role: "operator" };

it("makes an operator who can sign in with the password that was made up", () =>
  inFolder(async (dataDir) => {
    const { password = "" } = await addStaff({ dataDir, ...wang });
    expect(password.length).toBeGreaterThan(12);
    const database = openDatabase({ file: join(dataDir, "jiesu.sqlite"), migrationsDir });
    const staff = createStaff({ database, clock: { now: () => new Date() } });
    expect(await staff.signIn("wang", password, "here")).toMatchObject({ kind: "signed-in", user: wang });
    await database.close();
  }));

it("keeps a password of one's own to itself, and takes no name twice", () =>
  inFolder(async (dataDir) => {
    expect(await addStaff({ dataDir, ...wang, password: "long enough" })).toEqual({
      username: "wang",
      role: "operator",
    });
    await expect(addStaff({ dataDir, ...wang })).rejects.toThrow(/"wang" is taken/);
  }));

it("leaves room for the administrator that the first start makes", () =>
  inFolder(async (dataDir) => {
    await addStaff({ dataDir, ...wang });
    const database = openDatabase({ file: join(dataDir, "jiesu.sqlite"), migrationsDir });
    const staff = createStaff({ database, clock: { now: () => new Date() } });
    expect(await staff.ensureAdmin({ password: "password of admin" })).toMatchObject({ created: true });
    await database.close();
  }));

it.each([
  ["an unknown role", { role: "king" }, /role/],
  ["a short password", { password: "short" }, /password: 密码至少10位/],
  ["a unit without its id", { role: "unit" }, /unitId/],
  ["spaces in the username", { username: "wang fang" }, /username/],
])("refuses %s", (_what, over, fault) =>
  inFolder(async (dataDir) => {
    await expect(addStaff({ dataDir, ...wang, ...over })).rejects.toThrow(fault);
  }),
);
