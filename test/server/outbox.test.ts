import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DeliveryError, DispatchError } from "../../bots/errors.ts";
import type { ConversationRef, Job, OutboundMessage } from "../../bots/model/index.ts";
import type { Logger } from "../../bots/ports.ts";
import { createOutbox, type Outbox, type OutboxHandlers, type OutboxParts } from "../../server/outbox.ts";
import type { SqliteStore } from "../../server/store/sqlite/store.ts";
import { file, li, request, text, turn, zhang } from "../contracts/samples.ts";
import { openSqlite } from "./store/open-sqlite.ts";

const START = new Date("2026-03-01T08:00:00+08:00");
const HOUR_MS = 3_600_000;

let now: Date;
let store: SqliteStore;
let close: () => Promise<void>;
let outbox: Outbox;
let logged: unknown[];
let said: string[];

const clock = { now: () => now };
const pass = (ms: number) => {
  now = new Date(now.getTime() + ms);
};
const note = (event: string, fields?: unknown) => {
  logged.push([event, fields]);
};
const log: Logger = { debug: note, info: note, warn: note, error: note };
const wordsOf = (message: OutboundMessage) => (message.kind === "text" ? message.text : message.kind);

/** Handlers that do what they are asked; a test replaces those it is about. */
const willing: OutboxHandlers = {
  say: async ({ message }) => {
    said.push(wordsOf(message));
  },
  file: async () => {},
  act: async () => {},
  notify: async () => {},
  "tell-filing": async () => {},
};

function begin(handlers: Partial<OutboxHandlers> = {}, rest: Partial<OutboxParts> = {}): void {
  outbox = createOutbox({ store, handlers: { ...willing, ...handlers }, clock, random: () => 1, log, ...rest });
  outbox.start();
}

async function say(from: ConversationRef, ...words: string[]): Promise<void> {
  const { revision } = await store.loadConversation(from);
  await store.commitTurn(turn(from, revision, { say: words.map(text) }));
}

