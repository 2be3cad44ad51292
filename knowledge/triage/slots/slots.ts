import type { Slot, SlotName } from "../../../bots/model/index.ts";
import { nameIn } from "./name.ts";
import { occurredAtIn } from "./occurred-at.ts";
import { phoneIn, ticketNumberIn } from "./phone.ts";
import type { Span } from "./span.ts";
import { wantsIn } from "./wants.ts";

const READERS: readonly (readonly [SlotName, (message: string) => Span | undefined])[] = [
  ["occurredAt", occurredAtIn],
  ["wants", wantsIn],
  ["phone", phoneIn],
  ["name", nameIn],
  ["ticketNumber", ticketNumberIn],
];

/** Everything a message states in so many words, with where it stands. */
export function slotsIn(message: string): Slot[] {
  return READERS.flatMap(([slot, read]) => {
    const span = read(message);
    if (!span) return [];
    const text = message.slice(span.start, span.end);
    return [{ slot, start: span.start, end: span.end, text, value: span.value ?? text }];
  }).sort((one, other) => one.start - other.start || one.end - other.end);
}
