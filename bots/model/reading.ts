import type { Category, RequestKind } from "./request.ts";

/** What a message wants of the bot. */
export type Intent = "question" | "request" | "progress" | "help" | "human" | "small-talk" | "unclear";

export interface CategoryGuess extends Category {
  /** 0 to 1, comparable between guesses of one reading. */
  confidence: number;
}

/** Danger to life or property, and which of the emergency numbers fits it. */
export type Danger = "fire" | "crime" | "medical" | "traffic" | "gas" | "electric" | "suicide" | "collapse";

/** Matters that the law gives a way of their own, so that no ticket may be made of them. */
export type StatutoryMatter = "discipline" | "disclosure" | "litigation" | "petition" | "secret";

/** What triage reads out of one message. */
export interface Reading {
  intent: Intent;
  kind: RequestKind;
  /** Best first; may be empty. */
  categories: CategoryGuess[];
  danger?: Danger;
  statutory?: StatutoryMatter;
  /** Slots that stand in the text; each value is a substring of the message. */
  occurredAt?: string;
  wants?: string;
  phone?: string;
  name?: string;
  /** A ticket number named in the text. */
  ticketNumber?: string;
}
