import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Entry } from "../../../knowledge/policies/entry.ts";
import { createKnowledgeBase } from "../../../knowledge/policies/knowledge-base.ts";
import { createSegmenter } from "../../../knowledge/text/segment.ts";
import { nearAnswers } from "../../../knowledge/vectors/near-answers.ts";
import { readConfig } from "../../../server/config.ts";
import { createVectorKeeper } from "../../../server/knowledge/vectors.ts";
import { languageModel } from "../../../server/language-model.ts";
import { createMetrics } from "../../../server/metrics.ts";
import { createSeal } from "../../../server/store/seal.ts";
import { openDatabase } from "../../../server/store/sqlite/database.ts";
import { createVectorTable } from "../../../server/store/sqlite/knowledge/vector-table.ts";
import { createKnowledgeStore } from "../../../server/store/sqlite/knowledge-store.ts";
import { createSqliteStore } from "../../../server/store/sqlite/store.ts";
import { createFakeClock } from "../../fakes/clock.ts";
import { type ModelServer, openModelServer } from "../../fakes/model-server.ts";
import { meaningOf, noiseOf } from "../../fakes/vectors.ts";

const segmenter = createSegmenter();
const log = { debug() {}, info() {}, warn() {}, error() {} };
const migrationsDir = join(import.meta.dirname, "../../../server/store/sqlite/migrations");
const SAME: [string, string][] = [["照明杆", "路灯"]];
const helpful = (text: string) => meaningOf(text, SAME);
const THINGS =
  "口罩 农药 渔船 茶叶 校车 电梯 煤炭 旅馆 影院 药店 书店 温室 码头 果园 奶牛 机床 纺织 陶瓷 快递 路灯".split(" ");
const DARK = ["影院", "药店", "路灯"];
const entries = THINGS.map(
  (thing): Entry => ({
    id: thing,
    question: `${thing}坏了或者要登记，找哪个部门？`,
    text: `${thing}的登记和修理由所在街道的${thing}管理所负责。${DARK.includes(thing) ? "夜里不亮、闪烁、断电的，当天修好。" : ""}`,
    similar: [`${thing}坏了找哪个部门`],
    source: { title: `${thing}管理办法` },
    status: "published",
  }),
);

let dir: string;
let server: ModelServer;
let closing: (() => Promise<void>)[];
beforeEach(async () => {
  server = await openModelServer();
  server.vectors = { kind: "vectors", vectorOf: helpful };
  dir = mkdtempSync(join(tmpdir(), "jiesu-vectors-"));
  closing = [];
});
afterEach(async () => {
  for (const close of closing) await close();
  await server.close();
  rmSync(dir, { recursive: true });
});

/** As `compose` wires it, over a data directory that may have been used before. */
async function open(more: Record<string, string> = {}) {
  const clock = createFakeClock();
  const database = openDatabase({ file: join(dir, "jiesu.sqlite"), migrationsDir });
  closing.push(() => database.close());
  const store = createSqliteStore({ database, seal: createSeal("k".repeat(40)), newId: String, clock });
  const knowledgeStore = createKnowledgeStore({ database, clock });
  const knowledge = createKnowledgeBase({ entries: knowledgeStore, segmenter, refreshEveryMs: 0 });
  const config = readConfig({ OPENAI_BASE_URL: server.baseUrl, OPENAI_EMBEDDING_MODEL: "vectors", ...more });
  const embedding = await languageModel(config).embedding?.({ store, clock, log, metrics: createMetrics() });
  if (!embedding) throw new Error("an embedding model was expected");
  const table = createVectorTable({ database, model: embedding.model });
  const sample = async (count: number) => (await knowledge.over(async (index) => index)).index.sample(count);
  const keeper = createVectorKeeper({ table, background: embedding.background, sample, log });
  const answers = nearAnswers({ knowledge, embedder: embedding.embedder, ...keeper });
  const sweep = async (times: number) => {
    for (let i = 0; i < times; i++) await keeper.sweep();
  };
  const nearTo = (text: string) => {
    const of = Float32Array.from(helpful(text));
    return keeper.shelf.nearest(of, 1, () => true)[0]?.id;
  };
  return { clock, database, knowledge, knowledgeStore, keeper, answers, sweep, nearTo };
}

const patience = () => AbortSignal.timeout(3_000);
const QUESTION = "照明杆夜里不亮还闪烁断电找哪个部门";
const offered = (answer: Awaited<ReturnType<Awaited<ReturnType<typeof open>>["answers"]["answer"]>>) =>
  (answer.kind === "answered" ? answer.sources : answer.nearest).map(({ entryId }) => entryId);

