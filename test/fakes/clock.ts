import type { Clock } from "../../bots/ports.ts";

/** A clock that stands still until it is moved. */
export function createFakeClock(start = "2026-11-26T10:00:00+08:00"): Clock & { pass(ms: number): void } {
  let nowMs = Date.parse(start);
  return {
    now: () => new Date(nowMs),
    pass(ms) {
      nowMs += ms;
    },
  };
}
