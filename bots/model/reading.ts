import type { Category, RequestKind } from "./request.ts";

/** What a message wants of the bot. */
export type Intent = "question" | "request" | "progress" | "help" | "human" | "small-talk" | "unclear";

export interface CategoryGuess extends Category {
  /** The probability that this leaf is right; those of one reading sum to at most 1. */
  confidence: number;
}

/** Danger to life or property, and which of the emergency numbers fits it. */
export type Danger = "fire" | "crime" | "medical" | "traffic" | "gas" | "electric" | "suicide" | "collapse";

/** Matters that the law gives a way of their own, so that no ticket may be made of them. */
export type StatutoryMatter = "discipline" | "disclosure" | "litigation" | "petition" | "secret";

/** What a stretch of a message tells. Names, telephone numbers and the rest are read, never guessed. */
export type SlotName =
  | "occurredAt"
  | "wants"
  | "phone"
  | "name"
  | "unit"
  | "amount"
  | "plate"
  | "orderNumber"
  | "ticketNumber"
  | "creditCode";

/** One value with where it was read: `message.slice(start, end) === text`, UTF-16 offsets of the citizen's own message. */
export interface Slot {
  slot: SlotName;
  start: number;
  end: number;
  text: string;
  /** What the text means in one fixed form: digits only of a telephone number, yuan of an amount; otherwise the words. */
  value: string;
  /**
   * Of `occurredAt`, where it can be told: ISO 8601 with zone, `to` excluded. A moment has both the same; without `to` it goes on still.
   */
  period?: { from: string; to?: string };
}

/** What triage reads out of one message. */
export interface Reading {
  intent: Intent;
  kind: RequestKind;
  /** Best first; may be empty. Found out when it is first looked at, which takes longer than all the rest. */
  categories: CategoryGuess[];
  danger?: Danger;
  /** No plain danger, but words that people in danger use: the emergency numbers are worth half a sentence. */
  caution?: true;
  statutory?: StatutoryMatter;
  /** In the order in which they stand in the message; stretches may overlap, and a name may come more than once. */
  slots: Slot[];
  /** Against persons, not about a matter: words that insult whoever reads them, or threaten somebody. */
  abuse?: "insult" | "threat";
  /** Strong feelings about the matter. */
  anger?: true;
  /** Speaks for a company. */
  enterprise?: true;
  /** The different requests of a message that plainly brings two or more, in the citizen's words; empty when there is one. */
  matters: string[];
}
