import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  drain,
  file,
  filed,
  LEASE_MS,
  later,
  li,
  NOON,
  request,
  text,
  turn,
  update,
  words,
  zhang,
} from "../../contracts/samples.ts";
import { storeContract } from "../../contracts/store-contract.ts";
import { inFolder, openSqlite } from "./open-sqlite.ts";

storeContract("SQLite", async () => openSqlite(":memory:"));

describe("SQLite on disk", () => {
  it("everything survives a restart, and what was held is handed out again at once: its holder is gone", () =>
    inFolder(async (dir) => {
      const path = join(dir, "new", "jiesu.db");
      const before = openSqlite(path);
      const state = { active: null, suspended: [], offered: [], citizen: { name: "张三", phone: "13800001111" } };
      await before.store.commitTurn(turn(zhang, 0, { id: "m-kept", state, say: [text("一"), text("二")] }));
      const one = await filed(before.store, li, "GD-1");
      await before.store.recordUpdate(update("GD-1", { status: "replied" }));
      await before.store.saveCursor("desk", "7");
      const held = await before.store.claimJobs(100, NOON, LEASE_MS);
      const ticket = await before.store.findTicket("GD-1");
      await before.close();

      const { store, close } = openSqlite(path);
      expect(await store.hasMessage("web", "m-kept")).toBe(true);
      expect(await store.loadConversation(zhang)).toEqual({ ref: zhang, revision: 1, state });
      expect(await store.loadRequest(one.id)).toEqual(one);
      expect(await store.findTicket("GD-1")).toEqual(ticket);
      expect(await store.loadCursor("desk")).toBe("7");
      const again = await store.claimJobs(100, NOON, LEASE_MS);
      expect(again.map(({ id }) => id).sort()).toEqual(held.map(({ id }) => id).sort());
      expect(words(again)).toEqual(["一"]);
      await close();
    }));

  it("while another process lives with the file, what was held waits for the end of its lease", () =>
    inFolder(async (dir) => {
      const path = join(dir, "jiesu.db");
      const neighbour = openSqlite(path);
      const before = openSqlite(path);
      await before.store.commitTurn(turn(zhang, 0, { say: [text("一")] }));
      await before.store.claimJobs(100, NOON, LEASE_MS);
      await before.close();

      const after = openSqlite(path);
      expect(await after.store.claimJobs(100, NOON, LEASE_MS)).toEqual([]);
      expect(words(await after.store.claimJobs(100, later(LEASE_MS), LEASE_MS))).toEqual(["一"]);
      await after.close();
      await neighbour.close();
    }));

  it("a restart does not hurry what was put off to a later time", () =>
    inFolder(async (dir) => {
      const path = join(dir, "jiesu.db");
      const before = openSqlite(path);
      await before.store.commitTurn(turn(zhang, 0, { say: [text("一")] }));
      const [job] = await before.store.claimJobs(100, NOON, LEASE_MS);
      await before.store.settleJob(job?.id ?? "", { kind: "retry", at: later(9_000), reason: "busy" });
      await before.close();

      const after = openSqlite(path);
      expect(await after.store.claimJobs(100, later(8_999), LEASE_MS)).toEqual([]);
      expect(await after.store.claimJobs(100, later(9_000), LEASE_MS)).toHaveLength(1);
      await after.close();
    }));

  it("no word and no number of a citizen can be read from the files", () =>
    inFolder(async (dir) => {
      const { store, database, close } = openSqlite(join(dir, "jiesu.db"));
      const state = { active: null, suspended: [], offered: [], citizen: { name: "欧阳小明", phone: "13912345678" } };
      const one = request(zhang, {
        contact: { name: "欧阳小明", phone: "13912345678" },
        place: { text: "幸福里八号楼", confidence: 1 },
      });
      const effects = [
        file(one),
        { kind: "record" as const, what: "unanswered" as const, detail: "Secret-Question" },
        {
          kind: "act" as const,
          actionId: "a",
          number: "GD-1",
          action: { kind: "supplement" as const, text: "Secret-Supplement" },
        },
      ];
      await store.commitTurn(turn(zhang, 0, { state, say: [text("Secret-Answer 13912345678")], effects }));
      await store.recordSubmission(one.id, {
        kind: "accepted",
        number: "GD-1",
        acceptedAt: "2026-03-01T08:00:00+08:00",
      });
      await store.recordUpdate(update("GD-1", { text: "Secret-Reply" }));
      await store.recordUpdate(update("GD-2", { text: "Secret-Early" }));
      await drain(store);
      const whole = Buffer.concat(await Promise.all((await readdir(dir)).map((name) => readFile(join(dir, name)))));
      expect(whole.includes("GD-1")).toBe(true);
      for (const secret of ["13912345678", "欧阳小明", "幸福里", "楼道灯", "Secret-"]) {
        expect(whole.includes(secret)).toBe(false);
        expect(whole.includes(Buffer.from(secret, "utf16le"))).toBe(false);
      }
      expect(database.raw.pragma("synchronous", { simple: true })).toBe(2);
      await close();
    }));

  it("two processes on one file never hold the same job", () =>
    inFolder(async (dir) => {
      const first = openSqlite(join(dir, "jiesu.db"));
      const second = openSqlite(join(dir, "jiesu.db"));
      for (let index = 0; index < 10; index += 1) {
        await first.store.commitTurn(
          turn({ ...zhang, conversationId: `c-${index}` }, 0, { say: [text("一"), text("二")] }),
        );
      }
      const claimed = await Promise.all([first, second].map(({ store }) => store.claimJobs(6, NOON, LEASE_MS)));
      const ids = claimed.flat().map(({ id }) => id);
      expect(ids).toHaveLength(10);
      expect(new Set(ids).size).toBe(10);
      await first.close();
      await second.close();
    }));

  it("another SECRET_KEY is refused at the start, before it can take the queue for poison", () =>
    inFolder(async (dir) => {
      const path = join(dir, "jiesu.db");
      const first = openSqlite(path);
      await first.store.commitTurn(turn(zhang, 0, { say: [text("一")] }));
      await first.close();
      expect(() => openSqlite(path, { secretKey: "quite another secret key" })).toThrow(/another SECRET_KEY/);
      const again = openSqlite(path);
      expect(words(await drain(again.store))).toEqual(["一"]);
      await again.close();
    }));
});

