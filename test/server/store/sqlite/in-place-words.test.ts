import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ActivityPage } from "../../../../adapters/web/index.ts";
import type { ConversationRef } from "../../../../bots/model/index.ts";
import { createWebChannel } from "../../../../server/channels/web.ts";
import { sayingInPlace } from "../../../../server/delivery/in-place.ts";
import { createSeal } from "../../../../server/store/seal.ts";
import { createActivityLog, type SqliteActivityLog } from "../../../../server/store/sqlite/activity-log.ts";
import { openDatabase, type SqliteDatabase } from "../../../../server/store/sqlite/database.ts";
import { createSqliteStore, type SqliteStore } from "../../../../server/store/sqlite/store.ts";
import { drain, file, LEASE_MS, later, NOON, request, text, turn, words } from "../../../contracts/samples.ts";
import { temporaryFolder } from "../../temporary.ts";
import { migrationsDir } from "../open-sqlite.ts";

describe("在回合自己的事务里说的话", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let database: SqliteDatabase;
  let log: SqliteActivityLog;
  let store: SqliteStore;
  let citizen: ConversationRef;
  let counted: number;
  const clock = { now: () => new Date("2026-03-01T08:00:00+08:00") };

  beforeEach(async () => {
    folder = temporaryFolder();
    database = openDatabase({ file: join(folder.path, "data.sqlite"), migrationsDir });
    const seal = createSeal("a key for the tests of the store");
    log = createActivityLog({ database, seal });
    counted = 0;
    const sayInPlace = sayingInPlace({
      channels: [createWebChannel(log, clock)],
      lastLook: (message) => (message.kind === "text" && message.text === "旧的" ? text("新的") : message),
      onSaid: (_, count) => {
        counted += count;
      },
    });
    store = createSqliteStore({ database, seal, newId: randomUUID, clock, sayInPlace });
    citizen = { channel: "web", conversationId: await log.create("visitor"), userId: "visitor" };
  });
  afterEach(async () => {
    await database.close();
    folder.remove();
  });

  const shown = async () => (await log.since(citizen.conversationId, "0", 100)).activities.map((each) => each.text);
  const say = (revision: number, ...said: string[]) => turn(citizen, revision, { say: said.map(text) });

  it("和回合一起落盘，寄件箱里没有剩下的活，对话记录里有", async () => {
    expect(await store.commitTurn(say(0, "一", "二"))).toBe("committed");
    expect(await shown()).toEqual(["一", "二"]);
    expect(await store.nextJobAt()).toBeUndefined();
    expect(await store.claimJobs(10, NOON, LEASE_MS)).toEqual([]);
    const lines = await store.transcript(citizen, 10);
    expect(lines.flatMap((line) => (line.by === "bot" ? [line.message] : []))).toEqual([text("一"), text("二")]);
    expect(counted).toBe(2);
  });

  it("说之前再看一眼：已经不用的答案不说出去", async () => {
    await store.commitTurn(say(0, "旧的"));
    expect(await shown()).toEqual(["新的"]);
  });

  it("重复的和过时的回合什么也不说", async () => {
    const first = say(0, "一");
    await store.commitTurn(first);
    expect(await store.commitTurn(first)).toBe("duplicate");
    expect(await store.commitTurn(say(0, "二"))).toBe("stale");
    expect(await shown()).toEqual(["一"]);
    expect(counted).toBe(1);
  });

  it("前面还有没说完的话，就排在它后面", async () => {
    const early = request(citizen);
    await store.commitTurn(turn(citizen, 0, { effects: [file(early)] }));
    const accepted = { kind: "accepted", number: "1", acceptedAt: "2026-03-01T08:06:00+08:00" } as const;
    await store.recordSubmission(early.id, accepted);
    await store.commitTurn(say(1, "后来的"));
    expect(await shown()).toEqual([]);
    const told = (await drain(store)).filter(({ work }) => work.kind !== "file");
    expect(told.map(({ work }) => work.kind)).toEqual(["tell-filing", "say"]);
    await store.commitTurn(say(2, "又能当场说了"));
    expect(await shown()).toEqual(["又能当场说了"]);
  });

  it("挪到一边的话先回来，新的话等在它后面", async () => {
    const early = request(citizen);
    await store.commitTurn(turn(citizen, 0, { effects: [file(early)] }));
    await store.recordSubmission(early.id, { kind: "refused", reason: "不受理" });
    const [waiting] = (await store.claimJobs(10, NOON, LEASE_MS)).filter(({ work }) => work.kind === "tell-filing");
    await store.settleJob(waiting?.id ?? "", { kind: "aside", until: later(60_000), reason: "quiet hours" });
    await store.commitTurn(say(1, "早上好"));
    expect(await shown()).toEqual([]);
    expect(words(await drain(store, later(LEASE_MS * 2)))).toEqual(["早上好"]);
  });

  it("没有这个网页会话时交给寄件箱", async () => {
    const nowhere: ConversationRef = { channel: "web", conversationId: "none", userId: "visitor" };
    expect(await store.commitTurn(turn(nowhere, 0, { say: [text("有人吗")] }))).toBe("committed");
    expect(words(await drain(store))).toEqual(["有人吗"]);
  });

  it("别的渠道的话交给寄件箱", async () => {
    const elsewhere: ConversationRef = { channel: "telegram", conversationId: "7", userId: "7" };
    await store.commitTurn(turn(elsewhere, 0, { say: [text("你好")] }));
    expect(words(await drain(store))).toEqual(["你好"]);
  });

  it("回合没能落盘，话也没有说，谁也没听见", async () => {
    const same = request(citizen);
    await store.commitTurn(turn(citizen, 0, { effects: [file(same)] }));
    const heard: (ActivityPage | undefined)[] = [];
    const stop = log.subscribe(citizen.conversationId, (appended) => heard.push(appended));
    await expect(
      store.commitTurn(turn(citizen, 1, { say: [text("记下了")], effects: [file(same)] })),
    ).rejects.toThrow();
    expect(await shown()).toEqual([]);
    await store.commitTurn(say(1, "一", "二"));
    await new Promise((resolve) => setImmediate(resolve));
    expect(heard).toEqual([await log.since(citizen.conversationId, "0", 10)]);
    stop();
  });
});
