import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { Clock, LanguageModel, Logger, Store } from "../bots/ports.ts";
import { type BreakerState, createBreaker } from "../knowledge/assistance/breaker.ts";
import { type CountKeeper, createDailyBudget } from "../knowledge/assistance/daily-budget.ts";
import { guardModel, type ModelOutcome } from "../knowledge/assistance/guarded.ts";
import { rememberAnswers } from "../knowledge/assistance/remembered.ts";
import type { ComposeOptions } from "./compose.ts";
import { type Config, dropLibrarySwitches } from "./config.ts";

/** Of one question; the engine bounds what all questions of a turn may take together. */
const TIMEOUT_MS = 3_000;
const REMEMBER_MS = 60_000;
const AT_ONCE = 16;
const FAILURES_BEFORE_REST = 5;
const REST_MS = 30_000;
const MAX_REST_MS = 10 * 60_000;
/** Name of the mark that keeps how many calls of a day are used. */
const CALLS_OF_THE_DAY = "model/calls";

/** The language model that the configuration names, for `compose`; nothing where there is none. */
export function languageModel(config: Config): Pick<ComposeOptions, "model"> {
  const { model } = config;
  if (!model) return {};
  return {
    model: ({ store, clock, log, metrics }) =>
      openModel(model, { clock, log, registry: metrics.registry, keeper: keptIn(store) }),
  };
}

interface Rooms {
  clock: Clock;
  log: Logger;
}

/** For commands without a store: the budget is that of the process. `undefined` where none is configured. */
export async function openLanguageModel({ model }: Config, rooms: Rooms): Promise<LanguageModel | undefined> {
  return model && openModel(model, { ...rooms, keeper: keptHere() });
}

async function openModel(
  { name, baseUrl, apiKey, dailyCalls }: NonNullable<Config["model"]>,
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
    onOutcome: registry ? measureInto(registry, () => breaker.state(clock.now().getTime())) : () => {},
  });
  return rememberAnswers({ model: guarded, clock, forMs: REMEMBER_MS });
}

const keptIn = (store: Store): CountKeeper => ({
  load: () => store.loadCursor(CALLS_OF_THE_DAY),
  save: (count) => store.saveCursor(CALLS_OF_THE_DAY, count),
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
function measureInto(registry: Registry, stateNow: () => BreakerState) {
  const registers = [registry];
  const questions = new Counter({
    name: "jiesu_model_questions_total",
    help: "Questions to the language model, by how they ended",
    labelNames: ["outcome"],
    registers,
  });
  const seconds = new Histogram({
    name: "jiesu_model_seconds",
    help: "How long the language model took to answer, or to be given up",
    buckets: [0.1, 0.25, 0.5, 1, 1.5, 2, 3],
    registers,
  });
  new Gauge({
    name: "jiesu_model_breaker",
    help: "0: the language model is asked; 1: it is tried again; 2: it rests after failures",
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
