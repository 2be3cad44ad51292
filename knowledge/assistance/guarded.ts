import { ModelError, type ModelFailure } from "../../bots/errors.ts";
import type { Clock, LanguageModel, Logger } from "../../bots/ports.ts";
import type { Breaker, BreakerState } from "./breaker.ts";
import type { DailyBudget } from "./daily-budget.ts";

/** How one question ended. */
export type ModelOutcome = "answered" | ModelFailure;

export interface GuardOptions {
  /** What the log calls the other side. */
  name: string;
  breaker: Breaker;
  budget: DailyBudget;
  /** Questions under way at the same time; more are refused rather than queued, for nobody should wait for somebody else's answer. */
  most: number;
  clock: Clock;
  log: Logger;
  onOutcome(outcome: ModelOutcome, seconds: number): void;
}

/** Runs one call, `about` being what the log may say of it. Throws ModelErrors only. */
export type Guard = <T>(about: string, call: () => Promise<T>) => Promise<T>;

/** Puts a model behind its limits: how many at once, how many a day, and none while it does not help. */
export function guardModel({ model, ...limits }: Omit<GuardOptions, "name"> & { model: LanguageModel }): LanguageModel {
  const guard = createGuard({ ...limits, name: "language model" });
  return { ask: (question, patience) => guard(question.name, () => model.ask(question, patience)) };
}

/** The limits of one side that is asked: how many at once, how many a day, and none while it does not help. */
export function createGuard(options: GuardOptions): Guard {
  const { name, breaker, budget, most, clock, log, onOutcome } = options;
  const nowMs = () => clock.now().getTime();
  let underWay = 0;
  let told: BreakerState = "closed";

  function tellState(): void {
    const state = breaker.state(nowMs());
    if (state === told) return;
    if (state === "open") log.warn(`${name} rests after failures`);
    if (state === "closed") log.info(`${name} helps again`);
    told = state;
  }

  async function spend(): Promise<void> {
    const isLeft = await budget.take(clock.now()).catch((cause: unknown) => {
      throw new ModelError("spent", "the day's count of questions could not be kept", cause);
    });
    if (!isLeft) throw new ModelError("spent", "the day's questions are used up");
  }

  /** The breaker hears what the other side did, and not what we did not let through to it. */
  async function judged<T>(call: () => Promise<T>): Promise<T> {
    if (!breaker.allows(nowMs())) throw new ModelError("resting", "the model is resting after failures");
    await spend().catch((error: unknown) => {
      breaker.dropped();
      throw error;
    });
    try {
      const answer = await call();
      breaker.succeeded();
      return answer;
    } catch (error) {
      breaker.failed(nowMs());
      throw error;
    } finally {
      tellState();
    }
  }

  return async (about, call) => {
    const startedAt = performance.now();
    const ended = (outcome: ModelOutcome) => onOutcome(outcome, (performance.now() - startedAt) / 1000);
    underWay += 1;
    try {
      if (underWay > most) throw new ModelError("crowded", `${most} questions are under way`);
      const answer = await judged(call);
      ended("answered");
      return answer;
    } catch (error) {
      const failure = error instanceof ModelError ? error : new ModelError("unusable", "the model failed", error);
      ended(failure.reason);
      log.debug(`${name} did not help`, { prompt: about, reason: failure.reason });
      throw failure;
    } finally {
      underWay -= 1;
    }
  };
}
