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
}

/** How far a request has come on its way to the dispatch system. */
export type FilingState =
  | { kind: "saved" }
  | { kind: "pending"; token: string }
  | { kind: "filed"; number: string; acceptedAt: string }
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
  /** Oldest first. */
  updates: TicketUpdate[];
}

/** What a citizen can do with a filed ticket: 催办, 补充, 撤回. A supplement has words, files or both. */
export type CitizenAction =
  | { kind: "urge"; text?: string }
  | { kind: "supplement"; text: string; media?: Media[] }
  | { kind: "withdraw"; reason?: string };
