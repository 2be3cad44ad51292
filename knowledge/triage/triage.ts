import type { Reading } from "../../bots/model/index.ts";
import type { Catalogue, Triage } from "../../bots/ports.ts";
import { dangerIn } from "./danger.ts";
import { intentOf } from "./intent.ts";
import { kindOf } from "./kind.ts";
import { nameIn } from "./slots/name.ts";
import { occurredAtIn } from "./slots/occurred-at.ts";
import { phoneIn, ticketNumberIn } from "./slots/phone.ts";
import { wantsIn } from "./slots/wants.ts";
import { statutoryMatterIn } from "./statutory.ts";

const CATEGORIES = 3;
/** A citizen may paste a page; its first part tells what it is about, and patterns stay quick. */
const READ_LENGTH = 2000;

/** Reads a message by rules and by the catalogue. Every slot but the telephone number stands in the text as it is. */
export function createTriage({ catalogue }: { catalogue: Catalogue }): Triage {
  return {
    async read(message) {
      const text = message.slice(0, READ_LENGTH);
      const danger = dangerIn(text);
      const said = intentOf(text);
      const intent = danger && said !== "human" && said !== "progress" ? "request" : said;
      const slots = {
        danger,
        statutory: statutoryMatterIn(text),
        occurredAt: occurredAtIn(text),
        wants: wantsIn(text),
        phone: phoneIn(text),
        name: nameIn(text),
        ticketNumber: ticketNumberIn(text),
      };
      return {
        intent,
        kind: kindOf(text, intent, danger),
        categories: catalogue.rank(text, CATEGORIES),
        ...withoutGaps(slots),
      };
    },
  };
}

type Slots = Pick<Reading, "danger" | "statutory" | "occurredAt" | "wants" | "phone" | "name" | "ticketNumber">;

const withoutGaps = (slots: Slots): Slots =>
  Object.fromEntries(Object.entries(slots).filter(([, value]) => value !== undefined));
