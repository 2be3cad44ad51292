import { setImmediate } from "node:timers/promises";

const SLICE_MS = 8;

/** Long work calls it between its steps: it gives others their turn whenever a slice of time is used up, and throws when the signal says stop. */
export function createTurns(signal?: AbortSignal): () => Promise<void> {
  let end = performance.now() + SLICE_MS;
  return async () => {
    if (performance.now() < end) return;
    await setImmediate();
    signal?.throwIfAborted();
    end = performance.now() + SLICE_MS;
  };
}
