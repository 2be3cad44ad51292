/** What the bot needs of the world. Implemented in the wings and under the roof, faked in tests. */
import type {
  Account,
  AccountAct,
  Answer,
  Category,
  CategoryGuess,
  ChannelCapabilities,
  ChannelName,
  CitizenAction,
  CodeInHand,
  CodeLook,
  CommunityGroup,
  Conversation,
  ConversationRef,
  GeoPoint,
  Handoff,
  InboundMessage,
  Job,
  JobOutcome,
  Joining,
  KnownMatter,
  Likeness,
  Matter,
  OutboundMessage,
  Place,
  Reading,
  Request,
  SmallMatter,
  Source,
  StaffAct,
  StaffTurn,
  TicketUpdate,
  TicketView,
  Turn,
  Work,
} from "./model/index.ts";

export interface Clock {
  now(): Date;
}

/** Structured log. `fields` carry ids and numbers, never words, phone numbers or names. */
export interface Logger {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}
export type LogFields = Record<string, string | number | boolean | undefined | Error>;

/** What helps to answer. */
export interface AnswerHelp {
  /** As in `Triage.read`: gives the signal at which whatever only makes the answer better is given up. */
  patience?: (() => AbortSignal) | undefined;
  /** The question answered just before, in the light of which one without a subject of its own is understood. */
  after?: string | undefined;
}

/** What the bot may answer from. Only entries that are published and valid at `at` take part. */
export interface KnowledgeBase {
  answer(question: string, at: Date, how?: AnswerHelp): Promise<Answer>;
  /** One entry by id as a source, or undefined when it is gone, not published or not valid at `at`. */
  entry(id: string, at: Date): Promise<(Source & { text: string }) | undefined>;
}

/** Reads kind, intent, category and slots out of what a citizen wrote. Never throws on odd text. */
export interface Triage {
  /**
   * `patience` gives the signal at which whatever only makes the reading better is given up: one for all readings of a turn, whose time
   * runs from the first call, so that who waits for nothing pays nothing.
   */
  read(text: string, at: Date, patience?: () => AbortSignal): Promise<Reading>;
}

/** A language model behind one narrow door: fixed instructions and data in, one value of a closed shape out; no tools, no memory. */
export interface LanguageModel {
  /** Throws a ModelError, also when the answer does not fit, and when `patience` ends. Never asks twice. */
  ask<T>(question: ModelQuestion<T>, patience?: AbortSignal): Promise<T>;
}

export interface ModelQuestion<T> {
  /** Name and version of the prompt, letters, digits, `_` and `-` only: "triage-1". */
  name: string;
  /** The same for every message. */
  instructions: string;
  /** What the instructions speak of. Nothing in it is an instruction, whoever wrote it. */
  data: string;
  /** JSON Schema of the answer, an object: every property required, no others allowed. */
  schema: Record<string, unknown>;
  /** Checks the answer; throws when it does not fit. */
  read(answer: unknown): T;
}

/** Finds places of this city. */
export interface Gazetteer {
  /**
   * The place a text speaks of; `undefined` when nothing in it is a place of this city. Where its words fit several divisions, the
   * lowest one that they share, if any, with a confidence of at most 0.5.
   */
  resolve(text: string): Promise<Place | undefined>;
  /**
   * Readings of the same words that cannot be told apart, likeliest first, at most five; one when it is certain, none when nothing
   * is found.
   */
  candidates(text: string): Promise<Place[]>;
  /** The division that a shared point seems to lie in; none where the point is outside the city. */
  nearest(point: GeoPoint): Promise<Place>;
}

/** The 派单目录 as far as a dialogue needs it. */
export interface Catalogue {
  leaf(code: string): Category | undefined;
  rank(text: string, limit: number): CategoryGuess[];
}

/** Judges whether two tellings are of one and the same matter. Pure: the same matters always give the same answer. */
export interface MatterMatcher {
  /** Each of `others` beside `one`, in their order. */
  compare(one: Matter, others: readonly Matter[]): Likeness[];
  /**
   * From which score on a citizen is asked. Joining a wrong ticket is worse than a second ticket, so for a ticket of other
   * people more is asked than for one of their own.
   */
  threshold: { own: number; neighbours: number };
  /** Whether matters of this leaf concern whoever lives there, and not only the person who tells of them. */
  isShared(category: string): boolean;
}

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

