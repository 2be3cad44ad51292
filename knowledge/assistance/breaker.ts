/** open: not asked. half-open: one trial is under way, or due. */
export type BreakerState = "closed" | "half-open" | "open";

export interface Breaker {
  state(nowMs: number): BreakerState;
  /** Whether to ask now; in the half-open state only one trial at a time. Each "true" must be followed by `succeeded`, `failed` or `dropped`. */
  allows(nowMs: number): boolean;
  succeeded(): void;
  failed(nowMs: number): void;
  /** The other side was not asked after all. */
  dropped(): void;
}

/**
 * Keeps from asking a server that does not help: after so many failures in a row it is left alone for `restMs`, then tried once. A trial that
 * fails begins the next rest, twice as long as the last, up to `maxRestMs`.
 */
export function createBreaker(options: { failures: number; restMs: number; maxRestMs: number }): Breaker {
  let inARow = 0;
  let openUntilMs: number | undefined;
  let restMs = options.restMs;
  let isTrying = false;

  const state = (nowMs: number): BreakerState => {
    if (openUntilMs === undefined) return "closed";
    return nowMs < openUntilMs ? "open" : "half-open";
  };

  return {
    state,
    allows(nowMs) {
      const now = state(nowMs);
      if (now === "closed") return true;
      if (now === "open" || isTrying) return false;
      isTrying = true;
      return true;
    },
    succeeded() {
      inARow = 0;
      openUntilMs = undefined;
      restMs = options.restMs;
      isTrying = false;
    },
    failed(nowMs) {
      inARow += 1;
      if (isTrying) restMs = Math.min(restMs * 2, options.maxRestMs);
      else if (inARow < options.failures) return;
      isTrying = false;
      openUntilMs = nowMs + restMs;
    },
    dropped() {
      isTrying = false;
    },
  };
}
