import type { Memory } from "./session.ts";
import { fieldsOf, type OutgoingActivity, textOf } from "./wire.ts";

/**
 * sending: on its way. waiting: did not arrive yet, is tried again by itself. refused: the server will not have it as it is.
 * sent: committed by the server; stays until its echo is shown in its place.
 */
type OutgoingState = "sending" | "waiting" | "refused" | "sent";

export interface Outgoing {
  readonly activity: OutgoingActivity;
  readonly state: OutgoingState;
  /** ISO 8601. */
  readonly queuedAt: string;
  /** The server's sentence, when it gave one. */
  readonly reason?: string;
  /** Held in memory only: a browser's store for text has no room for pictures. */
  readonly file?: File;
  /** From 0 to 1. */
  readonly progress?: number;
}

const PREFIX = "jiesu.out.";

/** The name of a message, the same through every attempt. */
export const idOf = (item: Outgoing): string => item.activity.channelData.clientActivityID;

// One entry for each message, in the order of the clock, so that two open windows never overwrite each other's queue.
const keyOf = (item: Outgoing) => `${PREFIX}${item.queuedAt}.${idOf(item)}`;

/** Remembers a message until `forget`; a file cannot be remembered. */
export function keep(memory: Memory, item: Outgoing): void {
  if (item.file !== undefined) return;
  const { activity, queuedAt, reason } = item;
  memory.set(
    keyOf(item),
    JSON.stringify({ activity, queuedAt, reason: item.state === "refused" ? reason : undefined }),
  );
}

export function forget(memory: Memory, item: Outgoing): void {
  memory.remove(keyOf(item));
}

/** What an earlier life of the page could not send, oldest first. */
export function loadKept(memory: Memory): Outgoing[] {
  const keys = memory.keys().filter((key) => key.startsWith(PREFIX));
  return keys.sort().flatMap((key): Outgoing[] => {
    const kept = parse(memory.get(key));
    const activity = kept.activity as OutgoingActivity | undefined;
    const queuedAt = textOf(kept.queuedAt);
    if (textOf(activity?.channelData?.clientActivityID) === undefined || activity === undefined || !queuedAt) return [];
    const reason = textOf(kept.reason);
    return [{ activity, queuedAt, reason, state: reason === undefined ? "sending" : "refused" }];
  });
}

function parse(value: string | undefined) {
  try {
    return fieldsOf(JSON.parse(value ?? ""));
  } catch {
    return {};
  }
}
