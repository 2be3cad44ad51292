import type { ConversationRef } from "./message.ts";

/** Why a conversation goes to a person. */
export type HandoffReason = "asked" | "not-understood";

/**
 * How it went back to the bot. returned: the operator gave it back. citizen: they wanted no person any more.
 * silent: the operator left the citizen's words unanswered for too long. idle: nobody said anything more.
 */
export type HandoffEnding = "returned" | "citizen" | "silent" | "idle";

/** An operator. `label` is all that the citizen is told of them. */
export interface Attendant {
  username: string;
  label: string;
}

/** A conversation that waits for a person or is attended by one (人工接待). All times ISO 8601 with zone. */
export interface Handoff {
  id: string;
  from: ConversationRef;
  state: "waiting" | "taken" | "ended";
  reason: HandoffReason;
  requestedAt: string;
  takenBy?: Attendant;
  takenAt?: string;
  /** The first words of the citizen that the operator has not answered yet. */
  unansweredSince?: string;
  /** When the clock acts if nobody else does. */
  dueAt?: string;
  endedAt?: string;
  ending?: HandoffEnding;
  /** What the operator noted for colleagues when giving it back; the citizen never sees it. */
  note?: string;
}
