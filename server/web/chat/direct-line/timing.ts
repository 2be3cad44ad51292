/** Every waiting time of the client, in milliseconds. */
export interface Timing {
  requestTimeoutMs: number;
  firstRetryMs: number;
  longestRetryMs: number;
  pollMs: number;
  /** How often an open stream is looked at: is it silent, is the token due. */
  tickMs: number;
  /** A stream without any frame for so long is taken for dead. */
  silenceMs: number;
  /** A stream that ends sooner than this counts as one that does not work here. */
  settledMs: number;
  /** How long to poll before a stream is tried again. */
  streamRestMs: number;
}

export const usualTiming: Timing = {
  requestTimeoutMs: 15_000,
  firstRetryMs: 1_000,
  longestRetryMs: 30_000,
  pollMs: 2_500,
  tickMs: 15_000,
  silenceMs: 75_000,
  settledMs: 3_000,
  streamRestMs: 60_000,
};

/** Doubles with every failure; a little chance keeps many citizens from coming back in the same instant. */
export function backOffMs(timing: Timing, failures: number): number {
  const doubled = Math.min(timing.firstRetryMs * 2 ** Math.max(0, failures - 1), timing.longestRetryMs);
  return doubled * (0.75 + Math.random() * 0.5);
}

/** A sleep that can be cut short. */
export interface Nap {
  sleep(ms: number): Promise<void>;
  wake(): void;
}

export function createNap(): Nap {
  let end: (() => void) | undefined;
  return {
    sleep: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => end?.(), ms);
        end = () => {
          clearTimeout(timer);
          end = undefined;
          resolve();
        };
      }),
    wake: () => end?.(),
  };
}
