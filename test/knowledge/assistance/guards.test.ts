import { describe, expect, it } from "vitest";
import { ModelError, type ModelFailure } from "../../../bots/errors.ts";
import type { LanguageModel, Logger, ModelQuestion } from "../../../bots/ports.ts";
import { createBreaker } from "../../../knowledge/assistance/breaker.ts";
import { type CountKeeper, createDailyBudget } from "../../../knowledge/assistance/daily-budget.ts";
import { guardModel } from "../../../knowledge/assistance/guarded.ts";
import { rememberAnswers } from "../../../knowledge/assistance/remembered.ts";
import { createFakeClock } from "../../fakes/clock.ts";

const questionOf = (data: string): ModelQuestion<string> => ({
  name: "test-1",
  instructions: "",
  data,
  schema: {},
  read: String,
});

/** Answers with what `next` says: words, or a failure. */
function createScriptedModel() {
  const asked: string[] = [];
  const script: (string | ModelFailure | Promise<string>)[] = [];
  const failures: readonly string[] = ["timeout", "failing", "refused"];
  const model: LanguageModel = {
    async ask(question) {
      asked.push(question.data);
      const next = await (script.shift() ?? "fine");
      if (failures.includes(next)) throw new ModelError(next as ModelFailure, next);
      return question.read(next);
    },
  };
  return { model, asked, script };
}

function createKeeper(kept: string | null = null): CountKeeper & { kept: string | null; saves: number } {
  const keeper = {
    kept,
    saves: 0,
    load: async () => keeper.kept,
    async save(count: string) {
      keeper.kept = count;
      keeper.saves += 1;
    },
  };
  return keeper;
}

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };

function openGuarded(options: { limit?: number; most?: number; keeper?: CountKeeper } = {}) {
  const clock = createFakeClock();
  const scripted = createScriptedModel();
  const outcomes: string[] = [];
  const logged: string[] = [];
  const breaker = createBreaker({ failures: 3, restMs: 30_000, maxRestMs: 90_000 });
  const guarded = guardModel({
    model: scripted.model,
    breaker,
    budget: createDailyBudget({ limit: options.limit ?? 1000, keeper: options.keeper ?? createKeeper() }),
    most: options.most ?? 4,
    clock,
    log: { ...silent, warn: (event) => logged.push(event), info: (event) => logged.push(event) },
    onOutcome: (outcome) => outcomes.push(outcome),
  });
  const reasonOf = (data = "?") =>
    guarded.ask(questionOf(data)).then(
      () => "answered",
      (error: unknown) => (error instanceof ModelError ? error.reason : "not a ModelError"),
    );
  return { clock, ...scripted, guarded, outcomes, logged, reasonOf, state: () => breaker.state(clock.now().getTime()) };
}

describe("the breaker", () => {
  it("lets a model rest after failures in a row, tries once, and goes on when that helps", async () => {
    const { script, asked, clock, reasonOf, state, logged } = openGuarded();
    script.push("timeout", "failing", "timeout");
    for (const reason of ["timeout", "failing", "timeout", "resting"]) expect(await reasonOf()).toBe(reason);
    expect(asked).toHaveLength(3);
    expect(state()).toBe("open");
    clock.pass(30_000);
    expect(state()).toBe("half-open");
    expect(await reasonOf()).toBe("answered");
    expect(state()).toBe("closed");
    expect(logged).toEqual(["language model rests after failures", "language model helps again"]);
  });

  it("forgives failures between answers", async () => {
    const { script, reasonOf, state } = openGuarded();
    script.push("timeout", "timeout", "fine", "timeout", "timeout", "fine");
    for (let i = 0; i < 6; i++) await reasonOf();
    expect(state()).toBe("closed");
  });

  it("rests twice as long after each trial that fails, up to a limit", async () => {
    const { script, clock, reasonOf, state } = openGuarded();
    script.push(...Array.from({ length: 6 }, () => "timeout" as const));
    for (let i = 0; i < 3; i++) await reasonOf();
    for (const restMs of [30_000, 60_000, 90_000]) {
      clock.pass(restMs - 1);
      expect(state()).toBe("open");
      clock.pass(1);
      expect(await reasonOf()).toBe("timeout");
    }
  });

  it("lets one trial through at a time", async () => {
    const { script, clock, reasonOf } = openGuarded();
    script.push("timeout", "timeout", "timeout");
    for (let i = 0; i < 3; i++) await reasonOf();
    clock.pass(30_000);
    const { promise, resolve } = Promise.withResolvers<string>();
    script.push(promise);
    const trial = reasonOf();
    expect(await reasonOf()).toBe("resting");
    resolve("fine");
    expect(await trial).toBe("answered");
  });

  it("does not count what was never asked", async () => {
    const { script, clock, reasonOf, state } = openGuarded({ limit: 3 });
    script.push("timeout", "timeout", "timeout");
    for (let i = 0; i < 3; i++) await reasonOf();
    clock.pass(30_000);
    expect(await reasonOf()).toBe("spent");
    expect(await reasonOf()).toBe("spent");
    expect(state()).toBe("half-open");
  });
});

