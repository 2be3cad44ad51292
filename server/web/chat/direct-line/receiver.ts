import { backOffMs, createNap, type Timing } from "./timing.ts";

/** The part of a browser's WebSocket that is used. */
export interface StreamSocket {
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  close(): void;
}

export type Connection = "connecting" | "online" | "offline";

export interface Receiver {
  run(): Promise<void>;
  /** The page is seen again or the network is back: look at once. */
  wake(): void;
  stop(): void;
}

/**
 * Brings what is said: everything missed first, then a stream; where streams do not work (old web views, strict proxies), polling.
 * Both start from the watermark of what was really taken, so neither skips; doubles are left to the record.
 */
export function createReceiver(options: {
  timing: Timing;
  now(): number;
  /** Polls until nothing is left. */
  catchUp(): Promise<void>;
  /** Address of a stream that goes on from the current watermark; undefined when the server has none. */
  streamUrl(): Promise<string | undefined>;
  openSocket: ((url: string) => StreamSocket) | undefined;
  /** Throws when the frame cannot be read. */
  onFrame(data: unknown): void;
  onConnection(connection: Connection): void;
  /** Called regularly while a stream is open, so that the token is renewed before it ends. */
  onTick(): void;
}): Receiver {
  const { timing, now, openSocket } = options;
  const nap = createNap();
  let stopped = false;
  let socket: StreamSocket | undefined;
  let streamAgainAt = 0;
  let shortStreams = 0;

  /** Resolves when the stream has ended, for whatever reason. */
  function listen(url: string, open: (url: string) => StreamSocket): Promise<void> {
    return new Promise((resolve) => {
      const opened = open(url);
      socket = opened;
      let heardAt = now();
      const end = () => {
        clearInterval(tick);
        socket = undefined;
        opened.onclose = opened.onerror = opened.onmessage = null;
        opened.close();
        resolve();
      };
      const tick = setInterval(() => {
        if (now() - heardAt > timing.silenceMs) end();
        else options.onTick();
      }, timing.tickMs);
      opened.onmessage = (event: { data?: unknown }) => {
        heardAt = now();
        try {
          options.onFrame(event.data);
        } catch {
          // A frame that cannot be read must not be passed over by the watermark of the next one: start again from here.
          end();
        }
      };
      opened.onclose = end;
      opened.onerror = end;
    });
  }

  async function stream(): Promise<void> {
    if (openSocket === undefined || now() < streamAgainAt) return;
    const startedAt = now();
    try {
      const url = await options.streamUrl();
      if (url !== undefined && !stopped) await listen(url, openSocket);
    } catch {
      // A stream is a convenience: whatever is wrong with it, the next poll tells whether the server is there.
    }
    shortStreams = now() - startedAt < timing.settledMs ? shortStreams + 1 : 0;
    if (shortStreams >= 2) streamAgainAt = now() + timing.streamRestMs;
  }

  return {
    async run() {
      let failures = 0;
      while (!stopped) {
        try {
          await options.catchUp();
          failures = 0;
          options.onConnection("online");
          await stream();
          if (!stopped && (openSocket === undefined || shortStreams > 0)) await nap.sleep(timing.pollMs);
        } catch {
          failures += 1;
          options.onConnection("offline");
          await nap.sleep(backOffMs(timing, failures));
        }
      }
    },
    wake() {
      nap.wake();
      // A socket that slept with the phone may be dead without knowing it; ask, and let it go when nobody answers.
      if (socket !== undefined) options.catchUp().catch(() => socket?.onclose?.(undefined as never));
    },
    stop() {
      stopped = true;
      socket?.onclose?.(undefined as never);
      nap.wake();
    },
  };
}
