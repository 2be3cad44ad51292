import { beforeEach, describe, expect, it } from "vitest";
import { createSeal } from "../../../../server/store/seal.ts";
import { createKfStreams, type KfLease, type KfStreams } from "../../../../server/store/sqlite/kf-streams.ts";
import { createReplyBudget } from "../../../../server/store/sqlite/reply-budgets.ts";
import { openMemory } from "../../../adapters/shared/open-memory.ts";

const NOON = Date.parse("2026-03-01T12:00:00+08:00");
const HOUR_MS = 3_600_000;

let nowMs = NOON;
const clock = { now: () => new Date(nowMs) };
let database: ReturnType<typeof openMemory>;
let streams: KfStreams;
let ids = 0;

beforeEach(() => {
  nowMs = NOON;
  database = openMemory();
  streams = streamsOf("wecom one");
});
const streamsOf = (owner: string) =>
  createKfStreams({ database, seal: createSeal("a key for this test only"), clock, owner, newId: () => `${++ids}` });
async function leased(from = streams): Promise<KfLease> {
  const lease = await from.lease("wk1", 15_000);
  if (!lease) throw new Error("another reader has it");
  return lease;
}

describe("微信客服的消息读到哪里", () => {
  it("被叫了才有得读，读完了就没有；读的时候又被叫，还有", async () => {
    expect(streams.due()).toEqual([]);
    await streams.called("wk1", "token-1");
    await streams.called("wk2", "token-2");
    expect(streams.due()).toEqual(["wk1", "wk2"]);
    const lease = await leased();
    expect(streams.due()).toEqual(["wk2"]);
    await streams.called("wk1", "token-3");
    await streams.release(lease, true);
    expect(streams.due()).toEqual(["wk1", "wk2"]);
    await streams.release(await leased(), true);
    expect(streams.due()).toEqual(["wk2"]);
  });

  it("没读完就放下的，还有得读，从记下的地方接着", async () => {
    await streams.called("wk1", "token-1");
    const lease = await leased();
    expect(lease).toMatchObject({ cursor: undefined, token: "token-1", calls: 1 });
    expect(await streams.advance(lease, "cursor-1")).toBe(true);
    await streams.release(lease, false);
    expect(streams.due()).toEqual(["wk1"]);
    expect((await leased()).cursor).toBe("cursor-1");
  });

  it("同一时间只有一个在读；死在半路的，租期一过由别人接着，它自己再也记不下", async () => {
    await streams.called("wk1", "token-1");
    const dead = await leased();
    expect(await streams.lease("wk1", 15_000)).toBeUndefined();
    nowMs += 14_000;
    expect(await streams.renew(dead, 15_000)).toBe(true);
    nowMs += 14_000;
    expect(streams.due()).toEqual([]);
    nowMs += 1_000;
    expect(streams.due()).toEqual(["wk1"]);
    const next = await leased();
    await streams.advance(next, "cursor-9");
    expect(await streams.advance(dead, "cursor-1")).toBe(false);
    expect(await streams.renew(dead, 15_000)).toBe(false);
    await streams.release(dead, true);
    expect(await streams.lease("wk1", 15_000)).toBeUndefined();
    await streams.release(next, false);
    expect((await leased()).cursor).toBe("cursor-9");
  });

  it("令牌十分钟就旧了，旧的不给；库里看不到明文", async () => {
    await streams.called("wk1", "token-in-plain");
    const row = database.raw.prepare<[], { token: Buffer }>("SELECT token FROM kf_streams").get();
    expect(row?.token.toString("latin1")).not.toContain("token-in-plain");
    nowMs += 10 * 60_000;
    expect((await leased()).token).toBeUndefined();
  });

  it("别的企业、别的应用各读各的", async () => {
    await streams.called("wk1", "token-1");
    const other = streamsOf("wecom other");
    expect(other.due()).toEqual([]);
    expect(await other.lease("wk1", 15_000)).toBeUndefined();
  });
});

describe("还能说几条", () => {
  const budgetOf = () => createReplyBudget({ database, clock, channel: "wecom", most: 5, windowMs: 48 * HOUR_MS });

  it("市民写了话才有五条，说一条少一条；又写了重新来；重启也记得", async () => {
    expect(budgetOf().left("c")).toBe(0);
    await budgetOf().heard("c", clock.now());
    for (let said = 0; said < 7; said += 1) {
      expect(budgetOf().left("c")).toBe(Math.max(0, 5 - said));
      await budgetOf().spend("c");
    }
    await budgetOf().heard("c", clock.now());
    expect([budgetOf().left("c"), budgetOf().left("another")]).toEqual([5, 0]);
  });

  it("48 小时一到就没有了；迟到的旧话不算", async () => {
    const budget = budgetOf();
    await budget.heard("c", clock.now());
    for (let said = 0; said < 5; said += 1) await budget.spend("c");
    await budget.heard("c", new Date(NOON - 1_000));
    expect(budget.left("c")).toBe(0);
    await budget.heard("d", clock.now());
    nowMs += 48 * HOUR_MS - 1;
    expect(budget.left("d")).toBe(5);
    nowMs += 1;
    expect(budget.left("d")).toBe(0);
  });

  it("平台说不行了就没有了，除非市民在那以后又写了", async () => {
    const budget = budgetOf();
    await budget.heard("c", clock.now());
    await budget.shut("c", new Date(NOON - 1));
    expect(budget.left("c")).toBe(5);
    await budget.shut("c", clock.now());
    expect(budget.left("c")).toBe(0);
  });

  it("过了时限的不再占地方", async () => {
    const budget = budgetOf();
    await budget.heard("old", clock.now());
    nowMs += 49 * HOUR_MS;
    await budget.heard("new", clock.now());
    const rows = database.raw.prepare<[], string>("SELECT conversation_id FROM reply_budgets").pluck().all();
    expect(rows).toEqual(["new"]);
  });
});
