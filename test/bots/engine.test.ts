import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createEngine } from "../../bots/engine.ts";
import { StoreError } from "../../bots/errors.ts";
import type { Flow } from "../../bots/flow.ts";
import type { InboundMessage, Job, Json } from "../../bots/model/index.ts";
import type { Store } from "../../bots/ports.ts";
import { createRouter, type Routes } from "../../bots/router.ts";
import { engineWords } from "../../flows/index.ts";
import { openSqlite } from "../server/store/open-sqlite.ts";

/** Counts what it hears; "换" hands over, "坏" breaks, "?" is passed on. */
function counter(version = 1, carry?: (state: Json) => Json | undefined): Flow<Json> {
  return {
    name: "counter",
    version,
    start: async () => ({
      next: "wait",
      state: { heard: [] },
      say: [{ kind: "text", text: `开始（第${version}版）` }],
    }),
    async resume(_ctx, state, message) {
      const text = message.content.kind === "text" ? message.content.text : "";
      if (text === "坏") throw new Error("broken on purpose");
      if (text === "?") return { next: "pass" };
      const heard = [...(state as { heard: string[] }).heard, text];
      return { next: "wait", state: { heard }, say: [{ kind: "text", text: `记下 ${heard.join(" ")}` }] };
    },
    remind: async (_ctx, state) => [
      { kind: "text", text: `接着数：${(state as { heard: string[] }).heard.join(" ")}` },
    ],
    leave: () => [{ kind: "text", text: "不数了" }],
    carryOver: (_from, state) => carry?.(state),
  };
}

const aside: Flow<Json> = {
  name: "aside",
  version: 1,
  start: async () => ({ next: "done", say: [{ kind: "text", text: "插一句" }] }),
  resume: async () => ({ next: "pass" }),
  remind: async () => [],
  leave: () => [],
  carryOver: () => null,
};

const routes: Routes = {
  intents: {
    question: "aside",
    request: "counter",
    progress: "aside",
    help: "aside",
    human: "aside",
    "small-talk": "aside",
    unclear: "counter",
  },
  joined: "counter",
  evidence: "counter",
  statutory: "aside",
  commands: {},
  cancel: ["取消"],
};

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const from = { channel: "terminal", conversationId: "c", userId: "u" } as const;
const says = (id: string, text: string): InboundMessage => ({
  id,
  from,
  sentAt: new Date(),
  content: { kind: "text", text },
});

let opened: ReturnType<typeof openSqlite>;
beforeEach(async () => {
  opened = openSqlite(":memory:");
});
afterEach(() => opened.close());

function engineOver(store: Store, flow = counter()) {
  return createEngine({
    store,
    router: createRouter({ flows: [flow, aside], routes, words: engineWords }),
    words: engineWords,
    knowledge: { answer: async () => ({ kind: "unsure", nearest: [], confidence: 0 }), entry: async () => undefined },
    triage: {
      read: async (text) => ({ intent: text === "?" ? "question" : "unclear", kind: "complaint", categories: [] }),
    },
    gazetteer: { resolve: async () => undefined, nearest: async (point) => ({ text: "点", point, confidence: 0 }) },
    catalogue: { leaf: () => undefined, rank: () => [] },
    clock: { now: () => new Date() },
    log: silent,
    newId: () => crypto.randomUUID(),
    onCommitted() {},
  });
}

async function said(store: Store): Promise<string[]> {
  const words: string[] = [];
  for (;;) {
    const jobs: Job[] = await store.claimJobs(10, new Date(), 60_000);
    if (jobs.length === 0) return words;
    for (const job of jobs) {
      if (job.work.kind === "say") words.push(job.work.message.text);
      await store.settleJob(job.id, { kind: "done" });
    }
  }
}

