import type {
  Account,
  ChannelName,
  Conversation,
  ConversationRef,
  Job,
  JobOutcome,
  KnownMatter,
  Request,
  TicketUpdate,
  TicketView,
  Turn,
  Work,
} from "../model/index.ts";
import type { Submission } from "./dispatch.ts";
import type { GroupStore, HandoffStore, PersonStore, PushStore } from "./stores.ts";

/** A job that brings words, under its id. */
export interface WordsJob {
  key: string;
  work: Extract<Work, { kind: "say" | "notify" | "tell-filing" }>;
}

/** Where everything lasting is kept. Every verb is one fact and one transaction; what it answers is durable. */
export interface Store extends HandoffStore, GroupStore, PersonStore, PushStore {
  /** A conversation nobody has spoken in yet comes back with revision 0. */
  loadConversation(ref: ConversationRef): Promise<Conversation>;
  /**
   * Keeps message, state, requests and jobs of a turn, all or nothing. "duplicate": this channel and message id
   * were committed before. "stale": another turn of the conversation came first; load and compute again.
   * A turn whose account deed does not hold any more is "stale" as well.
   * What stepped aside from the lane of the conversation is back in its place before the words of the turn: the citizen is there.
   * Words go to the lane of the conversation, a request or an action to a lane of its own, so that a dispatch
   * system that is down never holds back a reply.
   */
  commitTurn(turn: Turn): Promise<"committed" | "duplicate" | "stale">;
  /** Whether the message was committed before; saves computing a turn that would be refused. */
  hasMessage(channel: ChannelName, messageId: string): Promise<boolean>;

  /**
   * Takes due jobs, the oldest of each lane only, and holds them for `leaseMs`: a job whose holder dies is handed out again
   * after that. Jobs of one lane are handed out strictly in order.
   */
  claimJobs(limit: number, now: Date, leaseMs: number): Promise<Job[]>;
  settleJob(jobId: string, outcome: JobOutcome): Promise<void>;
  /** The jobs that bring words to the citizen and wait right behind a job in its lane, oldest first, up to work of another kind. */
  wordsBehind(jobId: string): Promise<WordsJob[]>;
  /** The citizen is there again: what waits for a later try in the lane of the conversation is due at once. */
  hasten(ref: Pick<ConversationRef, "channel" | "conversationId">): Promise<void>;
  /** When the next job can be claimed, the end of a lease included; `undefined` when there is none. */
  nextJobAt(): Promise<Date | undefined>;

  loadRequest(requestId: string): Promise<Request | undefined>;
  /** "recorded" also leaves a `tell-filing` job in the lane of each of the person's accounts; "already" changes nothing. */
  recordSubmission(requestId: string, submission: Submission): Promise<"recorded" | "already">;
  /**
   * "recorded" also leaves a `notify` job in the lane of each citizen whose request has that number and has not left the ticket,
   * and one in the latest private conversation of each other account of theirs.
   * "unknown": no request of ours has that number.
   */
  recordUpdate(update: TicketUpdate): Promise<"recorded" | "duplicate" | "unknown">;
  loadUpdate(requestId: string, updateId: string): Promise<TicketUpdate | undefined>;
  /** Requests of one person, whichever account they were brought by, newest first. */
  ticketsOf(user: Account, limit: number): Promise<TicketView[]>;
  /** Of several requests that share the number the one of the person `of`; without `of` the first that has not left the ticket. */
  findTicket(number: string, of?: Account): Promise<(TicketView & { owner: ConversationRef }) | undefined>;
  /** A request with what has become of it, by its own id. */
  loadTicket(requestId: string): Promise<(TicketView & { owner: ConversationRef }) | undefined>;
  /** Filed requests of one person since a time, newest first. */
  mattersOf(user: Account, since: Date, limit: number): Promise<KnownMatter[]>;
  /**
   * Open tickets in these areas (codes of districts or subdistricts) of the 项 that these leaves belong to, since a time, newest
   * first, one request for each. Never one whose author's identity is withheld.
   */
  mattersNear(where: { categories: string[]; areas: string[] }, since: Date, limit: number): Promise<KnownMatter[]>;
  /** Numbers of filed tickets that are neither closed nor withdrawn, the newest 1,000; for systems that must be asked one by one. */
  openNumbers(): Promise<string[]>;

  /** A named position in somebody else's stream of news. */
  loadCursor(name: string): Promise<string | null>;
  saveCursor(name: string, cursor: string): Promise<void>;
}
