import { BotError, isRetryable } from "../../bots/errors.ts";
import type { Job, JobOutcome, Work } from "../../bots/model/index.ts";
import { reasonOf } from "./reason.ts";

const BASE_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 15 * 60_000;
/** Full jitter may come out at nothing; this keeps a failing job from spinning. */
const SHORTEST_DELAY_MS = 100;

/** Words lose their sense with time; a request, an action and the answer to a filing never do. */
const WORDS_GIVE_UP = { attempts: 100, ageMs: 24 * 3_600_000 };
const GIVE_UP: Record<Work["kind"], { attempts: number; ageMs: number } | "never"> = {
  say: WORDS_GIVE_UP,
  notify: WORDS_GIVE_UP,
  file: "never",
  act: "never",
  "tell-filing": "never",
};

/** What becomes of a job whose handler threw `error`. `random` gives numbers from 0 to 1. */
export function outcomeOfFailure(error: unknown, job: Job, now: Date, random: () => number): JobOutcome {
  const reason = reasonOf(error);
  if (!isRetryable(error)) return { kind: "dead", reason };
  const limit = GIVE_UP[job.work.kind];
  if (limit !== "never") {
    const ageMs = now.getTime() - job.createdAt.getTime();
    if (job.attempts >= limit.attempts || ageMs >= limit.ageMs) {
      const isNews = job.work.kind === "notify" || (job.work.kind === "say" && job.work.unasked === true);
      const given = { kind: "dead" as const, reason: `given up after ${job.attempts} attempts: ${reason}` };
      // An answer has lost its sense by then; news have not.
      return isNews ? { ...given, forVisit: true } : given;
    }
  }
  const asked = error instanceof BotError ? (error.retryAfterMs ?? 0) : 0;
  return { kind: "retry", at: new Date(now.getTime() + Math.max(asked, delayMs(job.attempts, random))), reason };
}

/** Exponential back-off with full jitter. `attempts` counts the one that just failed. */
function delayMs(attempts: number, random: () => number): number {
  const ceilingMs = Math.min(LONGEST_DELAY_MS, BASE_DELAY_MS * 2 ** Math.max(0, attempts - 1));
  return Math.max(SHORTEST_DELAY_MS, Math.round(random() * ceilingMs));
}
