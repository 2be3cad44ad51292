import type { Logger } from "../bots/ports.ts";
import { asError } from "./log.ts";

export interface Sweeper {
  start(): void;
  /** Resolves when nothing is being done any more. */
  stop(): Promise<void>;
}

/**
 * Lets the clock act every `intervalMs`: what is due stands in the store, so a restart forgets nothing. `name` is what the log calls a
 * pass that failed; the next one tries again.
 */
export function createSweeper(options: {
  name: string;
  sweep(): Promise<unknown>;
  log: Logger;
  intervalMs: number;
}): Sweeper {
  const { name, sweep, log, intervalMs } = options;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  async function pass(): Promise<void> {
    try {
      await sweep();
    } catch (error) {
      log.error(`${name}.sweep-failed`, { error: asError(error) });
    }
  }

  return {
    start() {
      timer = setInterval(() => {
        running ??= pass().finally(() => {
          running = undefined;
        });
      }, intervalMs).unref();
    },
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