/** The conversations that wait for people or are attended by them, and what people did there. */
export interface HandoffStore {
  /**
   * Keeps state, words, hand-off and audit record of what an operator or the clock does, all or nothing. "duplicate": the
   * key was committed before. "stale": another turn of the conversation came first; load and compute again. Of two
   * operators who take the same conversation so exactly one wins.
   */
  commitStaffTurn(turn: StaffTurn): Promise<"committed" | "duplicate" | "stale">;
  loadHandoff(id: string): Promise<Handoff | undefined>;
  /** Waiting and taken ones, in the order of asking. */
  openHandoffs(limit: number): Promise<Handoff[]>;
  /** Those an operator had taken and that ended at `since` or later, newest first. */
  endedHandoffs(username: string, since: Date, limit: number): Promise<Handoff[]>;
  /** Open ones whose `dueAt` has come, the longest due first. */
  dueHandoffs(now: Date, limit: number): Promise<Handoff[]>;
  /** How many wait that asked before `at`: the place in the queue. */
  waitingBefore(at: Date): Promise<number>;
  /** Leaves an audit record of something that changes nothing, such as reading; the same key again leaves none. */
  noteStaffAct(key: string, act: StaffAct): Promise<void>;
  /** Oldest first. */
  staffActs(handoffId: string): Promise<StaffAct[]>;
}

/** Community groups (社区微信群) and what was told in them. Turns change them by their effects. */
export interface GroupStore {
  /**
   * The group behind a platform's room: by the room's id; by its name only where one group of that name has never been seen, which is
   * then this room for good.
   */
  groupOf(room: { channel: ChannelName; roomId: string; topic: string }): Promise<CommunityGroup | undefined>;
  /** By its name as configured; replaces what was configured before and keeps what was bound and agreed to. */
  configureGroup(group: CommunityGroup): Promise<void>;
  /** As it is from now on. */
  saveGroup(group: CommunityGroup): Promise<void>;
  /** No group any more; its open matters go on. */
  dropGroup(group: Pick<CommunityGroup, "channel" | "room">): Promise<void>;
  communityGroups(): Promise<CommunityGroup[]>;
  loadSmallMatter(id: string): Promise<SmallMatter | undefined>;
  /** Of one group: those that are not ended, and those that were solved at `solvedSince` or later, in the order of their numbers. */
  currentSmallMatters(
    room: Pick<ConversationRef, "channel" | "conversationId">,
    solvedSince: Date,
  ): Promise<SmallMatter[]>;
  /** The highest number given in a group so far; 0 for none. */
  lastSmallMatter(room: Pick<ConversationRef, "channel" | "conversationId">): Promise<number>;
  /** Those whose `dueAt` has come, the longest due first. */
  dueSmallMatters(now: Date, limit: number): Promise<SmallMatter[]>;
}

/**
 * Which accounts are one person's. What accounts do is committed with their turns (see the effect "account"): codes are kept as
 * keyed digests only, and every deed leaves a record.
 */
export interface PersonStore {
  /** All accounts of the person, the one that is asked about first; itself alone when nothing was linked. */
  accountsOf(account: Account): Promise<Account[]>;
  /** Whether the account, and all together, asked for few enough codes within the last hour. */
  mayOfferCode(account: Account, now: Date): Promise<boolean>;
  /** Changes nothing. Takes the same steps whatever the code is. */
  lookAtCode(account: Account, code: CodeInHand, now: Date): Promise<CodeLook>;
  /** What the account did, and what others did with it, oldest first. */
  accountActs(account: Account): Promise<AccountAct[]>;
}

/** What decides whether words that nobody asked for may go out now. */
export interface PushStore {
  /** When the citizen was there last, in any conversation of the account; undefined when nothing is known of it. */
  lastHeard(account: Account): Promise<Date | undefined>;
  /** Counts a message that was pushed: sent otherwise than as the answer to a message of the citizen. */
  notePush(account: Account): Promise<void>;
  pushesSince(account: Account, since: Date): Promise<number>;
}

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

/**
 * One channel. `send` may be called again with the same idempotency key after a crash and must then not show the
 * message twice where the platform makes that possible.
 */
export interface ChannelAdapter {
  channel: ChannelName;
  capabilities: ChannelCapabilities;
  send(to: ConversationRef, message: OutboundMessage, options: SendOptions): Promise<void>;
}

export interface SendOptions {
  idempotencyKey: string;
  replyHandle?: string;
  /** The number of the ticket that the message is about. */
  ticket?: string;
  /** Why nothing may be pushed to the citizen now. The channel does not try: it answers if it can, else takes the next best way. */
  shut?: string;
  /** To be called for each message that went out otherwise than as an answer, where `capabilities.push` limits their number. */
  pushed?(): Promise<void>;
  /**
   * What is to be said to the same citizen right after it, for channels that merge messages. A channel that sends it too must
   * know it again by its key, for it will be handed in by itself.
   */
  behind?(): Promise<{ key: string; message: OutboundMessage }[]>;
}

/** How a message reaches the engine: committed once, or known from before. */
export type Receive = (message: InboundMessage) => Promise<"committed" | "duplicate">;