describe("questions at the same time", () => {
  it("are refused beyond the limit, and heard again when there is room", async () => {
    const { script, reasonOf, outcomes } = openGuarded({ most: 2 });
    const { promise, resolve } = Promise.withResolvers<string>();
    script.push(promise, promise);
    const running = [reasonOf(), reasonOf()];
    expect(await reasonOf()).toBe("crowded");
    resolve("fine");
    expect(await Promise.all(running)).toEqual(["answered", "answered"]);
    expect(await reasonOf()).toBe("answered");
    expect(outcomes).toEqual(["crowded", "answered", "answered", "answered"]);
  });
});

describe("the day's budget", () => {
  it("is spent exactly, even by questions at the same time", async () => {
    const keeper = createKeeper();
    const budget = createDailyBudget({ limit: 50, keeper });
    const now = new Date("2026-11-26T10:00:00+08:00");
    const taken = await Promise.all(Array.from({ length: 60 }, () => budget.take(now)));
    expect(taken.filter(Boolean)).toHaveLength(50);
    expect(keeper).toMatchObject({ kept: "2026-11-26 50", saves: 3 });
  });

  it("survives a restart, and gives nothing away by it", async () => {
    const keeper = createKeeper();
    const now = new Date("2026-11-26T10:00:00+08:00");
    await createDailyBudget({ limit: 25, keeper }).take(now);
    const again = createDailyBudget({ limit: 25, keeper });
    const taken = await Promise.all(Array.from({ length: 20 }, () => again.take(now)));
    expect(taken.filter(Boolean)).toHaveLength(5);
  });

  it("begins anew at midnight of the hotline's own time", async () => {
    const budget = createDailyBudget({ limit: 1, keeper: createKeeper("2026-11-25 1") });
    expect(await budget.take(new Date("2026-11-25T15:59:59Z"))).toBe(false);
    expect(await budget.take(new Date("2026-11-25T16:00:00Z"))).toBe(true);
    expect(await budget.take(new Date("2026-11-25T16:00:01Z"))).toBe(false);
  });

  it("counts as spent while the count cannot be kept, and recovers", async () => {
    const keeper = createKeeper();
    const faults = [new Error("disk full")];
    const failing: CountKeeper = {
      load: () => keeper.load(),
      async save(count) {
        const fault = faults.pop();
        if (fault) throw fault;
        await keeper.save(count);
      },
    };
    const { reasonOf, asked } = openGuarded({ keeper: failing });
    expect(await reasonOf()).toBe("spent");
    expect(asked).toEqual([]);
    expect(await reasonOf()).toBe("answered");
  });

  it("reads a damaged count as none", async () => {
    const budget = createDailyBudget({ limit: 1, keeper: createKeeper("2026-11-26 many") });
    expect(await budget.take(new Date("2026-11-26T10:00:00+08:00"))).toBe(true);
  });
});

describe("remembered answers", () => {
  it("spare asking the same question twice within a minute, failures included", async () => {
    const { model, asked, script } = createScriptedModel();
    const clock = createFakeClock();
    const remembering = rememberAnswers({ model, clock, forMs: 60_000 });
    script.push("one", "timeout");
    expect(await Promise.all([remembering.ask(questionOf("a")), remembering.ask(questionOf("a"))])).toEqual([
      "one",
      "one",
    ]);
    await expect(remembering.ask(questionOf("b"))).rejects.toThrow(ModelError);
    await expect(remembering.ask(questionOf("b"))).rejects.toThrow(ModelError);
    expect(asked).toEqual(["a", "b"]);
    clock.pass(60_000);
    expect(await remembering.ask(questionOf("a"))).toBe("fine");
    expect(asked).toEqual(["a", "b", "a"]);
  });

  it("stay few, however much is asked", async () => {
    const { model, asked } = createScriptedModel();
    const remembering = rememberAnswers({ model, clock: createFakeClock(), forMs: 60_000 });
    for (let i = 0; i < 600; i++) await remembering.ask(questionOf(`question ${i}`));
    await remembering.ask(questionOf("question 599"));
    expect(asked).toHaveLength(600);
    await remembering.ask(questionOf("question 0"));
    expect(asked).toHaveLength(601);
  });
});
