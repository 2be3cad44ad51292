import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSeal } from "../../../../server/store/seal.ts";
import { openDatabase, type SqliteDatabase } from "../../../../server/store/sqlite/database.ts";
import { type CitizenTable, createCitizenTable } from "../../../../server/store/sqlite/mini-program-citizens.ts";
import { temporaryFolder } from "../../temporary.ts";

const migrationsDir = join(import.meta.dirname, "../../../../server/store/sqlite/migrations");
const SAID = { messages: 5, forMs: 48 * 3_600_000 };
const ENTERED = { messages: 2, forMs: 60_000 };

describe("小程序的市民（SQLite）", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let database: SqliteDatabase;
  let now: Date;
  let citizens: CitizenTable;
  let userId: string;
  const open = (appId = "wx1", secret = "a secret key for tests") =>
    createCitizenTable({ database, seal: createSeal(secret), clock: { now: () => now }, appId });
  const openFile = () => openDatabase({ file: join(folder.path, "data.sqlite"), migrationsDir });
  const pass = (ms: number) => {
    now = new Date(now.getTime() + ms);
  };

  beforeEach(async () => {
    folder = temporaryFolder();
    database = openFile();
    now = new Date("2026-03-01T08:00:00+08:00");
    citizens = open();
    userId = await citizens.meet("oCitizen");
  });
  afterEach(async () => {
    await database.close();
    folder.remove();
  });

  it("编号推不出来：换了密钥或小程序就是另一个；库里没有明文", async () => {
    expect(userId).toMatch(/^mp-[0-9a-f]{32}$/);
    expect(await citizens.meet("oCitizen")).toBe(userId);
    expect(open("wx2").userIdOf("oCitizen")).not.toBe(userId);
    expect(open("wx1", "another secret key for tests").userIdOf("oCitizen")).not.toBe(userId);
    expect(citizens.openIdOf(userId)).toBe("oCitizen");
    expect(citizens.openIdOf("mp-nobody")).toBeUndefined();
    const sealed = database.raw.prepare<[], Buffer>("SELECT open_id FROM mini_program_citizens").pluck().get();
    expect(sealed?.includes("oCitizen")).toBe(false);
  });

  it("写一句，48 小时里五条；进来一次，一分钟里两条；不累加，取多的、取长的", async () => {
    expect(citizens.messagesLeft(userId)).toBe(0);
    await citizens.grant(userId, ENTERED);
    expect(citizens.messagesLeft(userId)).toBe(2);
    pass(60_001);
    expect(citizens.messagesLeft(userId)).toBe(0);
    await citizens.grant(userId, SAID);
    await citizens.spend(userId);
    expect(citizens.messagesLeft(userId)).toBe(4);
    await citizens.grant(userId, ENTERED);
    expect(citizens.messagesLeft(userId)).toBe(4);
    pass(47 * 3_600_000);
    expect(citizens.messagesLeft(userId)).toBe(4);
    pass(3_600_000);
    expect(citizens.messagesLeft(userId)).toBe(0);
    await citizens.spend(userId);
    await citizens.grant(userId, ENTERED);
    expect(citizens.messagesLeft(userId)).toBe(2);
    await citizens.shut(userId);
    expect(citizens.messagesLeft(userId)).toBe(0);
  });

  it("同意一次用一次，同一件事只用一次，市民收回就清零；重启也记得", async () => {
    await citizens.allow(userId, "tmpl");
    await citizens.allow(userId, "tmpl");
    await citizens.used(userId, "tmpl", "job-1");
    await citizens.used(userId, "tmpl", "job-1");
    expect([citizens.permissions(userId, "tmpl"), citizens.permissions(userId, "other")]).toEqual([1, 0]);
    await database.close();
    database = openFile();
    citizens = open();
    expect([citizens.permissions(userId, "tmpl"), citizens.wasNoticed("job-1")]).toEqual([1, true]);
    await citizens.forbid(userId, "tmpl");
    expect(citizens.permissions(userId, "tmpl")).toBe(0);
  });

  it("两次登录撞在一起，也只有一个对话", async () => {
    let made = 0;
    const create = async () => `chat-${++made}`;
    const chats = await Promise.all([1, 2].map(() => citizens.chatOf(userId, create)));
    expect(new Set(chats).size).toBe(1);
    expect(await citizens.chatOf(userId, create)).toBe(chats[0]);
  });
});
