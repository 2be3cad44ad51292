import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ActivityLog } from "../../../../adapters/web/index.ts";
import { createSeal } from "../../../../server/store/seal.ts";
import { createActivityLog } from "../../../../server/store/sqlite/activity-log.ts";
import { openDatabase, type SqliteDatabase } from "../../../../server/store/sqlite/database.ts";
import { temporaryFolder } from "../../temporary.ts";

const migrationsDir = join(import.meta.dirname, "../../../../server/store/sqlite/migrations");
const seal = createSeal("a secret key for tests");
const draft = (text: string) => ({
  type: "message",
  timestamp: "2025-03-01T08:00:00.000Z",
  from: { id: "user", role: "user" as const },
  text,
});

describe("web 渠道的活动日志（SQLite）", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let database: SqliteDatabase;
  let log: ActivityLog;
  const openFile = () => openDatabase({ file: join(folder.path, "data.sqlite"), migrationsDir });

  beforeEach(() => {
    folder = temporaryFolder();
    database = openFile();
    log = createActivityLog({ database, seal });
  });
  afterEach(async () => {
    await database.close();
    folder.remove();
  });

  it("会话记得它的主人，没有的会话没有主人", async () => {
    const id = await log.create("visitor-1");
    expect(await log.owner(id)).toBe("visitor-1");
    expect(await log.owner("none")).toBeUndefined();
  });

  it("活动在各自的会话里从 1 数起，编号带着位置", async () => {
    const [a, b] = [await log.create("v"), await log.create("v")];
    const first = await log.append(a, "k1", draft("一"));
    expect(first).toMatchObject({ watermark: "1", duplicate: false, activity: { id: `${a}|0000001`, text: "一" } });
    expect(await log.append(a, "k2", draft("二"))).toMatchObject({ watermark: "2", activity: { id: `${a}|0000002` } });
    expect(await log.append(b, "k1", draft("三"))).toMatchObject({ watermark: "1", duplicate: false });
  });

  it("同一个键只记一次，答的是先前那一条", async () => {
    const id = await log.create("v");
    const first = await log.append(id, "k", draft("原话"));
    expect(await log.append(id, "k", draft("改了"))).toEqual({ ...first, duplicate: true });
    expect((await log.since(id, "0", 10)).activities).toEqual([first.activity]);
  });

  it("一百条同时写入，不缺号、不重号", async () => {
    const id = await log.create("v");
    await Promise.all(Array.from({ length: 100 }, (_, index) => log.append(id, `k${index % 90}`, draft(`${index}`))));
    const { activities, watermark } = await log.since(id, "0", 1000);
    expect(watermark).toBe("90");
    expect(activities.map((activity) => Number(activity.id.split("|")[1]))).toEqual(
      Array.from({ length: 90 }, (_, index) => index + 1),
    );
  });

  it("按水位一页一页读，读完水位不动，水位超前时退回末尾", async () => {
    const id = await log.create("v");
    for (const text of ["一", "二", "三"]) await log.append(id, text, draft(text));
    const page = await log.since(id, "0", 2);
    expect(page.activities.map(({ text }) => text)).toEqual(["一", "二"]);
    expect(page.watermark).toBe("2");
    expect((await log.since(id, "2", 2)).activities.map(({ text }) => text)).toEqual(["三"]);
    expect(await log.since(id, "3", 2)).toEqual({ activities: [], watermark: "3" });
    expect(await log.since(id, "99", 2)).toEqual({ activities: [], watermark: "3" });
    expect(await log.since("none", "0", 2)).toEqual({ activities: [], watermark: "0" });
  });

  it("没有的会话写不进去，再试也没有用", async () => {
    await expect(log.append("none", "k", draft("x"))).rejects.toMatchObject({ name: "StoreError", retryable: false });
  });

  it("市民的话加密后才进数据库，重新打开后读得到", async () => {
    const id = await log.create("v");
    const { activity } = await log.append(id, "张三的键", draft("张三住在东单"));
    const row = database.raw.prepare("SELECT key, activity FROM web_activities").get() as {
      key: string;
      activity: Buffer;
    };
    expect(row.key).not.toContain("张三");
    expect(row.activity.includes("东单")).toBe(false);
    await database.close();
    database = openFile();
    log = createActivityLog({ database, seal });
    expect((await log.since(id, "0", 10)).activities).toEqual([activity]);
  });

  it("写入时马上告诉听的人；重复的不说，取消后不说", async () => {
    const [id, other] = [await log.create("v"), await log.create("v")];
    let told = 0;
    const unsubscribe = log.subscribe(id, () => {
      told += 1;
    });
    await log.append(id, "1", draft("一"));
    await log.append(id, "1", draft("一"));
    await log.append(other, "1", draft("一"));
    expect(told).toBe(1);
    unsubscribe();
    await log.append(id, "2", draft("二"));
    expect(told).toBe(1);
  });

  it("另一个进程写入的，听的人不久也知道", async () => {
    const id = await log.create("v");
    const elsewhere = openFile();
    try {
      const heard = new Promise<void>((resolve) => {
        const unsubscribe = log.subscribe(id, () => {
          unsubscribe();
          resolve();
        });
      });
      await createActivityLog({ database: elsewhere, seal }).append(id, "k", draft("来自别处"));
      await heard;
      expect((await log.since(id, "0", 10)).activities[0]?.text).toBe("来自别处");
    } finally {
      await elsewhere.close();
    }
  });
});
