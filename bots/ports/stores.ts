import type {
  Account,
  AccountAct,
  ChannelName,
  CodeInHand,
  CodeLook,
  CommunityGroup,
  ConversationRef,
  Handoff,
  SmallMatter,
  StaffAct,
  StaffTurn,
} from "../model/index.ts";

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
