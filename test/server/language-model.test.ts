import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LanguageModel, Logger, Store } from "../../bots/ports.ts";
import { triageQuestion } from "../../knowledge/prompts/triage-1.ts";
import { createSegmenter } from "../../knowledge/text/segment.ts";
import { triageRead } from "../../server/commands/understanding.ts";
import { dropLibrarySwitches, readConfig } from "../../server/config.ts";
import { languageModel, openLanguageModel } from "../../server/language-model.ts";
import { createMetrics } from "../../server/metrics.ts";
import { createSeal } from "../../server/store/seal.ts";
import { openDatabase } from "../../server/store/sqlite/database.ts";
import { createSqliteStore } from "../../server/store/sqlite/store.ts";
import { openCity } from "../../server/understanding.ts";
import { createFakeClock } from "../fakes/clock.ts";
import { leavesOf, type ModelServer, NOTHING_FOUND, openModelServer } from "../fakes/model-server.ts";

let server: ModelServer;
beforeEach(async () => {
  server = await openModelServer();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await server.close();
});

const log: Logger = { debug() {}, info() {}, warn() {}, error() {} };
const configured = (more: Record<string, string> = {}) =>
  readConfig({ OPENAI_BASE_URL: server.baseUrl, OPENAI_MODEL: "small", ...more });
const candidates = [
  { code: "010101", path: ["城市管理", "市政设施", "路灯不亮"] as [string, string, string], confidence: 0.3 },
];
const questionAbout = (text: string) => triageQuestion(text, candidates);

async function reasonsOf(model: LanguageModel, questions: number): Promise<string[]> {
  const reasons: string[] = [];
  for (let i = 0; i < questions; i++) {
    reasons.push(
      await model.ask(questionAbout(`第${i}盏路灯`)).then(
        () => "answered",
        (error: { reason: string }) => error.reason,
      ),
    );
  }
  return reasons;
}

/** As `compose` opens it, over a store of its own. */
async function openOverStore(more: Record<string, string> = {}) {
  const clock = createFakeClock();
  const dir = mkdtempSync(join(tmpdir(), "jiesu-model-"));
  const migrationsDir = join(import.meta.dirname, "../../server/store/sqlite/migrations");
  const database = openDatabase({ file: join(dir, "jiesu.sqlite"), migrationsDir });
  const store: Store = createSqliteStore({ database, seal: createSeal("k".repeat(40)), newId: String, clock });
  const again = async () => {
    const metrics = createMetrics();
    const model = await languageModel(configured(more)).model?.({ store, clock, log, metrics });
    if (!model) throw new Error("a model was expected");
    return { model, metrics };
  };
  return {
    clock,
    again,
    ...(await again()),
    async close() {
      await database.close();
      rmSync(dir, { recursive: true });
    },
  };
}

describe("without a language model", () => {
  it("there is none, and no figure of one", async () => {
    expect(languageModel(readConfig({}))).toEqual({});
    expect(
      await openLanguageModel(readConfig({ OPENAI_API_KEY: "k" }), { clock: createFakeClock(), log }),
    ).toBeUndefined();
    expect(await createMetrics().registry.metrics()).not.toContain("jiesu_model");
  });
});

