import { forget, idOf, keep, loadKept, type Outgoing } from "./outgoing.ts";
import { canSucceedLater, DirectLineError } from "./request.ts";
import type { Memory } from "./session.ts";
import { backOffMs, createNap, type Timing } from "./timing.ts";
import type { OutgoingActivity } from "./wire.ts";

export interface Outbox {
  add(activity: OutgoingActivity, file?: File): void;
  items(): readonly Outgoing[];
  /** Now instead of later; a refused one is tried once more. */
  retry(id: string): void;
  /** Takes a refused item out and gives it back. */
  takeBack(id: string): Outgoing | undefined;
  /** Ids whose echo is on the page. */
  echoed(has: (id: string) => boolean): void;
  wake(): void;
  stop(): void;
}

const NO_REASON = "这条内容没有被接收，请修改后再发。";

export function createOutbox(options: {
  memory: Memory;
  timing: Timing;
  now(): number;
  deliver(item: Outgoing, onProgress: (share: number) => void): Promise<void>;
  onChange(): void;
}): Outbox {
  const { memory, timing, deliver, onChange } = options;
  const nap = createNap();
  let items: readonly Outgoing[] = loadKept(memory);
  let running = false;
  let stopped = false;
  let queuedMs = 0;

  function change(id: string, part: Partial<Outgoing>): void {
    items = items.map((item) => (idOf(item) === id ? { ...item, ...part } : item));
    onChange();
  }

  /** Gives the number of failures in a row: 0 when the item is done with, one way or the other. */
  async function attempt(item: Outgoing, failures: number): Promise<number> {
    const id = idOf(item);
    try {
      await deliver(item, (progress) => change(id, { progress }));
      forget(memory, item);
      change(id, { state: "sent", reason: undefined });
      return 0;
    } catch (error) {
      return canSucceedLater(error) ? postpone(id, error, failures + 1) : refuse(item, toldReason(error));
    }
  }

  function refuse(item: Outgoing, reason = NO_REASON): number {
    const refused: Outgoing = { ...item, state: "refused", reason, progress: undefined };
    keep(memory, refused);
    change(idOf(item), refused);
    return 0;
  }

  async function postpone(id: string, error: unknown, failures: number): Promise<number> {
    change(id, { state: failures === 1 ? "sending" : "waiting", reason: toldReason(error), progress: undefined });
    const askedMs = error instanceof DirectLineError ? (error.retryAfterMs ?? 0) : 0;
    await nap.sleep(Math.max(askedMs, backOffMs(timing, failures)));
    return failures;
  }

  /** Strictly one after the other: what was said first arrives first. */
  async function run(): Promise<void> {
    if (running) return;
    running = true;
    let failures = 0;
    while (!stopped) {
      const next = items.find((item) => item.state === "sending" || item.state === "waiting");
      if (next === undefined) break;
      failures = await attempt(next, failures);
    }
    running = false;
  }

  return {
    add(activity, file) {
      // Two words of one millisecond keep their order through a reload.
      queuedMs = Math.max(options.now(), queuedMs + 1);
      const item: Outgoing = { activity, state: "sending", queuedAt: new Date(queuedMs).toISOString(), file };
      keep(memory, item);
      items = [...items, item];
      onChange();
      void run();
    },
    items: () => items,
    retry(id) {
      change(id, { state: "sending", reason: undefined });
      nap.wake();
      void run();
    },
    takeBack(id) {
      const item = items.find((each) => idOf(each) === id && each.state === "refused");
      if (item === undefined) return undefined;
      forget(memory, item);
      items = items.filter((each) => each !== item);
      onChange();
      return item;
    },
    echoed(has) {
      const rest = items.filter((item) => !(item.state === "sent" && has(idOf(item))));
      if (rest.length !== items.length) items = rest;
    },
    wake() {
      nap.wake();
      void run();
    },
    stop() {
      stopped = true;
      nap.wake();
    },
  };
}

function toldReason(error: unknown): string | undefined {
  return error instanceof DirectLineError && error.told ? error.message : undefined;
}