describe("what people ask of the store", () => {
  it("dead jobs are listed with their reason, newest first", async () => {
    const { store, close } = openSqlite(":memory:");
    await store.commitTurn(turn(zhang, 0, { say: [text("一"), text("二")] }));
    for (const reason of ["blocked", "gone"]) {
      for (const job of await store.claimJobs(1, NOON, LEASE_MS))
        await store.settleJob(job.id, { kind: "dead", reason });
    }
    expect(await store.deadJobs(9)).toMatchObject([
      { reason: "gone", kind: "say", attempts: 1, laneId: "conversation:web:c-zhang" },
      { reason: "blocked" },
    ]);
    expect(await store.deadJobs(1)).toHaveLength(1);
    await close();
  });

  it("a job that cannot be opened is put aside as dead and its lane goes on in the same claim", async () => {
    const { store, database, close } = openSqlite(":memory:");
    await store.commitTurn(turn(zhang, 0, { say: [text("毒"), text("好")] }));
    database.raw.exec("UPDATE jobs SET work = zeroblob(40) WHERE seq = (SELECT min(seq) FROM jobs)");
    expect(words(await store.claimJobs(9, NOON, LEASE_MS))).toEqual(["好"]);
    expect(await store.deadJobs(9)).toMatchObject([{ kind: "say", reason: expect.stringContaining("cannot be read") }]);
    await close();
  });

  it("records and feedback can be read", async () => {
    const { store, close } = openSqlite(":memory:");
    const effects = [
      { kind: "record" as const, what: "unanswered" as const, detail: "公交卡怎么退" },
      { kind: "feedback" as const, entryId: "k-1", helpful: true },
      { kind: "feedback" as const, entryId: "k-1", helpful: false },
      { kind: "feedback" as const, entryId: "k-1", helpful: true },
    ];
    await store.commitTurn(turn(zhang, 0, { effects }));
    expect(await store.records("unanswered", 5)).toMatchObject([
      { what: "unanswered", from: zhang, detail: "公交卡怎么退", notedAt: expect.any(Date) },
    ]);
    expect(await store.records("danger", 5)).toEqual([]);
    expect(await store.feedbackOn("k-1")).toEqual({ helpful: 2, unhelpful: 1 });
    await close();
  });

  it("a ticket is found by the id of its request", async () => {
    const { store, close } = openSqlite(":memory:");
    const one = await filed(store, zhang, "GD-1");
    expect(await store.loadTicket(one.id)).toEqual(await store.findTicket("GD-1"));
    expect(await store.loadTicket("r-none")).toBeUndefined();
    await close();
  });

  it("the transcript holds what was received and what was really sent, and goes when its time is over", async () => {
    let now = new Date("2026-01-01T00:00:00Z");
    const { store, close } = openSqlite(":memory:", { clock: { now: () => now } });
    await store.commitTurn(turn(zhang, 0, { say: [text("收到"), text("发不出去")] }));
    now = new Date("2026-01-01T00:00:01Z");
    for (const kind of ["done", "dead"] as const) {
      for (const job of await store.claimJobs(9, now, LEASE_MS))
        await store.settleJob(job.id, { kind, reason: "blocked" });
    }
    const old = await store.transcript(zhang, 9);
    expect(old).toMatchObject([
      { by: "citizen", userId: "u-zhang" },
      { by: "bot", message: text("收到") },
    ]);

    now = new Date("2026-06-01T00:00:00Z");
    await store.commitTurn(turn(li, 0, { id: "m-new", say: [text("还没发")] }));
    expect(await store.pruneTranscripts(new Date("2026-03-01T00:00:00Z"))).toBe(4);
    expect(await store.transcript(zhang, 9)).toEqual([]);
    expect((await store.loadConversation(zhang)).revision).toBe(0);
    expect(await store.deadJobs(9)).toEqual([]);
    expect((await store.loadConversation(li)).revision).toBe(1);
    expect(await store.transcript(li, 1)).toHaveLength(1);
    expect(await store.pruneTranscripts(new Date("2027-01-01T00:00:00Z"))).toBe(2);
    expect(words(await drain(store))).toEqual(["还没发"]);
    await close();
  });
});