describe("the language model of a server", () => {
  it("counts its calls in the store, so that a restart does not renew the day's budget", async () => {
    const house = await openOverStore({ MODEL_DAILY_CALLS: "2" });
    expect(await reasonsOf(house.model, 3)).toEqual(["answered", "answered", "spent"]);
    const restarted = await house.again();
    expect(await reasonsOf(restarted.model, 1)).toEqual(["spent"]);
    house.clock.pass(24 * 60 * 60_000);
    expect(await reasonsOf(restarted.model, 1)).toEqual(["answered"]);
    await house.close();
  });

  it("shows in the figures how questions end, and whether it rests", async () => {
    const house = await openOverStore();
    server.otherwise = { kind: "status", status: 500 };
    expect(await reasonsOf(house.model, 6)).toEqual([...Array.from({ length: 5 }, () => "failing"), "resting"]);
    expect(server.asked).toHaveLength(5);
    const figures = await house.metrics.registry.metrics();
    expect(figures).toMatch(/jiesu_model_questions_total\{outcome="failing"\} 5/);
    expect(figures).toMatch(/jiesu_model_questions_total\{outcome="resting"\} 1/);
    expect(figures).toMatch(/jiesu_model_breaker 2/);
    expect(figures).toMatch(/jiesu_model_seconds_count 5/);
    house.clock.pass(30_000);
    expect(await house.metrics.registry.metrics()).toMatch(/jiesu_model_breaker 1/);
    await house.close();
  });

  it("has the key, and no word of a citizen, kept out of the log", async () => {
    const lines: unknown[] = [];
    const noting = (event: string, fields?: object) => void lines.push(event, fields);
    const noted = { debug: noting, info: noting, warn: noting, error: noting };
    const config = configured({ OPENAI_API_KEY: "key-of-the-city" });
    const model = await openLanguageModel(config, { clock: createFakeClock(), log: noted });
    server.otherwise = { kind: "text", content: "路灯" };
    await model?.ask(questionAbout("第三盏路灯")).catch(() => undefined);
    const told = JSON.stringify(lines);
    expect(told).toContain("triage-1");
    expect(told).not.toMatch(/key-of-the-city|路灯/);
    expect(server.keys).toEqual(["Bearer key-of-the-city"]);
  });
});

describe("switches of the libraries in the environment", () => {
  it("print nothing, trace nothing, and send nothing elsewhere", async () => {
    const spy = await openModelServer();
    const root = spy.baseUrl.replace("/v1", "");
    const switches = {
      LANGCHAIN_VERBOSE: "true",
      LANGCHAIN_TRACING_V2: "true",
      LANGSMITH_TRACING: "true",
      LANGSMITH_ENDPOINT: root,
      LANGSMITH_API_KEY: "spy",
      LANGSMITH_GATEWAY: root,
      OPENAI_LOG: "debug",
      OPENAI_CUSTOM_HEADERS: "x-spy: 1",
      OPENAI_ORG_ID: "org-spy",
      OPENAI_API_BASE: spy.baseUrl,
    };
    for (const [name, value] of Object.entries(switches)) vi.stubEnv(name, value);
    const printed = (["log", "info", "debug", "warn", "error"] as const).map((how) =>
      vi.spyOn(console, how).mockImplementation(() => undefined),
    );
    const model = await openLanguageModel(configured(), { clock: createFakeClock(), log });
    await model?.ask(questionAbout("路灯坏了"));
    // The tracer sends in batches, a little later.
    await new Promise((resolve) => {
      setTimeout(resolve, 500);
    });
    expect(spy.paths).toEqual([]);
    expect(printed.flatMap((each) => each.mock.calls)).toEqual([]);
    expect(server.paths).toEqual(["/v1/chat/completions"]);
    await spy.close();
  });

  it("go, and nothing else of the environment", () => {
    const env = { PATH: "/bin", LC_ALL: "C", OPENAI_API_KEY: "k", OPENAI_MODEL: "m", LANGCHAIN_TRACING: "true" };
    dropLibrarySwitches(env);
    expect(env).toEqual({ PATH: "/bin", LC_ALL: "C", OPENAI_API_KEY: "k", OPENAI_MODEL: "m" });
  });
});

describe("triage read", () => {
  const lines = ["望京街道花家地北里楼下车乱停，推婴儿车都过不去，没人管", "请问公积金怎么提取"];
  async function* input() {
    yield* lines.map((text, id) => JSON.stringify({ id, text }));
  }
  async function readAll(model?: LanguageModel) {
    const rows: object[] = [];
    const city = openCity({ segmenter: createSegmenter(), dataDir: "nowhere", model });
    for await (const row of triageRead({ input: input(), at: new Date(), ...city })) rows.push(row);
    return rows;
  }

  it("uses the model where one is configured, and is the same without its help", async () => {
    const rules = await readAll();
    server.moods = [
      { kind: "pick", nth: 2, answer: NOTHING_FOUND },
      { kind: "status", status: 500 },
    ];
    const open = () => openLanguageModel(configured(), { clock: createFakeClock(), log });
    const [helped, question] = await readAll(await open());
    expect(helped).toMatchObject({ id: 0, category: { code: leavesOf(server.asked[0])[2] }, emergency: false });
    expect(question).toEqual(rules[1]);
    expect(await readAll(await open())).toEqual(rules);
    expect(server.asked).toHaveLength(2);
  });
});
