import type { FollowUp, Job, JobOutcome, Work } from "../bots/model/index.ts";
import type { Clock, Logger, Store } from "../bots/ports.ts";
import { createInHand } from "./outbox/in-hand.ts";
import { reasonOf } from "./outbox/reason.ts";
import { outcomeOfFailure } from "./outbox/retry-policy.ts";

/** Words that are not to be said yet. */
export interface Aside {
  until: Date;
  reason: string;
}

type Handler<W extends Work> = (work: W, job: Job) => Promise<FollowUp[] | Aside | undefined> | Promise<void>;

/**
 * What carries out each kind of work. Returning means done (or put aside), throwing means not done (see `isRetryable`). A handler may be
 * called again with the same job id, after a crash for one: the id is the idempotency key. It must bound its own waits;
 * one that outlasts the lease may be run a second time by another process.
 */
export type OutboxHandlers = { [K in Work["kind"]]: Handler<Extract<Work, { kind: K }>> };

export interface Outbox {
  start(): void;
  /** To be called after a commit: there may be work. */
  wake(): void;
  /** Resolves when nothing is due and nothing is being done; jobs put off to a later time are not waited for. */
  idle(): Promise<void>;
  /** Takes no more work and resolves when what was begun is settled. */
  stop(): Promise<void>;
}

export interface OutboxParts {
  store: Pick<Store, "claimJobs" | "settleJob" | "nextJobAt">;
  handlers: OutboxHandlers;
  clock: Clock;
  /** From 0 to 1. */
  random: () => number;
  log: Logger;
  /** Words on their way at the same time, and as many dispatches beside them. */
  concurrency?: number;
  /** How long a job is held before it is handed out again. */
  leaseMs?: number;
  onSettled?: (job: Job, outcome: JobOutcome["kind"]) => void;
}

const SHORTEST_SLEEP_MS = 50;
/** Clocks are set and other processes commit work: never sleep longer than this. */
const LONGEST_SLEEP_MS = 30_000;
const SLEEP_AFTER_FAULT_MS = 1_000;

/** Carries out committed work: in order within a lane, lanes side by side, again and again until it is done or pointless. */
export function createOutbox(parts: OutboxParts): Outbox {
  const { store, clock, log, concurrency = 32, leaseMs = 60_000 } = parts;
  const inHand = createInHand({
    room: concurrency,
    run: (job) => carryOut(parts, job),
    ended: wake,
    nowMs: () => clock.now().getTime(),
  });
  let started = false;
  let called = false;
  let pumping: Promise<void> | undefined;
  let alarm: NodeJS.Timeout | undefined;

  function wake(): void {
    called = true;
    if (!started || pumping) return;
    pumping = pump().finally(() => {
      pumping = undefined;
      if (called) wake();
    });
  }

  async function pump(): Promise<void> {
    clearTimeout(alarm);
    try {
      while (called && started) {
        called = false;
        const free = inHand.free();
        // Each job that ends calls again.
        if (free === 0) return;
        await claim(free);
      }
      await setAlarm();
    } catch (error) {
      log.error("outbox-cannot-claim", { reason: reasonOf(error) });
      sleep(SLEEP_AFTER_FAULT_MS);
    }
  }

  async function claim(limit: number): Promise<void> {
    const now = clock.now();
    const jobs = await store.claimJobs(limit, now, leaseMs);
    for (const job of jobs) {
      if (!Object.hasOwn(parts.handlers, job.work.kind)) {
        await settle(parts, job, { kind: "dead", reason: `nothing here carries out ${job.work.kind}` });
        continue;
      }
      const taken = inHand.take(job, now.getTime() + leaseMs);
      if (taken === "overdue") log.warn("job-overdue", { jobId: job.id, kind: job.work.kind, attempts: job.attempts });
    }
    if (jobs.length === limit) called = true;
  }

  async function setAlarm(): Promise<void> {
    const at = await store.nextJobAt();
    sleep(at ? at.getTime() - clock.now().getTime() : LONGEST_SLEEP_MS);
  }

  function sleep(ms: number): void {
    if (!started) return;
    clearTimeout(alarm);
    alarm = setTimeout(wake, Math.min(LONGEST_SLEEP_MS, Math.max(SHORTEST_SLEEP_MS, ms))).unref();
  }

  return {
    start() {
      started = true;
      wake();
    },
    wake,
    async idle() {
      if (!started) throw new Error("the outbox is not running; start it before waiting for it");
      wake();
      while (pumping || !inHand.isEmpty()) await (pumping ?? inHand.oneEnded());
    },
    async stop() {
      started = false;
      clearTimeout(alarm);
      inHand.hold();
      await pumping;
      const at = clock.now();
      for (const job of inHand.release()) {
        await settle(parts, job, { kind: "retry", at, reason: "put back: the outbox stopped" });
      }
      while (!inHand.isEmpty()) await inHand.oneEnded();
    },
  };
}

/** Never rejects: a job that cannot be settled comes back when its lease runs out. */
async function carryOut(parts: OutboxParts, job: Job): Promise<void> {
  const { handlers, clock, random, log } = parts;
  let outcome: JobOutcome;
  try {
    const result = (await handle(handlers, job)) ?? [];
    outcome = Array.isArray(result) ? { kind: "done", followUp: result } : { kind: "aside", ...result };
  } catch (error) {
    outcome = outcomeOfFailure(error, job, clock.now(), random);
    const fields = { jobId: job.id, kind: job.work.kind, attempts: job.attempts, reason: reasonOf(error) };
    if (outcome.kind === "dead") log.error("job-dead", fields);
    else log.warn("job-retry", fields);
  }
  await settle(parts, job, outcome);
}

async function settle({ store, log, onSettled }: OutboxParts, job: Job, outcome: JobOutcome): Promise<void> {
  try {
    await store.settleJob(job.id, outcome);
    onSettled?.(job, outcome.kind);
  } catch (error) {
    log.error("job-not-settled", { jobId: job.id, kind: job.work.kind, reason: reasonOf(error) });
  }
}

async function handle(handlers: OutboxHandlers, job: Job): Promise<FollowUp[] | Aside | undefined> {
  const { work } = job;
  const result = await pick(handlers, work)(work, job);
  return result ?? undefined;
}

/** The table says that the handler under a kind takes work of that kind; the type system cannot follow it through a union. */
const pick = (handlers: OutboxHandlers, work: Work) => handlers[work.kind] as Handler<Work>;
