import { describe, expect, it } from "vitest";
import type { TicketUpdate } from "../../../bots/model/index.ts";
import type { Logger } from "../../../bots/ports.ts";
import { createEmbeddedDispatch } from "../../../server/dispatch/embedded.ts";
import { createUpdatePump } from "../../../server/dispatch/poll.ts";
import { admin, aRequest, movableClock, openTestDesk, quiet } from "../desk/fixture.ts";

/** A store that knows some numbers, and a stream of news in pages of two. */
function world() {
  const known = new Set<string>();
  /** Numbers that become known right after they were asked for once. */
  const late = new Set<string>();
  const stream: TicketUpdate[] = [];
  const recorded: string[] = [];
  const cursors: string[] = [];
  const warnings: string[] = [];
  const clock = movableClock();
  const log: Logger = { ...quiet, warn: (event) => void warnings.push(event) };
  let fails = 0;
  const make = () =>
    createUpdatePump({
      clock,
      log,
      intervalMs: 600_000,
      retryMs: 600_000,
      patienceMs: 60_000,
      client: {
        updatesSince: async (cursor) => {
          const from = Number(cursor ?? 0);
          const updates = stream.slice(from, from + 2);
          return { updates, cursor: updates.length > 0 ? String(from + updates.length) : cursor };
        },
      },
      store: {
        loadCursor: async () => cursors.at(-1) ?? null,
        saveCursor: async (_name, cursor) => void cursors.push(cursor),
        recordUpdate: async (update) => {
          if (fails-- > 0) throw new Error("disk full");
          if (!known.has(update.number)) {
            if (late.has(update.number)) known.add(update.number);
            return "unknown";
          }
          if (recorded.includes(update.id)) return "duplicate";
          recorded.push(update.id);
          return "recorded";
        },
      },
    });
  const add = (number: string) => {
    stream.push({ id: `${number}-${stream.length}`, number, status: "replied", at: "2026-03-01T12:00:00Z" });
  };
  return {
    known,
    late,
    recorded,
    cursors,
    warnings,
    clock,
    make,
    add,
    fail: (times: number) => {
      fails = times;
    },
  };
}

const turn = async (pump: { wake(): void; idle(): Promise<void> }) => {
  pump.wake();
  await pump.idle();
};

describe("进展的搬运", () => {
  it("全部按次序记下，位置记在最后", async () => {
    const { known, recorded, cursors, make, add } = world();
    known.add("A").add("B");
    for (const number of ["A", "B", "A", "B", "A"]) add(number);
    const pump = make();
    pump.start();
    await pump.idle();
    expect(recorded).toEqual(["A-0", "B-1", "A-2", "B-3", "A-4"]);
    expect(cursors.at(-1)).toBe("5");
    await pump.stop();
  });

  it("编号还没有登记的不丢：别的先走，它在登记以后按次序补上", async () => {
    const { known, recorded, cursors, make, add } = world();
    known.add("A");
    for (const number of ["A", "B", "B", "A"]) add(number);
    const pump = make();
    pump.start();
    await pump.idle();
    expect(recorded).toEqual(["A-0", "A-3"]);
    expect(cursors).toEqual([]);
    known.add("B");
    await turn(pump);
    expect(recorded).toEqual(["A-0", "A-3", "B-1", "B-2"]);
    expect(cursors.at(-1)).toBe("4");
    await pump.stop();
  });

  it("登记恰好落在两条之间，次序也不乱", async () => {
    const { late, recorded, make, add } = world();
    late.add("B");
    for (const number of ["B", "B", "B"]) add(number);
    const pump = make();
    pump.start();
    await pump.idle();
    await turn(pump);
    expect(recorded).toEqual(["B-0", "B-1", "B-2"]);
    await pump.stop();
  });

  it("等待时重启，从没有记完的地方重读", async () => {
    const { known, recorded, make, add } = world();
    add("B");
    const before = make();
    before.start();
    await before.idle();
    await before.stop();
    known.add("B");
    const after = make();
    after.start();
    await after.idle();
    expect(recorded).toEqual(["B-0"]);
    await after.stop();
  });

  it("一直没有登记的，等够了就过去，并留下记录", async () => {
    const { recorded, cursors, warnings, clock, make, add } = world();
    add("B");
    const pump = make();
    pump.start();
    await pump.idle();
    clock.forward(61_000);
    await turn(pump);
    expect(recorded).toEqual([]);
    expect(cursors).toEqual(["1"]);
    expect(warnings).toEqual(["dispatch.update-of-unknown-number"]);
    await pump.stop();
  });

  it("写不进去时不往前走，下次重来", async () => {
    const { known, recorded, cursors, warnings, make, add, fail } = world();
    known.add("A");
    add("A");
    fail(1);
    const pump = make();
    pump.start();
    await pump.idle();
    expect([recorded, cursors]).toEqual([[], []]);
    await turn(pump);
    expect([recorded, cursors]).toEqual([["A-0"], ["1"]]);
    expect(warnings).toEqual(["dispatch.updates-not-read"]);
    await pump.stop();
  });
});

describe("内置工单系统", () => {
  it("从提交到办结，消息自己走到搬运的一头", async () => {
    const { desk, clock } = openTestDesk();
    const client = createEmbeddedDispatch(desk);
    const recorded: string[] = [];
    let cursor: string | null = null;
    const pump = createUpdatePump({
      client,
      clock,
      log: quiet,
      intervalMs: 600_000,
      store: {
        loadCursor: async () => cursor,
        saveCursor: async (_name, next) => {
          cursor = next;
        },
        recordUpdate: async (update) => {
          recorded.push(update.status);
          return "recorded";
        },
      },
    });
    desk.onChange(() => pump.wake());
    pump.start();
    const submission = await client.submit(aRequest(), "k");
    if (submission.kind !== "accepted") throw new Error("not accepted");
    await desk.handle(admin, submission.number, "accept");
    await desk.handle(admin, submission.number, "close", "好");
    await pump.idle();
    expect(recorded).toEqual(["accepted", "dispatched", "in-progress", "closed"]);
    expect(await client.numberOf("k")).toMatchObject({ kind: "accepted", number: submission.number });
    expect(await client.numberOf("none")).toMatchObject({ kind: "refused" });
    await pump.stop();
  });

  it("文件写不进去时，说得出可以再试", async () => {
    const { desk, database } = openTestDesk();
    await database.close();
    await expect(createEmbeddedDispatch(desk).submit(aRequest(), "k")).rejects.toMatchObject({
      name: "DispatchError",
      retryable: true,
    });
  });
});
