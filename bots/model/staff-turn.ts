import type { ConversationState } from "./conversation.ts";
import type { Handoff } from "./handoff.ts";
import type { OutboundMessage } from "./message.ts";

/** What was done at the staff's side, as the audit record keeps it. */
export type StaffDeed = "read" | "take" | "say" | "edit" | "return" | "lapse";

/** Whose deeds are nobody's. */
export const CLOCK = "clock";

/**
 * What an operator, or the clock, does in a conversation: like a turn, but without a message of the citizen.
 * Committed whole or not at all.
 */
export interface StaffTurn {
  /** The same key again is a duplicate and changes nothing. */
  key: string;
  /** Username, or `CLOCK`. */
  by: string;
  deed: StaffDeed;
  /** What the deed was about, without anybody's words: the name of a field, how it ended. */
  about?: string;
  /** The revision the turn was computed from; another one in the store makes the commit stale. */
  baseRevision: number;
  state: ConversationState;
  say: OutboundMessage[];
  /** As it is after the turn. */
  handoff: Handoff;
}

/** One line of the audit record. */
export interface StaffAct {
  handoffId: string;
  by: string;
  deed: StaffDeed;
  about?: string;
  at: Date;
}
