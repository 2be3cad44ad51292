import type { CitizenAction, Joining, Request, TicketUpdate } from "../model/index.ts";

/** The dispatch system, in the words of Open311 GeoReport v2. Unreachable or failing: throws a retryable BotError. */
export interface DispatchClient {
  /** Whether a request can join a ticket that is there already (`Request.joins`). */
  joins: boolean;
  /** Submitting the same key again gives the same ticket. */
  submit(request: Request, idempotencyKey: string): Promise<Submission>;
  /**
   * 催办, 补充, 撤回 on a filed ticket; the same key again changes nothing. `requestId` names the citizen's own request where
   * several share the ticket: each acts for themselves only.
   */
  act(number: string, action: CitizenAction, idempotencyKey: string, requestId?: string): Promise<ActOutcome>;
  /** For systems that answer a submission with a token first. */
  numberOf(token: string): Promise<Submission>;
  /** News since a cursor (`null`: from the beginning), oldest first. */
  updatesSince(cursor: string | null): Promise<{ updates: TicketUpdate[]; cursor: string | null }>;
}

export type Submission =
  | { kind: "accepted"; number: string; acceptedAt: string; joining?: Joining }
  | { kind: "pending"; token: string }
  | { kind: "refused"; reason: string };

export type ActOutcome = { kind: "accepted" } | { kind: "refused"; reason: string };
