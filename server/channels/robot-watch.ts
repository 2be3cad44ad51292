import type { Entrance } from "./channel.ts";

const LOOK_MS = 3_000;

/** How long a robot that was refused is left alone. */
export const AFTER_FAULT_MS = 60_000;

/** Looks every few seconds whether a group's robot has something to tell. `tell` answers how long to rest, in milliseconds, and never rejects. */
export function createRobotWatch(tell: () => Promise<number>): Entrance {
  let timer: NodeJS.Timeout | undefined;
  let telling: Promise<void> | undefined;
  let notBeforeMs = 0;
  const look = () => {
    if (Date.now() < notBeforeMs) return;
    telling ??= tell().then((pauseMs) => {
      notBeforeMs = Date.now() + pauseMs;
      telling = undefined;
    });
  };
  return {
    mounts: [],
    start() {
      timer = setInterval(look, LOOK_MS).unref();
    },
    async close() {
      clearInterval(timer);
      await telling;
    },
  };
}
