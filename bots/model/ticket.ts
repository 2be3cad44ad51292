import type { Media } from "./message.ts";

/** The record that the dispatch system works on (工单), as the citizen's side knows it. */
export type TicketStatus = "accepted" | "dispatched" | "in-progress" | "replied" | "closed" | "withdrawn";

/** One piece of news from the dispatch system. `id` is unique within that system and makes redelivery harmless. */
export interface TicketUpdate {
  id: string;
  number: string;
  status: TicketStatus;
  /** ISO 8601 with zone. */
  at: string;
  unit?: string;
  text?: string;
  /** When the unit has to be done, ISO 8601 with zone. */
  dueAt?: string;
  /** Set where several requests share the ticket and this is news of one of them only. */
  voice?: VoiceNews;
}

/** A request that has left the ticket, which goes on without it; or the one that comes first now that an earlier one has left. */
export interface VoiceNews {
  requestId: string;
  now: "left" | "first";
}

/** What became of the wish to join a ticket: `voices` requests stand behind it now; or a ticket of its own, as that one was over. */
export type Joining = { kind: "joined"; voices: number } | { kind: "apart" };

/** How far a request has come on its way to the dispatch system. */
export type FilingState =
  | { kind: "saved" }
  | { kind: "pending"; token: string }
  | { kind: "filed"; number: string; acceptedAt: string; joining?: Joining }
  | { kind: "refused"; reason: string };

/** A request with what has become of it; what flows read to answer "我的工单". */
export interface TicketView {
  requestId: string;
  filing: FilingState;
  title: string;
  status: TicketStatus | "saved" | "refused";
  unit?: string;
  dueAt?: string;
  createdAt: string;
  /** How many requests stand behind the ticket, where there are several. */
  voices?: number;
  /** Oldest first. */
  updates: TicketUpdate[];
}

/** What a citizen can do with a filed ticket: 催办, 补充, 撤回. A supplement has words, files or both. */
export type CitizenAction =
  | { kind: "urge"; text?: string }
  | { kind: "supplement"; text: string; media?: Media[] }
  | { kind: "withdraw"; reason?: string };
