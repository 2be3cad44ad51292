import type { Logger } from "../../bots/ports.ts";
import type { Reception } from "./reception.ts";

export interface Sweeper {
  start(): void;
  /** Resolves when nothing is being done any more. */
  stop(): Promise<void>;
}

/** Lets the clock act every `intervalMs`: what is due stands in the store, so a restart forgets nothing. */
export function createSweeper(options: {
  reception: Pick<Reception, "sweep">;
  log: Logger;
  intervalMs: number;
}): Sweeper {
  const { reception, log, intervalMs } = options;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  async function pass(): Promise<void> {
    try {
      await reception.sweep();
    } catch (error) {
      log.error("handoff.sweep-failed", { error: error instanceof Error ? error : new Error(String(error)) });
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
