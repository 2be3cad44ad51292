import type { TicketUpdate } from "../../bots/model/index.ts";
import type { Clock, DispatchClient, Logger, Store } from "../../bots/ports.ts";
import { asError } from "../log.ts";

export interface UpdatePumpOptions {
  client: Pick<DispatchClient, "updatesSince">;
  store: Pick<Store, "recordUpdate" | "loadCursor" | "saveCursor">;
  clock: Clock;
  log: Logger;
  /** Between two readings when nobody wakes the pump. */
  intervalMs: number;
  /** How long an update of an unknown number is kept for a submission that is still being written down; 2 minutes when absent. */
  patienceMs?: number;
  /** Between two tries with such an update; 1 s when absent. */
  retryMs?: number;
  /** The name of the stored cursor. */
  cursorName?: string;
}

export interface UpdatePump {
  start(): void;
  /** Reads at once, for a dispatch system that tells of a change. */
  wake(): void;
  /** Resolves when everything asked for so far has been read. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** Calls `pass` now and then, never two at once; a wake during a pass leads to one more. */
export function createUpdatePump(options: UpdatePumpOptions): UpdatePump {
  const reader = createReader(options);
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let isOn = false;

  function run(): void {
    if (!isOn) return;
    clearTimeout(timer);
    if (running) {
      again = true;
      return;
    }
    running = passes().finally(() => {
      running = undefined;
      if (isOn) timer = setTimeout(run, reader.waiting() ? (options.retryMs ?? 1_000) : options.intervalMs);
    });
  }

  async function passes(): Promise<void> {
    do {
      again = false;
      try {
        await reader.pass();
      } catch (error) {
        options.log.warn("dispatch.updates-not-read", {
          error: asError(error),
        });
      }
    } while (again && isOn);
  }

  return {
    start() {
      isOn = true;
      run();
    },
    wake: run,
    async idle() {
      while (running) await running;
    },
    async stop() {
      isOn = false;
      clearTimeout(timer);
      await running;
    },
  };
}

interface Held {
  update: TicketUpdate;
  until: number;
}

/** What was read up to `cursor`, and the updates of it that wait for their number to become known. */
interface Batch {
  cursor: string | null;
  held: Held[];
}

/**
 * Reads on from the last position. An update of an unknown number does not hold up the others, but the stored cursor stays
 * before it until it is recorded or its time is over: after a crash it is read again.
 */
function createReader({ client, store, clock, log, patienceMs = 120_000, cursorName = "dispatch" }: UpdatePumpOptions) {
  let position: string | null | undefined;
  let saved: string | null = null;
  let batches: Batch[] = [];
  const isHeld = (number: string) => batches.some((batch) => batch.held.some((held) => held.update.number === number));

  async function retry(batch: Batch, stillUnknown: Set<string>): Promise<void> {
    const held: Held[] = [];
    for (const item of batch.held) {
      const { number } = item.update;
      if (!stillUnknown.has(number) && (await store.recordUpdate(item.update)) !== "unknown") continue;
      stillUnknown.add(number);
      if (clock.now().getTime() < item.until) held.push(item);
      else log.warn("dispatch.update-of-unknown-number", { number });
    }
    batch.held = held;
  }

  /** Updates of one ticket keep their order: behind one that waits, the others wait too. */
  async function record(updates: TicketUpdate[]): Promise<Held[]> {
    const held: Held[] = [];
    const waits = (number: string) => isHeld(number) || held.some((item) => item.update.number === number);
    for (const update of updates) {
      const isUnknown = waits(update.number) || (await store.recordUpdate(update)) === "unknown";
      if (isUnknown) held.push({ update, until: clock.now().getTime() + patienceMs });
    }
    return held;
  }

  async function readOn(): Promise<void> {
    if (position === undefined) position = await store.loadCursor(cursorName);
    for (let hasMore = true; hasMore; ) {
      const { updates, cursor } = await client.updatesSince(position);
      batches.push({ cursor, held: await record(updates) });
      hasMore = updates.length > 0 && cursor !== position;
      position = cursor;
    }
  }

  async function saveCursor(): Promise<void> {
    const firstWaiting = batches.findIndex((batch) => batch.held.length > 0);
    const done = firstWaiting < 0 ? batches.length : firstWaiting;
    const cursor = batches[done - 1]?.cursor ?? null;
    if (cursor !== null && cursor !== saved) await store.saveCursor(cursorName, cursor);
    saved = cursor ?? saved;
    batches = batches.slice(done);
  }

  return {
    waiting: () => batches.some((batch) => batch.held.length > 0),
    async pass(): Promise<void> {
      const stillUnknown = new Set<string>();
      for (const batch of batches) await retry(batch, stillUnknown);
      await readOn();
      await saveCursor();
    },
  };
}
