import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { Clock, LanguageModel, Logger, Store } from "../bots/ports.ts";
import { type Breaker, type BreakerState, createBreaker } from "../knowledge/assistance/breaker.ts";
import { type CountKeeper, createDailyBudget, type DailyBudget } from "../knowledge/assistance/daily-budget.ts";
import { createGuard, guardModel, type ModelOutcome } from "../knowledge/assistance/guarded.ts";
import { rememberAnswers } from "../knowledge/assistance/remembered.ts";
import type { Embedder } from "../knowledge/vectors/embedder.ts";
import { type Config, dropLibrarySwitches, type ModelConfig } from "./config.ts";
import type { ComposeOptions } from "./house.ts";
import type { Embedding } from "./knowledge/vectors.ts";

/** Of one question; the engine bounds what all questions of a turn may take together. */
const TIMEOUT_MS = 3_000;
const REMEMBER_MS = 60_000;
const AT_ONCE = 16;
const FAILURES_BEFORE_REST = 5;
const REST_MS = 30_000;
const MAX_REST_MS = 10 * 60_000;
/** Of vectors made in the background, which nobody waits for. */
const BATCH_TIMEOUT_MS = 30_000;
/** Names of the marks that keep how many calls of a day are used: of all, and of those in the background. */
const CALLS_OF_THE_DAY = "model/calls";
const BACKGROUND_CALLS = "model/background-calls";
/** So much of a day's calls may be used in the background. */
const BACKGROUND_SHARE = 0.25;

/** The language model that the configuration names, for `compose`; nothing where there is none. */
export function languageModel({ model, embeddings }: Config): Pick<ComposeOptions, "model" | "embedding"> {
  const roomsOf = ({ store, clock, log, metrics }: ModelRooms) => ({
    clock,
    log,
    registry: metrics.registry,
    keeper: keptIn(store, CALLS_OF_THE_DAY),
    background: keptIn(store, BACKGROUND_CALLS),
  });
  return {
    ...(model && { model: (rooms: ModelRooms) => openModel(model, roomsOf(rooms)) }),
    ...(embeddings && { embedding: (rooms: ModelRooms) => openEmbedding(embeddings, roomsOf(rooms)) }),
  };
}

type ModelRooms = Parameters<NonNullable<ComposeOptions["model"]>>[0];

interface Rooms {
  clock: Clock;
  log: Logger;
}

/** For commands without a store: the budget is that of the process. `undefined` where none is configured. */
export async function openLanguageModel({ model }: Config, rooms: Rooms): Promise<LanguageModel | undefined> {
  return model && openModel(model, { ...rooms, keeper: keptHere() });
}

/** For commands without a store. `undefined` where none is configured. */
export async function openEmbedder({ embeddings }: Config, rooms: Rooms): Promise<Embedder | undefined> {
  const keepers = { keeper: keptHere(), background: keptHere() };
  return embeddings && (await openEmbedding(embeddings, { ...rooms, ...keepers })).background;
}

async function openEmbedding(
  { name, baseUrl, apiKey, dailyCalls }: ModelConfig,
  rooms: Rooms & { registry?: Registry; keeper: CountKeeper; background: CountKeeper },
): Promise<Embedding> {
  const { clock, log, registry, keeper } = rooms;
  dropLibrarySwitches();
  const { createEmbedder } = await import("../knowledge/model.ts");
  const open = () => createBreaker({ failures: FAILURES_BEFORE_REST, restMs: REST_MS, maxRestMs: MAX_REST_MS });
  const breaker = open();
  const budget = createDailyBudget({ limit: dailyCalls, keeper });
  const share = createDailyBudget({
    limit: Math.max(1, Math.floor(dailyCalls * BACKGROUND_SHARE)),
    keeper: rooms.background,
  });
  const onOutcome = registry
    ? measureInto(registry, () => breaker.state(clock.now().getTime()), "embedding")
    : () => undefined;
  const guarded = (timeoutMs: number, within: DailyBudget, breaks: Breaker): Embedder => {
    const embedder = createEmbedder({ baseUrl, apiKey, model: name, timeoutMs });
    const guard = createGuard({
      name: "embedding model",
      breaker: breaks,
      budget: within,
      most: AT_ONCE,
      clock,
      log,
      onOutcome,
    });
    return { embed: (texts, patience) => guard("embedding", () => embedder.embed(texts, patience)) };
  };
  const both: DailyBudget = { take: async (now) => (await share.take(now)) && budget.take(now) };
  return {
    model: name,
    embedder: guarded(TIMEOUT_MS, budget, breaker),
    background: guarded(BATCH_TIMEOUT_MS, both, open()),
  };
}

async function openModel(
  { name, baseUrl, apiKey, dailyCalls }: ModelConfig,
  rooms: Rooms & { registry?: Registry; keeper: CountKeeper },
): Promise<LanguageModel> {
  const { clock, log, registry, keeper } = rooms;
  dropLibrarySwitches();
  // Loaded only here, so that who has no model pays nothing for it.
  const { createChatModel } = await import("../knowledge/model.ts");
  const breaker = createBreaker({ failures: FAILURES_BEFORE_REST, restMs: REST_MS, maxRestMs: MAX_REST_MS });
  const guarded = guardModel({
    model: createChatModel({ baseUrl, apiKey, model: name, timeoutMs: TIMEOUT_MS }),
    breaker,
    budget: createDailyBudget({ limit: dailyCalls, keeper }),
    most: AT_ONCE,
    clock,
    log,
    onOutcome: registry ? measureInto(registry, () => breaker.state(clock.now().getTime()), "model") : () => {},
  });
  return rememberAnswers({ model: guarded, clock, forMs: REMEMBER_MS });
}

const keptIn = (store: Store, mark: string): CountKeeper => ({
  load: () => store.loadCursor(mark),
  save: (count) => store.saveCursor(mark, count),
});

function keptHere(): CountKeeper {
  let kept: string | null = null;
  return {
    load: async () => kept,
    async save(count) {
      kept = count;
    },
  };
}

/** Ended by our own limits, before anything was asked. */
const NOT_ASKED: readonly ModelOutcome[] = ["crowded", "resting", "spent"];

const STATES: Record<BreakerState, number> = { closed: 0, "half-open": 1, open: 2 };

/** Figures that exist only where there is a model. */
function measureInto(registry: Registry, stateNow: () => BreakerState, of: "model" | "embedding") {
  const registers = [registry];
  const what = of === "model" ? "the language model" : "the embedding model";
  const questions = new Counter({
    name: `jiesu_${of}_questions_total`,
    help: `Questions to ${what}, by how they ended`,
    labelNames: ["outcome"],
    registers,
  });
  const seconds = new Histogram({
    name: `jiesu_${of}_seconds`,
    help: `How long ${what} took to answer, or to be given up`,
    buckets: [0.1, 0.25, 0.5, 1, 1.5, 2, 3],
    registers,
  });
  new Gauge({
    name: `jiesu_${of}_breaker`,
    help: `0: ${what} is asked; 1: it is tried again; 2: it rests after failures`,
    registers,
    collect() {
      this.set(STATES[stateNow()]);
    },
  });
  return (outcome: ModelOutcome, took: number) => {
    questions.inc({ outcome });
    if (!NOT_ASKED.includes(outcome)) seconds.observe(took);
  };
}
