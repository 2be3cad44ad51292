import { isRetryable } from "../../bots/errors.ts";
import type { InboundMessage } from "../../bots/model/index.ts";
import type { Receive, Store } from "../../bots/ports.ts";

/** Together shorter than any platform's patience: what it does after a refusal is for it to decide, so a passing fault is waited out here. */
export const AGAIN_MS = [300, 900, 2_000];

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs the work of an id, or waits for the same end while it is under way: a message comes again while its file is still being fetched. */
export function createInHand<T>(): (id: string, work: () => Promise<T>) => Promise<T> {
  const inHand = new Map<string, Promise<T>>();
  return (id, work) => {
    const running = inHand.get(id) ?? work().finally(() => inHand.delete(id));
    inHand.set(id, running);
    return running;
  };
}

/** Hands a message on, again after a passing fault of the store. Rejects when nothing helped: the platform must not be told that it arrived. */
export async function takeIn(
  message: InboundMessage,
  { receive, hasten }: { receive: Receive; hasten: Store["hasten"] },
): Promise<"committed" | "duplicate"> {
  for (const waitMs of AGAIN_MS) {
    try {
      await hasten(message.from);
      return await receive(message);
    } catch (error) {
      if (!isRetryable(error)) throw error;
      await pause(waitMs);
    }
  }
  return receive(message);
}
