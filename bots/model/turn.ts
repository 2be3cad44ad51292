import type { AccountDeed } from "./account.ts";
import type { Cited } from "./answer.ts";
import type { ConversationState } from "./conversation.ts";
import type { CommunityGroup, SmallMatter } from "./group.ts";
import type { Handoff } from "./handoff.ts";
import type { ConversationRef, InboundMessage, OutboundMessage } from "./message.ts";
import type { Request } from "./request.ts";
import type { CitizenAction } from "./ticket.ts";

/** What a turn brings about besides words. Committed with the turn, carried out from the outbox afterwards. */
export type Effect =
  | { kind: "file"; request: Request }
  | { kind: "act"; actionId: string; number: string; action: CitizenAction }
  /** `question`: what was asked, where it did not help; kept for editors without a trace of who asked. */
  | { kind: "feedback"; entryId: string; helpful: boolean; question?: string }
  /**
   * A question, and what it was answered from; without it nothing was certain enough. A turn that cites what is not in use any more
   * when it is committed is stale.
   */
  | { kind: "asked"; question: string; from?: Cited }
  /** The hand-off as it is after the turn; the row by which staff find it. */
  | { kind: "handoff"; handoff: Handoff }
  /** A small matter as it is after the turn; one that another turn has changed meanwhile makes the turn stale. */
  | { kind: "small-matter"; matter: SmallMatter }
  /** What a group has agreed to after the turn. */
  | { kind: "community-group"; group: CommunityGroup }
  | { kind: "record"; what: TurnRecord; detail: string }
  /** Where what the deed rests on is true no more when the turn is committed, the turn is stale. */
  | { kind: "account"; deed: AccountDeed };

/**
 * Facts left for people to look at: wishes for a human, questions without an answer, turns that were not understood, danger,
 * statutory matters.
 */
export type TurnRecord =
  | "wish-for-human"
  | "unanswered"
  | "not-understood"
  | "danger"
  | "statutory"
  | "abuse"
  | "error";

/** One message and everything that follows from it: committed whole or not at all. */
export interface Turn {
  message: InboundMessage;
  /** The revision the turn was computed from; another one in the store makes the commit stale. */
  baseRevision: number;
  state: ConversationState;
  say: OutboundMessage[];
  effects: Effect[];
}

/** Work that has been committed and is still to be done; `laneId` keeps the order within a conversation. */
export interface Job {
  id: string;
  laneId: string;
  attempts: number;
  createdAt: Date;
  work: Work;
}

export type Work =
  /** `unasked`: no answer to what the citizen has just said, so it can wait until they are awake. */
  | { kind: "say"; to: ConversationRef; message: OutboundMessage; replyHandle?: string; unasked?: true }
  /** `token`: the dispatch system has taken the request and will name the number later. */
  | { kind: "file"; requestId: string; token?: string }
  | { kind: "act"; actionId: string; number: string; action: CitizenAction; to: ConversationRef }
  /** `to`: another account of the person whose request it is; left out, who brought it is told. */
  | { kind: "notify"; requestId: string; updateId: string; to?: ConversationRef }
  | { kind: "tell-filing"; requestId: string; to?: ConversationRef };

export type JobOutcome =
  | { kind: "done"; followUp?: FollowUp[] }
  | { kind: "retry"; at: Date; reason: string }
  /** Words step out of their lane and hold nothing back; in their order they come again at `until`, or when the citizen writes. */
  | { kind: "aside"; until: Date; reason: string }
  /** `forVisit`: tried once more when the citizen is there again. */
  | { kind: "dead"; reason: string; forVisit?: true };

/** Work that a finished job brings about; committed together with its end. */
export interface FollowUp {
  laneId: string;
  work: Work;
}
