import type { Job } from "../../bots/model/index.ts";

/**
 * The jobs this process works on. Words and dispatch run side by side, each with room of its own, so that a dispatch
 * system that is slow or down never holds back a reply.
 */
export interface InHand {
  /** How many more jobs may be claimed without words having to wait. */
  free(): number;
  /** Takes a job that is held until `heldUntilMs` (epoch). "overdue": we are at it already, longer than its lease lasted. */
  take(job: Job, heldUntilMs: number): "taken" | "overdue" | "left";
  isEmpty(): boolean;
  /** Resolves when one more job has ended; only while there are any. */
  oneEnded(): Promise<void>;
  /** From now on no job that waits for room is begun. */
  hold(): void;
  /** Ends `hold`, gives up the jobs that wait for room and answers which; those that run go on. */
  release(): Job[];
}

/** Dispatch jobs that wait for room beyond this are left to their lease and come back after it. */
const MOST_WAITING = 1_000;

/** `run` must not reject. `room` is the number of jobs of each side that run at the same time; `ended` hears of each that made room. */
export function createInHand(parts: {
  room: number;
  run: (job: Job) => Promise<void>;
  ended: () => void;
  nowMs: () => number;
}): InHand {
  const { room, run, ended, nowMs } = parts;
  const running = new Map<string, Promise<void>>();
  const count = { words: 0, dispatch: 0 };
  let held = false;
  let waiting: { job: Job; heldUntilMs: number }[] = [];

  function start(job: Job): void {
    const side = sideOf(job);
    count[side] += 1;
    const work = run(job).finally(() => {
      running.delete(job.id);
      count[side] -= 1;
      if (side === "dispatch") startWaiting();
      ended();
    });
    running.set(job.id, work);
  }

  function startWaiting(): void {
    while (!held && count.dispatch < room) {
      const next = waiting.shift();
      if (!next) return;
      // A lease that ran out while the job waited is no longer ours: whoever claims the job next does it.
      if (next.heldUntilMs > nowMs()) start(next.job);
    }
  }

  return {
    free: () => Math.max(0, room - count.words),
    take(job, heldUntilMs) {
      if (running.has(job.id)) return "overdue";
      if (count[sideOf(job)] < room) start(job);
      else if (waiting.length < MOST_WAITING) waiting.push({ job, heldUntilMs });
      else return "left";
      return "taken";
    },
    isEmpty: () => running.size === 0,
    oneEnded: () => Promise.race(running.values()),
    hold() {
      held = true;
    },
    release() {
      held = false;
      const released = waiting.map(({ job }) => job);
      waiting = [];
      return released;
    },
  };
}

function sideOf({ work }: Job): "words" | "dispatch" {
  switch (work.kind) {
    case "file":
    case "act":
      return "dispatch";
    case "say":
    case "notify":
    case "tell-filing":
      return "words";
    default:
      throw work satisfies never;
  }
}