describe("一条消息进来，一轮答复提交", () => {
  it("同一条消息第二次送来，什么也不发生", async () => {
    const engine = engineOver(opened.store);
    expect(await engine.receive(says("1", "开始"))).toBe("committed");
    expect(await engine.receive(says("1", "开始"))).toBe("duplicate");
    expect(await said(opened.store)).toEqual(["开始（第1版）"]);
  });

  it("二十条消息同时到，全部留下，按到达的先后答", async () => {
    const engine = engineOver(opened.store);
    await engine.receive(says("0", "开始"));
    const words = Array.from({ length: 20 }, (_, index) => String(index));
    await Promise.all(words.map((word) => engine.receive(says(`m${word}`, word))));
    const replies = await said(opened.store);
    expect(replies.slice(1)).toEqual(words.map((_, index) => `记下 ${words.slice(0, index + 1).join(" ")}`));
  });

  it("两个进程各收到一条，谁也不覆盖谁", async () => {
    const one = engineOver(opened.store);
    const other = engineOver(opened.store);
    await one.receive(says("0", "开始"));
    await Promise.all(
      Array.from({ length: 10 }, (_, index) => (index % 2 ? one : other).receive(says(`m${index}`, String(index)))),
    );
    const last = (await said(opened.store)).at(-1) ?? "";
    expect(last.replace("记下 ", "").split(" ").sort()).toEqual(
      Array.from({ length: 10 }, (_, index) => String(index)),
    );
  });

  it("流程出错：道歉，状态不变，消息留下，下一条照常", async () => {
    const engine = engineOver(opened.store);
    await engine.receive(says("0", "开始"));
    await engine.receive(says("1", "一"));
    expect(await engine.receive(says("2", "坏"))).toBe("committed");
    await engine.receive(says("3", "二"));
    const replies = await said(opened.store);
    expect(replies[2]).toMatch(/抱歉.*已经保存/);
    expect(replies[3]).toBe("记下 一 二");
  });

  it("存不下就不算收到：报错，什么也没有留下", async () => {
    const failing: Store = {
      ...opened.store,
      commitTurn: () => Promise.reject(new StoreError("disk full", { retryable: true })),
    };
    await expect(engineOver(failing).receive(says("1", "开始"))).rejects.toThrow("disk full");
    expect(await opened.store.hasMessage("terminal", "1")).toBe(false);
    expect(await engineOver(opened.store).receive(says("1", "开始"))).toBe("committed");
  });

  it("插话答完，原来的流程接着问", async () => {
    const engine = engineOver(opened.store);
    await engine.receive(says("0", "开始"));
    await engine.receive(says("1", "一"));
    await engine.receive(says("2", "?"));
    await engine.receive(says("3", "二"));
    expect((await said(opened.store)).slice(2)).toEqual(["插一句", "接着数：一", "记下 一 二"]);
  });

  it("取消就离开流程", async () => {
    const engine = engineOver(opened.store);
    await engine.receive(says("0", "开始"));
    await engine.receive(says("1", "取消"));
    await engine.receive(says("2", "取消"));
    expect((await said(opened.store)).slice(1)).toEqual(["不数了", expect.stringMatching(/没有正在填写/)]);
  });

  it("流程升级：说过的带过来，告诉本人，这条消息不白说", async () => {
    await engineOver(opened.store).receive(says("0", "开始"));
    await engineOver(opened.store).receive(says("1", "一"));
    const upgraded = engineOver(
      opened.store,
      counter(2, (state) => state),
    );
    await upgraded.receive(says("2", "二"));
    expect((await said(opened.store)).slice(2)).toEqual([expect.stringMatching(/更新过.*已保留/), "记下 一 二"]);
  });

  it("流程升级后旧内容用不上：照实说，从头开始", async () => {
    await engineOver(opened.store).receive(says("0", "开始"));
    const upgraded = engineOver(opened.store, counter(2));
    await upgraded.receive(says("1", "一"));
    expect((await said(opened.store)).slice(1)).toEqual([expect.stringMatching(/更新过.*再说一次/), "开始（第2版）"]);
  });

  it("程序重启，对话接着走", async () => {
    await engineOver(opened.store).receive(says("0", "开始"));
    await engineOver(opened.store).receive(says("1", "一"));
    await engineOver(opened.store).receive(says("2", "二"));
    expect((await said(opened.store)).at(-1)).toBe("记下 一 二");
  });
});
