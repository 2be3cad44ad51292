import { createNap } from "./nap.ts";
import { CallError, listOf, membersOf, type Storage, textOf } from "./transport.ts";
import type { OutgoingActivity } from "./wire.ts";

/**
 * waiting: not with the server yet, tried again by itself. sent: the server has it; shown until its echo comes. refused: the server will
 * not have it as it is, and says why.
 */
export interface Outgoing {
  activity: OutgoingActivity;
  /** A picture on the telephone. */
  filePath?: string;
  state: "waiting" | "sent" | "refused";
  reason?: string;
}

export interface Outbox {
  add(activity: OutgoingActivity, filePath?: string): void;
  items(): readonly Outgoing[];
  /** Their echo is in the chat. */
  echoed(ids: ReadonlySet<string>): void;
  drop(id: string): void;
  /** Tries now what waits for a later try. */
  wake(): void;
  stop(): void;
}

const KEY = "jiesu.outbox";
const LONGEST_MS = 30_000;

export const idOf = (item: Outgoing): string => item.activity.channelData.clientActivityID;

/**
 * What the citizen said and the server has not confirmed: kept on the telephone at once, sent one after the other in its order, again and
 * again under the same clientActivityID, so that nothing is lost and nothing doubled.
 */
export function createOutbox(options: {
  storage: Storage;
  deliver(item: Outgoing): Promise<void>;
  /** Whether its echo is in the chat already. */
  hasEcho(id: string): boolean;
  onChange(): void;
  firstRetryMs: number;
  /** What is said of a refusal that the server gave no reason for. */
  noReason: string;
}): Outbox {
  const { storage, deliver, hasEcho, onChange, firstRetryMs, noReason } = options;
  const nap = createNap();
  let items: readonly Outgoing[] = listOf(storage.get(KEY)).flatMap(readKept);
  let isRunning = false;
  let isStopped = false;

  function set(next: readonly Outgoing[]): void {
    items = next;
    storage.set(
      KEY,
      items.filter(({ state }) => state === "waiting"),
    );
    onChange();
  }
  const change = (id: string, part: Partial<Outgoing>) =>
    set(items.map((item) => (idOf(item) === id ? { ...item, ...part } : item)));

  /** How long to wait before the next attempt of the same item; 0 when it is done with. */
  async function attempt(item: Outgoing, failures: number): Promise<number> {
    try {
      await deliver(item);
      // The stream is often faster than the answer to the request.
      const isShown = item.activity.type === "event" || hasEcho(idOf(item));
      if (isShown) set(items.filter((each) => idOf(each) !== idOf(item)));
      else change(idOf(item), { state: "sent", reason: undefined });
      return 0;
    } catch (error) {
      const told = error instanceof CallError ? error.told : undefined;
      if (error instanceof CallError && !error.isPassing) {
        change(idOf(item), { state: "refused", reason: told ?? noReason });
        return 0;
      }
      change(idOf(item), { reason: told });
      const asked = error instanceof CallError ? error.retryAfterMs : 0;
      return Math.max(asked, Math.min(LONGEST_MS, firstRetryMs * 2 ** failures));
    }
  }

  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    let failures = 0;
    while (!isStopped) {
      const next = items.find(({ state }) => state === "waiting");
      if (!next) break;
      const waitMs = await attempt(next, failures);
      failures = waitMs > 0 ? failures + 1 : 0;
      if (waitMs > 0 && !isStopped) await nap.sleep(waitMs);
    }
    isRunning = false;
  }

  return {
    add(activity, filePath) {
      set([...items, { activity, filePath, state: "waiting" }]);
      void run();
    },
    items: () => items,
    echoed(ids) {
      const rest = items.filter((item) => !(item.state === "sent" && ids.has(idOf(item))));
      if (rest.length !== items.length) set(rest);
    },
    drop(id) {
      set(items.filter((item) => idOf(item) !== id));
    },
    wake() {
      isStopped = false;
      nap.wake();
      void run();
    },
    stop() {
      isStopped = true;
      nap.wake();
    },
  };
}

function readKept(value: unknown): Outgoing[] {
  const { activity, filePath } = membersOf(value);
  const id = textOf(membersOf(membersOf(activity).channelData).clientActivityID);
  if (id === undefined) return [];
  return [{ activity: activity as OutgoingActivity, filePath: textOf(filePath), state: "waiting" }];
}