describe("vectors of the entries", () => {
  it("are computed in the background, kept over a restart, and made anew for a new version only", async () => {
    const house = await open();
    await house.knowledgeStore.importEntries(entries, { publish: true });
    await house.sweep(3);
    expect([house.keeper.shelf.size(), house.keeper.isTrusted()]).toEqual([20, true]);
    const restarted = await open();
    server.askedVectors = [];
    const [first] = entries as [Entry];
    await restarted.knowledgeStore.importEntries([{ ...first, text: "口罩归药监所管。" }], { publish: true });
    await restarted.sweep(2);
    expect(restarted.keeper.shelf.size()).toBe(20);
    expect(server.askedVectors[0]?.input).toEqual([expect.stringContaining("药监所")]);
    expect(server.askedVectors.filter(({ input }) => input.length > 0)).toHaveLength(2);
  });

  it("go on where they stopped when the server fails in between, and past a text that it refuses", async () => {
    const house = await open();
    await house.knowledgeStore.importEntries(entries, { publish: true });
    server.vectors = { kind: "status", status: 500 };
    await house.sweep(1);
    expect(house.keeper.shelf.size()).toBe(0);
    server.vectors = { kind: "vectors", vectorOf: (text) => (text.startsWith("口罩") ? [0] : helpful(text)) };
    for (let i = 0; i < 30; i++) {
      house.clock.pass(11 * 60_000);
      await house.sweep(1);
    }
    expect(house.keeper.shelf.size()).toBe(19);
  });

  it("are stopped by the share of the day's budget that the background has", async () => {
    const house = await open({ MODEL_DAILY_CALLS: "4" });
    await house.knowledgeStore.importEntries(entries, { publish: true });
    await house.sweep(4);
    expect(server.askedVectors).toHaveLength(1);
    expect(house.keeper.isTrusted()).toBe(false);
  });
});

describe("an answer with vectors", () => {
  it("finds what words do not, and never a withdrawn entry or a newer version by an old vector", async () => {
    const house = await open();
    await house.knowledgeStore.importEntries(entries, { publish: true });
    await house.sweep(3);
    const at = house.clock.now();
    expect(offered(await house.answers.answer(QUESTION, at, { patience }))[0]).toBe("路灯");
    expect(offered(await house.knowledge.answer(QUESTION, at))[0]).not.toBe("路灯");
    await house.knowledgeStore.withdraw("路灯");
    expect(house.nearTo(QUESTION)).toBe("路灯");
    expect(offered(await house.answers.answer(QUESTION, at, { patience }))).not.toContain("路灯");
    await house.sweep(2);
    expect(offered(await house.answers.answer(QUESTION, at, { patience }))).not.toContain("路灯");
  });

  it("sends no name or number of who asks", async () => {
    const house = await open();
    await house.knowledgeStore.importEntries(entries, { publish: true });
    await house.sweep(3);
    server.askedVectors = [];
    await house.answers.answer(`我叫张小明，电话13812345678，${QUESTION}`, house.clock.now(), { patience });
    expect(server.askedVectors).toHaveLength(1);
    expect(JSON.stringify(server.askedVectors)).not.toMatch(/张小明|13812345678/);
  });

  it("is that of words alone when the model is noise, slow, broken or gone, or nobody has patience", async () => {
    const house = await open();
    await house.knowledgeStore.importEntries(entries, { publish: true });
    await house.sweep(3);
    const at = house.clock.now();
    const plain = await house.knowledge.answer(QUESTION, at);
    expect(await house.answers.answer(QUESTION, at)).toEqual(plain);
    const moods: ModelServer["vectors"][] = [
      { kind: "vectors", vectorOf: helpful, ms: 2_000 },
      { kind: "vectors", vectorOf: () => [Number.NaN] },
      { kind: "vectors", vectorOf: () => [1, 2, 3] },
      { kind: "body", body: { data: "?" } },
      { kind: "hang-up" },
      { kind: "status", status: 500 },
    ];
    for (const mood of moods) {
      server.vectors = mood;
      expect(await house.answers.answer(QUESTION, at, { patience })).toEqual(plain);
    }
  });

  it("is that of words alone when the model never passed its probation", async () => {
    server.vectors = { kind: "vectors", vectorOf: noiseOf };
    const house = await open();
    await house.knowledgeStore.importEntries(entries, { publish: true });
    await house.sweep(3);
    server.askedVectors = [];
    const at = house.clock.now();
    expect(house.keeper.shelf.size()).toBe(20);
    expect(await house.answers.answer(QUESTION, at, { patience })).toEqual(await house.knowledge.answer(QUESTION, at));
    expect(server.askedVectors).toEqual([]);
  });
});