/** A promise and the hand that resolves it. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

beforeEach(() => {
  now = START;
  logged = [];
  said = [];
  ({ store, close } = openSqlite(":memory:", { clock }));
});
afterEach(async () => {
  await outbox.stop();
  await close();
});

describe("the outbox delivers", () => {
  it("what was committed before it started, in order within each conversation", async () => {
    await say(zhang, "一", "二", "三");
    await say(li, "甲", "乙");
    begin();
    await outbox.idle();
    expect(said.filter((word) => "一二三".includes(word))).toEqual(["一", "二", "三"]);
    expect(said.filter((word) => "甲乙".includes(word))).toEqual(["甲", "乙"]);
  });

  it("what is committed afterwards, when it is woken", async () => {
    begin();
    await outbox.idle();
    await say(zhang, "一");
    outbox.wake();
    await outbox.idle();
    expect(said).toEqual(["一"]);
  });

  it("what falls due later, without being woken", async () => {
    await say(zhang, "一");
    const heard = gate();
    const handlers: Partial<OutboxHandlers> = {
      say: async (_, { attempts }) => {
        if (attempts === 1) throw new DeliveryError("busy", { retryable: true });
        heard.open();
      },
    };
    begin(handlers, { random: () => 0 });
    await outbox.idle();
    pass(100);
    await heard.opened;
  });

  it("every one of many lanes with room for only one at a time", async () => {
    for (let index = 0; index < 30; index += 1) await say({ ...zhang, conversationId: `c-${index}` }, "一", "二");
    let most = 0;
    let running = 0;
    const handlers: Partial<OutboxHandlers> = {
      say: async ({ message }) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise(setImmediate);
        said.push(wordsOf(message));
        running -= 1;
      },
    };
    begin(handlers, { concurrency: 1 });
    await outbox.idle();
    expect(said).toHaveLength(60);
    expect(most).toBe(1);
  });

  it("the next message of a lane only after the one before is settled", async () => {
    await say(zhang, "一", "二");
    const first = gate();
    begin({
      say: async ({ message }) => {
        said.push(wordsOf(message));
        if (said.length === 1) await first.opened;
      },
    });
    await say(li, "甲");
    outbox.wake();
    while (said.length < 2) await new Promise(setImmediate);
    expect(said).toEqual(["一", "甲"]);
    first.open();
    await outbox.idle();
    expect(said).toEqual(["一", "甲", "二"]);
  });

  it("what a handler asks for next", async () => {
    const one = request(zhang);
    await store.commitTurn(turn(zhang, 0, { effects: [file(one)] }));
    begin({
      file: async ({ requestId }) => {
        await store.recordSubmission(requestId, { kind: "accepted", number: "GD-1", acceptedAt: now.toISOString() });
      },
      "tell-filing": async ({ requestId }, job) => {
        const ticket = await store.loadTicket(requestId);
        const number = ticket?.filing.kind === "filed" ? ticket.filing.number : "";
        return [{ laneId: job.laneId, work: { kind: "say", to: zhang, message: text(`编号${number}`) } }];
      },
    });
    await outbox.idle();
    expect(said).toEqual(["编号GD-1"]);
  });

  it("replies while a dispatch system does not answer", async () => {
    const answer = gate();
    for (let index = 0; index < 9; index += 1) {
      const from = { ...zhang, conversationId: `c-${index}` };
      await store.commitTurn(turn(from, 0, { effects: [file(request(from))], say: [text("收到")] }));
    }
    let filing = 0;
    const handlers: Partial<OutboxHandlers> = {
      file: async () => {
        filing += 1;
        await answer.opened;
      },
    };
    begin(handlers, { concurrency: 2 });
    while (said.length < 9) await new Promise(setImmediate);
    expect(filing).toBe(2);
    answer.open();
    await outbox.idle();
    expect(filing).toBe(9);
  });
});

describe("when something fails", () => {
  const failing = (error: unknown, handled: Job[] = []): Partial<OutboxHandlers> => ({
    say: async (_, job) => {
      handled.push(job);
      throw error;
    },
  });

  it("it is tried again with the same id, later each time, up to a quarter of an hour", async () => {
    await say(zhang, "一");
    const handled: Job[] = [];
    begin(failing(new DeliveryError("the platform is busy", { retryable: true }), handled));
    await outbox.idle();
    const waitsMs: number[] = [];
    while (handled.length < 13) {
      const at = await store.nextJobAt();
      if (!at) throw new Error("the job is gone");
      waitsMs.push(at.getTime() - now.getTime());
      now = at;
      await outbox.idle();
    }
    expect(waitsMs.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(waitsMs.slice(-2)).toEqual([900_000, 900_000]);
    expect(new Set(handled.map(({ id }) => id)).size).toBe(1);
    expect(handled.map(({ attempts }) => attempts)).toEqual(Array.from({ length: 13 }, (_, index) => index + 1));
  });

  it("the waits are spread by chance, but never nothing", async () => {
    await say(zhang, "一");
    begin(failing(new DeliveryError("busy", { retryable: true })), { random: () => 0 });
    await outbox.idle();
    expect((await store.nextJobAt())?.getTime()).toBe(now.getTime() + 100);
  });

  it("a time that the other side named is kept to", async () => {
    await say(zhang, "一");
    begin(failing(new DeliveryError("slow down", { retryable: true, retryAfterMs: 40_000 })));
    await outbox.idle();
    expect(await store.nextJobAt()).toEqual(new Date(now.getTime() + 40_000));
  });

  it("what cannot succeed is given up at once with its reason, and the lane goes on", async () => {
    await say(zhang, "一", "二");
    begin({
      say: async ({ message }) => {
        if (wordsOf(message) === "一")
          throw new DeliveryError("the citizen has blocked the account", { retryable: false });
        said.push(wordsOf(message));
      },
    });
    await outbox.idle();
    expect(said).toEqual(["二"]);
    expect(await store.deadJobs(9)).toMatchObject([{ reason: "DeliveryError: the citizen has blocked the account" }]);
  });

  it("words are given up after a day", async () => {
    await say(zhang, "一");
    begin(failing(new DeliveryError("busy", { retryable: true })));
    await outbox.idle();
    pass(24 * HOUR_MS);
    await outbox.idle();
    expect(await store.deadJobs(9)).toMatchObject([
      { kind: "say", reason: expect.stringMatching(/^given up after 2/) },
    ]);
  });

  it("words are given up after a hundred attempts", async () => {
    await say(zhang, "一");
    const handled: Job[] = [];
    begin(failing(new DeliveryError("busy", { retryable: true }), handled), { random: () => 0 });
    for (let index = 0; index < 110; index += 1) {
      await outbox.idle();
      pass(100);
    }
    expect(handled).toHaveLength(100);
    expect(await store.deadJobs(9)).toHaveLength(1);
  });

  it("a request is never given up while trying can help", async () => {
    await store.commitTurn(turn(zhang, 0, { effects: [file(request(zhang))] }));
    let tries = 0;
    begin({
      file: async () => {
        tries += 1;
        if (tries < 150) throw new DispatchError("the dispatch system is down", { retryable: true });
      },
    });
    while (tries < 150) {
      await outbox.idle();
      pass(HOUR_MS);
    }
    await outbox.idle();
    expect(await store.deadJobs(9)).toEqual([]);
    expect(await store.nextJobAt()).toBeUndefined();
  });

  it("neither the log nor the reason repeats a citizen's words", async () => {
    await say(zhang, "我叫张三 13800001111");
    begin({
      say: async ({ message }) => {
        throw Object.assign(new SyntaxError(`unexpected "${wordsOf(message)}" 张三 at 13800001111`), { code: "E_BAD" });
      },
    });
    await outbox.idle();
    expect(JSON.stringify(logged)).not.toMatch(/张三|1380000/);
    expect(logged).toEqual([
      ["job-retry", expect.objectContaining({ reason: "SyntaxError (E_BAD): unexpected … … at …" })],
    ]);
  });

  it("a job that cannot be read is put aside and the rest goes on", async () => {
    await close();
    const opened = openSqlite(":memory:", { clock });
    ({ store, close } = opened);
    await say(zhang, "毒", "好");
    opened.database.raw.exec("UPDATE jobs SET work = zeroblob(60) WHERE seq = 1");
    begin();
    await outbox.idle();
    expect(said).toEqual(["好"]);
    expect(await store.deadJobs(9)).toHaveLength(1);
  });

  it("a job of a kind that nobody carries out is put aside", async () => {
    const work = JSON.parse('{"kind":"sing","requestId":"r"}');
    await say(zhang, "一");
    begin({ say: async (_, job) => [{ laneId: job.laneId, work }] });
    await outbox.idle();
    expect(await store.deadJobs(9)).toMatchObject([{ kind: "sing", reason: "nothing here carries out sing" }]);
  });

  it("a job that could not be settled comes back under the same id when its lease is over", async () => {
    await say(zhang, "一");
    const ids: string[] = [];
    let broken = true;
    const moody: OutboxParts["store"] = {
      claimJobs: store.claimJobs,
      nextJobAt: store.nextJobAt,
      settleJob: (id, outcome) => (broken ? Promise.reject(new Error("disk full")) : store.settleJob(id, outcome)),
    };
    const handlers: Partial<OutboxHandlers> = {
      say: async (_, job) => {
        ids.push(job.id);
      },
    };
    begin(handlers, { store: moody, leaseMs: 5_000 });
    await outbox.idle();
    broken = false;
    pass(4_999);
    await outbox.idle();
    expect(ids).toHaveLength(1);
    pass(1);
    await outbox.idle();
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(await store.nextJobAt()).toBeUndefined();
  });

  it("a job that outlasts its lease is not begun a second time here", async () => {
    await say(zhang, "一");
    const slow = gate();
    let begun = 0;
    const handlers: Partial<OutboxHandlers> = {
      say: async () => {
        begun += 1;
        await slow.opened;
      },
    };
    begin(handlers, { leaseMs: 1_000 });
    while (begun === 0) await new Promise(setImmediate);
    pass(1_000);
    outbox.wake();
    while (logged.length === 0) await new Promise(setImmediate);
    expect(logged).toEqual([["job-overdue", expect.objectContaining({ kind: "say", attempts: 2 })]]);
    slow.open();
    await outbox.idle();
    expect(begun).toBe(1);
  });

  it("a store that cannot be reached is logged and asked again", async () => {
    await say(zhang, "一");
    let broken = true;
    const moody: OutboxParts["store"] = {
      nextJobAt: store.nextJobAt,
      settleJob: store.settleJob,
      claimJobs: (...asked) => (broken ? Promise.reject(new Error("busy")) : store.claimJobs(...asked)),
    };
    begin({}, { store: moody });
    await outbox.idle();
    expect(logged).toContainEqual(["outbox-cannot-claim", { reason: "Error: busy" }]);
    expect(said).toEqual([]);
    broken = false;
    await outbox.idle();
    expect(said).toEqual(["一"]);
  });
});

describe("starting, stopping and counting", () => {
  it("stop waits for what was begun and takes nothing new", async () => {
    await say(zhang, "一", "二");
    const slow = gate();
    let begun = 0;
    begin({
      say: async ({ message }) => {
        begun += 1;
        await slow.opened;
        said.push(wordsOf(message));
      },
    });
    while (begun === 0) await new Promise(setImmediate);
    const stopped = outbox.stop();
    slow.open();
    await stopped;
    expect(said).toEqual(["一"]);
    begin();
    await outbox.idle();
    expect(said).toEqual(["一", "二"]);
  });

  it("what waited for room is put back at once when it stops", async () => {
    for (const from of [zhang, li]) await store.commitTurn(turn(from, 0, { effects: [file(request(from))] }));
    const slow = gate();
    let begun = 0;
    const filing: Partial<OutboxHandlers> = {
      file: async () => {
        begun += 1;
        await slow.opened;
      },
    };
    begin(filing, { concurrency: 1 });
    while (begun === 0) await new Promise(setImmediate);
    const stopped = outbox.stop();
    slow.open();
    await stopped;
    expect(begun).toBe(1);
    begin(filing);
    await outbox.idle();
    expect(begun).toBe(2);
  });

  it("waiting for an outbox that was never started is a mistake that is told", async () => {
    outbox = createOutbox({ store, handlers: willing, clock, random: () => 1, log });
    outbox.wake();
    await expect(outbox.idle()).rejects.toThrow(/start it/);
  });

  it("every settled job is counted by kind and outcome", async () => {
    const counted: string[] = [];
    await store.commitTurn(turn(zhang, 0, { say: [text("一"), text("二")], effects: [file(request(zhang))] }));
    const handlers: Partial<OutboxHandlers> = {
      file: async () => {
        throw new DispatchError("down", { retryable: true });
      },
      say: async ({ message }) => {
        if (wordsOf(message) === "一") throw new DeliveryError("blocked", { retryable: false });
      },
    };
    begin(handlers, { onSettled: ({ work }, outcome) => counted.push(`${work.kind} ${outcome}`) });
    await outbox.idle();
    expect(counted.sort()).toEqual(["file retry", "say dead", "say done"]);
  });
});
