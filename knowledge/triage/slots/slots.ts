import type { Intent, Slot, SlotName } from "../../../bots/model/index.ts";
import { amountsIn } from "./amount.ts";
import { creditCodesIn, orderNumbersIn, platesIn } from "./codes.ts";
import { nameIn } from "./name.ts";
import { occurredAtIn } from "./occurred-at.ts";
import { phonesLeft, ticketNumberIn } from "./phone.ts";
import type { Span } from "./span.ts";
import { unitsIn } from "./unit.ts";
import { wantsIn } from "./wants.ts";

type Found = Span & Pick<Slot, "period">;
type Circumstances = { at: Date; intent: Intent };

const one = (found: Found | undefined): Found[] => (found ? [found] : []);

const READERS: readonly (readonly [SlotName, (message: string, circumstances: Circumstances) => Found[]])[] = [
  ["occurredAt", (message, { at, intent }) => one(occurredAtIn(message, { at, isQuestion: intent === "question" }))],
  ["wants", (message) => one(wantsIn(message))],
  ["phone", phonesLeft],
  ["name", (message) => one(nameIn(message))],
  ["unit", unitsIn],
  ["amount", amountsIn],
  ["plate", platesIn],
  ["orderNumber", orderNumbersIn],
  ["ticketNumber", (message) => one(ticketNumberIn(message))],
  ["creditCode", creditCodesIn],
];

/** Everything a message states in so many words, with where it stands; times are seen from `at`. */
export function slotsIn(message: string, circumstances: Circumstances): Slot[] {
  return READERS.flatMap(([slot, read]) =>
    read(message, circumstances).map(({ start, end, value, period }): Slot => {
      const text = message.slice(start, end);
      return { slot, start, end, text, value: value ?? text, ...(period && { period }) };
    }),
  ).sort((first, second) => first.start - second.start || first.end - second.end);
}
