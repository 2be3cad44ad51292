import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DeliveryError } from "../../../bots/errors.ts";
import { createKfReader, type KfReader, type KfReaderParts } from "../../../server/channels/wecom-kf.ts";
import { createSeal } from "../../../server/store/seal.ts";
import { createKfStreams, type KfStreams } from "../../../server/store/sqlite/kf-streams.ts";
import { openMemory } from "../../adapters/shared/open-memory.ts";
import { loggerInto } from "../../fakes/written-log.ts";

type Page = Awaited<ReturnType<KfReaderParts["client"]["syncKf"]>>;

let database: ReturnType<typeof openMemory>;
let streams: KfStreams;
let lines: string[];
let asked: { cursor?: string; token?: string }[];
let taken: string[];
let reader: KfReader | undefined;

beforeEach(() => {
  database = openMemory();
  const seal = createSeal("a key for this test only");
  const clock = { now: () => new Date() };
  let ids = 0;
  streams = createKfStreams({ database, seal, clock, owner: "one", newId: () => `${++ids}` });
  [lines, asked, taken] = [[], [], []];
});
afterEach(() => reader?.close());

const item = (msgid: string, external_userid = "wm1") => ({
  msgid,
  open_kfid: "wk1",
  external_userid,
  send_time: 1,
  origin: 3,
  msgtype: "text",
  text: { content: "你好" },
});
const page = (messages: unknown[], nextCursor: string | undefined, hasMore = false): Page => ({
  kind: "page",
  messages,
  nextCursor,
  hasMore,
});

/** A reader whose platform answers by `sync`, and whose messages are taken by `take`. */
function open(sync: (cursor: string | undefined) => Page, take: (id: string) => void = () => {}): KfReader {
  reader = createKfReader({
    client: {
      async syncKf({ cursor, token }) {
        asked.push({ cursor, token });
        return sync(cursor);
      },
    },
    streams,
    intake: {
      async take({ envelope: { id } }) {
        take(id);
        taken.push(id);
        return "committed";
      },
    },
    budget: { shut: async () => {} },
    log: loggerInto(lines),
  });
  return reader;
}
const cursor = () => database.raw.prepare<[], string | null>("SELECT cursor FROM kf_streams").pluck().get();
const isServed = () => expect.poll(() => streams.due().length, { timeout: 15_000 });

describe("读微信客服的消息", () => {
  it("收不下的消息：读到哪里不往前记，下一次再收，别人的话不耽误", async () => {
    let faults = 2;
    const stream = open(
      () => page([item("m1"), item("m2"), item("m3", "wm2")], "cursor-1"),
      (id) => {
        if (id !== "kf-m1" || faults === 0) return;
        faults -= 1;
        expect(cursor()).toBeNull();
        throw new Error("the disk is full");
      },
    );
    stream.start();
    await stream.called("wk1", "t");
    await expect.poll(cursor, { timeout: 15_000 }).toBe("cursor-1");
    // What was taken beside the fault comes again, and is known by its id.
    expect(taken.toSorted()).toEqual(["kf-m1", "kf-m2", "kf-m3", "kf-m3", "kf-m3"]);
    expect(taken.indexOf("kf-m1")).toBeLessThan(taken.indexOf("kf-m2"));
    await isServed().toBe(0);
  });

  it("怎么也收不下的那一句，试过五次就越过去，记一笔，后面的照收", async () => {
    const stream = open(
      () => page([item("m1"), item("m2")], "cursor-1"),
      (id) => {
        if (id === "kf-m1") throw new Error("no way");
      },
    );
    stream.start();
    await stream.called("wk1", "t");
    await expect.poll(cursor, { timeout: 60_000, interval: 100 }).toBe("cursor-1");
    expect(taken).toEqual(["kf-m2"]);
    expect(lines.filter((line) => line.includes("wecom.kf-given-up messageId=kf-m1"))).toHaveLength(1);
  }, 70_000);

  it("平台不认回调里的令牌：不带令牌再问一次", async () => {
    let refusals = 1;
    const stream = open(() => {
      if (refusals === 0) return page([item("m1")], "cursor-1");
      refusals -= 1;
      return { kind: "refused", code: 95_007, why: "old" };
    });
    await stream.called("wk1", "t");
    await isServed().toBe(0);
    expect(asked.map(({ token }) => token)).toEqual(["t", undefined]);
    expect(taken).toEqual(["kf-m1"]);
  });

  it("平台说还有、位置却不动：不会没完没了地问", async () => {
    const stream = open((from) => page(from ? [] : [item("m1")], "cursor-1", true));
    await stream.called("wk1", "t");
    await isServed().toBe(0);
    expect(asked).toHaveLength(2);
  });

  it("读着读着被别的进程接过去：不再往前记，也不再读", async () => {
    const stream = open(
      (from) => page([item(from ?? "m1")], `${from ?? ""}x`, true),
      () => {
        database.raw.exec("UPDATE kf_streams SET holder = 'another', leased_until = 9e15");
      },
    );
    await stream.called("wk1", "t");
    await expect.poll(() => asked.length).toBe(1);
    await stream.close();
    expect([cursor(), asked.length]).toEqual([null, 1]);
  });

  it("平台出错：记下来，说好多久就等多久", async () => {
    let faults = 1;
    const stream = open(() => {
      if (faults === 0) return page([item("m1")], "cursor-1");
      faults -= 1;
      throw new DeliveryError("wecom: busy", { retryable: true, retryAfterMs: 1_500 });
    });
    stream.start();
    await stream.called("wk1", "t");
    await expect.poll(() => lines.join("\n")).toMatch(/wecom.kf-not-read account=wk1 tries=1/);
    expect(taken).toEqual([]);
    await isServed().toBe(0);
    expect(taken).toEqual(["kf-m1"]);
  });
});
