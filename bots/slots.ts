import type { Reading, SlotName } from "./model/index.ts";

/** The value of the first slot of this name that a message has. */
export const slotValue = (reading: Pick<Reading, "slots"> | undefined, name: SlotName): string | undefined =>
  reading?.slots.find(({ slot }) => slot === name)?.value;
