import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createEngine } from "../../bots/engine.ts";
import { StoreError } from "../../bots/errors.ts";
import type { Flow } from "../../bots/flow.ts";
import type { InboundMessage, Job, Json } from "../../bots/model/index.ts";
import type { Navigation } from "../../bots/navigation.ts";
import type { Store } from "../../bots/ports.ts";
import { createRouter } from "../../bots/router.ts";
import type { Routes } from "../../bots/routes.ts";
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

const WAYS: Record<string, Navigation> = {
  再说一遍: "repeat",
  说了什么: "review",
  先放着: "pause",
  继续: "continue",
  为什么: "explain",
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
  danger: "aside",
  abuse: "aside",
  commands: {},
  cancel: ["取消"],
  navigation: (text) => WAYS[text],
};

/** A counter that can tell what it has heard. */
const telling = (): Flow<Json> => ({
  ...counter(),
  recap: (state) => [{ kind: "text", text: `已数：${(state as { heard: string[] }).heard.join(" ")}` }],
  explain: () => [{ kind: "text", text: "数数是为了试" }],
});

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

/** What the readings were given to end by. */
let patiences: (AbortSignal | undefined)[] = [];

function engineOver(store: Store, flow = counter(), now = () => new Date()) {
  return createEngine({
    store,
    router: createRouter({ flows: [flow, aside], routes, words: engineWords }),
    words: engineWords,
    knowledge: { answer: async () => ({ kind: "unsure", nearest: [], confidence: 0 }), entry: async () => undefined },
    triage: {
      async read(text, _at, patience) {
        patiences.push(patience?.());
        return {
          intent: text === "?" ? "question" : "unclear",
          kind: "complaint",
          categories: [],
          slots: [],
          matters: [],
        };
      },
    },
    gazetteer: {
      resolve: async () => undefined,
      candidates: async () => [],
      nearest: async (point) => ({ text: "点", point, confidence: 0 }),
    },
    catalogue: { leaf: () => undefined, rank: () => [] },
    matcher: { compare: () => [], threshold: { own: 1, neighbours: 1 }, isShared: () => false },
    canJoin: false,
    clock: { now },
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

describe("说到对话本身", () => {
  async function talk(lines: string[], flow = telling(), clock?: () => Date): Promise<string[]> {
    const engine = engineOver(opened.store, flow, clock);
    for (const [index, line] of lines.entries()) await engine.receive(says(`n${index}`, line));
    return said(opened.store);
  }

  it("再说一遍：说过的话原样再说", async () => {
    expect(await talk(["开始", "一", "再说一遍", "再说一遍"])).toEqual([
      "开始（第1版）",
      "记下 一",
      "记下 一",
      "记下 一",
    ]);
  });

  it("还没说过话就说再说一遍", async () => {
    expect(await talk(["再说一遍"])).toEqual([expect.stringMatching(/没有说过/)]);
  });

  it("先放着，隔了别的话再继续：说过的都在", async () => {
    const replies = await talk(["开始", "一", "先放着", "继续", "二"]);
    expect(replies.slice(2)).toEqual([
      expect.stringMatching(/先存着/),
      expect.stringMatching(/接着/),
      "已数：一",
      "接着数：一",
      "记下 一 二",
    ]);
  });

  it("取消了又反悔：找得回来", async () => {
    const replies = await talk(["开始", "一", "取消", "继续", "二"]);
    expect(replies.at(-1)).toBe("记下 一 二");
  });

  it("取消的放一天就忘掉，存着的放一个月", async () => {
    let now = new Date("2026-11-20T08:00:00+08:00");
    const engine = engineOver(opened.store, telling(), () => now);
    const later = async (id: string, text: string, days: number) => {
      now = new Date(now.getTime() + days * 24 * 3_600_000);
      await engine.receive(says(id, text));
    };
    await later("1", "开始", 0);
    await later("2", "先放着", 0);
    await later("3", "继续", 29);
    await later("4", "取消", 0);
    await later("5", "继续", 1.5);
    const replies = await said(opened.store);
    expect(replies).toContain("接着数：");
    expect(replies.at(-1)).toMatch(/没有没填完/);
  });

  it("存不下更多时照实说，正在填的不丢", async () => {
    const engine = engineOver(opened.store, telling());
    for (let index = 0; index < 6; index++) {
      await engine.receive(says(`s${index}`, "开始"));
      await engine.receive(says(`p${index}`, "先放着"));
    }
    await engine.receive(says("last", "还在"));
    const replies = await said(opened.store);
    expect(replies.at(-2)).toMatch(/不能再多/);
    expect(replies.at(-1)).toBe("记下 还在");
  });

  it("问为什么：说明之后接着问", async () => {
    expect((await talk(["开始", "为什么"])).slice(1)).toEqual(["数数是为了试", "接着数："]);
  });

  it("没有表单时，这些话按平常的话办", async () => {
    expect(await talk(["为什么"])).toEqual(["开始（第1版）"]);
  });

  it("隔了几个小时回来，先说上次说到哪", async () => {
    let now = new Date("2026-11-20T08:00:00+08:00");
    const engine = engineOver(opened.store, telling(), () => now);
    await engine.receive(says("1", "开始"));
    await engine.receive(says("2", "一"));
    now = new Date("2026-11-21T08:00:00+08:00");
    await engine.receive(says("3", "?"));
    expect((await said(opened.store)).slice(2)).toEqual(["插一句", "已数：一", "接着数：一"]);
  });
});

describe("the patience of a turn", () => {
  it("is one for all its readings, and a new one for the next turn", async () => {
    const reader: Flow<Json> = {
      ...aside,
      name: "counter",
      async start(ctx) {
        await ctx.triage.read("还有一件", ctx.now);
        return { next: "done", say: [] };
      },
    };
    const engine = engineOver(opened.store, reader);
    patiences = [];
    await engine.receive(says("1", "一"));
    await engine.receive(says("2", "二"));
    expect(patiences).toHaveLength(4);
    expect(patiences[0]).toBeInstanceOf(AbortSignal);
    expect(patiences[1]).toBe(patiences[0]);
    expect(patiences[3]).toBe(patiences[2]);
    expect(patiences[2]).not.toBe(patiences[0]);
  });
});
