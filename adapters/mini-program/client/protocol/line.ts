import { createNap } from "./nap.ts";
import type { Transport } from "./transport.ts";

export interface Line {
  start(): void;
  stop(): void;
  /** Tries now instead of later. */
  wake(): void;
}

const LONGEST_MS = 30_000;
/** The server gives a sign of life every 15 seconds. */
const SILENT_MS = 45_000;

/**
 * Brings what is said while the page is seen: everything missed first, then the stream, and the same again after every break. Where there
 * is no stream it asks at the pace of `firstRetryMs`.
 */
export function createLine(options: {
  transport: Pick<Transport, "openSocket" | "now">;
  firstRetryMs: number;
  /** Reads until nothing is left; answers the address of a stream that goes on from there. */
  catchUp(): Promise<string | undefined>;
  /** Throws when the frame cannot be read. */
  onFrame(data: string): void;
  onOnline(isOnline: boolean): void;
}): Line {
  const { transport, firstRetryMs, catchUp, onFrame, onOnline } = options;
  const nap = createNap();
  let round = 0;
  let endStream: (() => void) | undefined;

  function listen(url: string): Promise<void> {
    return new Promise((resolve) => {
      let heardAt = transport.now();
      const socket = transport.openSocket(url, {
        message(data) {
          heardAt = transport.now();
          try {
            if (data.trim() !== "") onFrame(data);
          } catch {
            // It must not be passed over by the watermark of the next one: start again from here.
            end();
          }
        },
        close: () => end(),
      });
      const watch = setInterval(() => {
        if (transport.now() - heardAt > SILENT_MS) end();
      }, 5_000);
      function end(): void {
        clearInterval(watch);
        endStream = undefined;
        socket.close();
        resolve();
      }
      endStream = end;
    });
  }

  /** One life of the line, from what was missed to the end of the stream. Throws when the server cannot be reached. */
  async function live(isOver: () => boolean): Promise<void> {
    const url = await catchUp();
    if (isOver()) return;
    onOnline(true);
    if (url !== undefined) await listen(url);
    if (!isOver()) await nap.sleep(firstRetryMs);
  }

  async function run(own: number): Promise<void> {
    const isOver = () => own !== round;
    for (let failures = 0; !isOver(); ) {
      try {
        await live(isOver);
        failures = 0;
      } catch {
        if (isOver()) return;
        onOnline(false);
        failures += 1;
        await nap.sleep(Math.min(LONGEST_MS, firstRetryMs * 2 ** failures));
      }
    }
  }

  return {
    start() {
      round += 1;
      void run(round);
    },
    stop() {
      round += 1;
      endStream?.();
      nap.wake();
    },
    wake: nap.wake,
  };
}
