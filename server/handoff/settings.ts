import type { HandoffTerms } from "../../bots/attended.ts";
import { isOpen, type ServiceHours, sayHours } from "../../flows/index.ts";

/** What a city decides about people in the chat. */
export interface HandoffSettings {
  hours: ServiceHours;
  /** See HandoffTerms. */
  waitMs: number;
  silentMs: number;
  /** Citizens are told the operator's name instead of a number. */
  showNames: boolean;
}

const MINUTE_MS = 60_000;
/** A conversation in which nobody says anything more is over after so long. */
const IDLE_MS = 30 * MINUTE_MS;

export const defaultSettings: HandoffSettings = {
  hours: { spans: [{ days: [1, 2, 3, 4, 5, 6, 0], from: 8 * 60, to: 20 * 60 }] },
  waitMs: 5 * MINUTE_MS,
  silentMs: 5 * MINUTE_MS,
  showNames: false,
};

export const termsOf = ({ hours, waitMs, silentMs }: HandoffSettings): HandoffTerms => ({
  isOpen: (at) => isOpen(hours, at),
  waitMs,
  silentMs,
  idleMs: Math.max(IDLE_MS, silentMs),
});

/** The hours as a citizen reads them; undefined where no operator is ever online. */
export const hoursText = ({ hours }: HandoffSettings): string | undefined =>
  hours.spans.length === 0 ? undefined : sayHours(hours);
